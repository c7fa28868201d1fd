"use client";

import { type ReactNode, useState } from "react";
import { classNames } from "./class-names";

/** What lights up once, shortly, when `value` has become another since it was first drawn: a write was heard. */
export function Settled({
  value,
  className,
  children,
}: {
  value: string | number | null;
  className?: string;
  children: ReactNode;
}) {
  const [seen, setSeen] = useState({ value, turn: 0 });
  if (seen.value !== value) setSeen({ value, turn: seen.turn + 1 });
  return (
    <span key={seen.turn} className={classNames(className, seen.turn > 0 && "settled")}>
      {children}
    </span>
  );
}
