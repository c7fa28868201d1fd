import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** A titled region of a page, set apart by a hairline and not by a box. */
export function Panel({
  title,
  heading,
  aside,
  level = 2,
  id,
  children,
  className,
}: {
  title: string;
  /** The title where it is more than words: one that explains itself. */
  heading?: ReactNode;
  aside?: ReactNode;
  level?: 2 | 3;
  id?: string;
  children: ReactNode;
  className?: string;
}) {
  const Title = level === 2 ? "h2" : "h3";
  const titleId = `${id ?? title.toLowerCase().replace(/\W+/g, "-")}-title`;
  return (
    <section aria-labelledby={titleId} id={id} className={classNames("min-w-0", className)}>
      <header className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-line border-b pb-1.5 print:break-after-avoid">
        <Title id={titleId} className="font-semibold text-base">
          {heading ?? title}
        </Title>
        {aside && <div className="flex flex-wrap items-center gap-2">{aside}</div>}
      </header>
      <div className="pt-2.5">{children}</div>
    </section>
  );
}
