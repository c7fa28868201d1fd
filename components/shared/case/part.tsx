"use client";

import { createContext, type ReactNode, useContext } from "react";
import { classNames } from "@/components/ui/class-names";

/** Which level of heading a part has: below the case's own. */
export const PartLevel = createContext<2 | 3>(3);

/** A part of a case or a section, headed quietly. */
export function Part({
  title,
  aside,
  children,
  className,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const Title = useContext(PartLevel) === 2 ? "h2" : "h3";
  return (
    <section aria-label={title} className={classNames("min-w-0", className)}>
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <Title className="eyebrow">{title}</Title>
        {aside}
      </div>
      {children}
    </section>
  );
}
