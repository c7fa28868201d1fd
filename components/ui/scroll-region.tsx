import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** What may be wider or longer than its place: scrolls by itself, and by keyboard, without moving the page. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller without a stop inside needs one of its own (axe)
    <section aria-label={label} tabIndex={0} className={classNames("overflow-auto", className)}>
      {children}
    </section>
  );
}
