import type { Outputs } from "@/lib/api/client";
import { formatMoney } from "@/lib/money";
import { dayInWords } from "@/lib/text/days";

type Move = Outputs["forecastMoves"]["moves"][number];

export const MOVE_WORDS: Readonly<Record<Move["kind"], string>> = {
  added: "Added",
  pulled_in: "Pulled in",
  pushed_out: "Pushed out",
  changed: "Changed",
  won: "Won",
  lost: "Lost",
  not_sourced: "Not sourced any more",
  gone: "Removed",
};

export const CAME_WORDS = {
  won: "Won",
  lost: "Lost",
  open: "Still open",
  not_sourced: "Not sourced any more",
  gone: "Removed",
} as const satisfies Record<keyof Outputs["forecastReplay"]["came"], string>;

const day = (value: unknown) => (value === null ? "no day" : dayInWords(String(value)));

/** Why a deal moved, in words: "closes 10 Jun 2026 → 15 Jul 2026". */
export function becauseWords({ because, before, after, left }: Move): string {
  if (left?.on) return `closed ${dayInWords(left.on)}`;
  return because.map((one) => oneWords(one, before, after)).join("; ");
}

function oneWords(
  { what, from, to }: Move["because"][number],
  before: Move["before"],
  after: Move["after"],
): string {
  switch (what) {
    case "close_day":
      return `closes ${day(from)} → ${day(to)}`;
    case "amount":
      return `amount ${formatMoney(Number(from), before!.currency)} → ${formatMoney(Number(to), after!.currency)}`;
    case "currency":
      return `currency ${from} → ${to}`;
    case "stage":
      return `stage ${from} → ${to}`;
    case "probability":
      return `its stage at ${from} % → ${to} %`;
    case "rate":
      return "another rate";
  }
}
