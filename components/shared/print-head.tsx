"use client";

import { ON_PAPER } from "@/components/ui/print-whole";
import { dayInWords } from "@/lib/text/days";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { useMe } from "./use-me";

interface Printed {
  /** What a row is: `deal`, `entry`. */
  noun: string;
  many?: string;
  /** Rows that are there. */
  rows: number;
  /** Rows there are; null when nobody counted. */
  total: number | null;
}

/** How much of a list is on the paper: all of it, or how many of how many. */
export function onPaper({ noun, many, rows, total }: Printed): string {
  const shown = Math.min(rows, ON_PAPER);
  if (total === shown) return count(shown, noun, many);
  return total === null
    ? `the first ${count(shown, noun, many)}; there are more`
    : `the first ${thousands(shown)} of ${count(total, noun, many)}`;
}

/** On paper alone, below a list's title: whose it is, of which day, and how much of it. What narrows it follows. */
export function PrintHead(printed: Printed) {
  const me = useMe();
  return (
    <p data-paper="list" className="hidden break-after-avoid px-4 pb-2 text-ink-2 print:block">
      {me && `${me.company} · ${dayInWords(me.today)} · `}
      {onPaper(printed)}
    </p>
  );
}
