import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";
import { classNames } from "./class-names";

/** A table short enough to be there whole; for thousands of rows see DataTable. Scrolls sideways by itself. */
export function Table({
  label,
  children,
  className,
}: {
  label: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls; this groups what scrolls together
    <div
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative overflow-x-auto print:overflow-visible"
    >
      <table aria-label={label} className={classNames("w-full border-separate border-spacing-0", className)}>
        {children}
      </table>
    </div>
  );
}

interface Aligned {
  align?: "start" | "end";
}

export function Th({
  align,
  className,
  ...rest
}: Aligned & Omit<ThHTMLAttributes<HTMLTableCellElement>, "align">) {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames(
        "eyebrow h-8 whitespace-nowrap border-line border-b px-2 first:pl-0 last:pr-0",
        align === "end" ? "text-right" : "text-left",
        className,
      )}
    />
  );
}

export function Td({
  align,
  className,
  ...rest
}: Aligned & Omit<TdHTMLAttributes<HTMLTableCellElement>, "align">) {
  return (
    <td
      {...rest}
      className={classNames(
        "h-10 border-line border-b px-2 py-1.5 align-middle first:pl-0 last:pr-0",
        align === "end" && "text-right",
        className,
      )}
    />
  );
}
