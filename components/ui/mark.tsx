import { classNames } from "./class-names";

/** The sign of the house: a signature line, countersigned. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={classNames("size-5 shrink-0", className)}>
      <rect width="20" height="20" rx="5" fill="var(--accent)" />
      <path
        d="M4.5 10.2 7 12.8l4-5.6M9.4 11.2l1.6 1.6 4.5-6.2M4.5 15.6h11"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
