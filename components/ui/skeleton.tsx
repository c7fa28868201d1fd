import { classNames } from "./class-names";

/** Where text will stand. Hidden from assistive technology: the region's `aria-busy` speaks. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "block h-3.5 animate-[skeleton_1.4s_ease-in-out_infinite] rounded-sm bg-hover",
        className,
      )}
    />
  );
}

const WIDTHS = ["w-3/5", "w-2/5", "w-1/2", "w-1/3", "w-4/5"] as const;

/** Lines of a list or a table that is on its way; `label` is announced. */
export function SkeletonRows({ rows = 8, label = "Loading" }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} aria-busy="true" className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <div key={row} className="flex h-10 items-center gap-6">
          <Skeleton className={WIDTHS[row % WIDTHS.length]} />
          <Skeleton className="w-24" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  );
}
