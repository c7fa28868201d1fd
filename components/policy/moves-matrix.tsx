"use client";

import { OutcomeGlyph } from "@/components/shared/outcome-badge";
import { classNames } from "@/components/ui/class-names";
import { OUTCOMES, type Outcome } from "@/lib/attribution/vocabulary";
import { OUTCOME_WORDS } from "@/lib/attribution/words";
import type { BacktestSummary } from "@/lib/metrics/backtest";
import { wholeMoney } from "@/lib/metrics/value-text";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

type Move = BacktestSummary["moves"][number];

export interface Cell {
  from: Outcome;
  to: Outcome;
}

/** From which outcome to which: before down, after across; what stays is quiet, what moves opens. */
export function MovesMatrix({
  moves,
  before,
  after,
  onOpen,
}: {
  moves: BacktestSummary["moves"];
  /** What the two sides are called. */
  before: string;
  after: string;
  /** Absent: the deals behind a cell can no longer be told. */
  onOpen?(cell: Cell): void;
}) {
  const from = OUTCOMES.filter((outcome) => moves.some((move) => move.from === outcome));
  const to = OUTCOMES.filter((outcome) => moves.some((move) => move.to === outcome));
  const most = Math.max(1, ...moves.filter((move) => move.from !== move.to).map(({ deals }) => deals));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Moves from outcome to outcome" tabIndex={0} className="relative overflow-x-auto">
      <table
        className="w-full table-fixed border-separate border-spacing-0.5 text-xs"
        style={{ minWidth: `${7 + 4.25 * to.length}rem` }}
        aria-label="Deals by outcome before and after"
      >
        <thead>
          <tr>
            <td className="w-28 pr-2 align-bottom text-2xs text-ink-3 leading-snug">
              <span className="block text-right">{after} →</span>
              <span className="block">{before} ↓</span>
            </td>
            {to.map((outcome) => (
              <th key={outcome} scope="col" className="px-1 pb-1 text-left align-bottom font-medium">
                <Head outcome={outcome} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {from.map((row) => (
            <tr key={row}>
              <th scope="row" className="pr-2 text-left font-medium">
                <Head outcome={row} />
              </th>
              {to.map((column) => (
                <td key={column} className="p-0">
                  <MoveCell
                    move={moves.find((one) => one.from === row && one.to === column)}
                    most={most}
                    onOpen={onOpen}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Head({ outcome }: { outcome: Outcome }) {
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-normal">
      <OutcomeGlyph outcome={outcome} />
      {OUTCOME_WORDS[outcome].label}
    </span>
  );
}

/** How many go from one outcome to another, the stronger the more; nothing where none does. */
function MoveCell({
  move,
  most,
  onOpen,
}: {
  move: Move | undefined;
  /** The most deals of any move. */
  most: number;
  onOpen?(cell: Cell): void;
}) {
  if (!move)
    return (
      <span className="flex h-11 items-center justify-center rounded-sm bg-sunken text-ink-3">
        <span aria-hidden="true">·</span>
        <span className="sr-only">none</span>
      </span>
    );
  const { from, to, deals } = move;
  const [was, is] = [OUTCOME_WORDS[from].label, OUTCOME_WORDS[to].label];
  const strength = 12 + Math.round((26 * deals) / most);
  const stays = from === to;
  return (
    <button
      type="button"
      disabled={!onOpen}
      onClick={() => onOpen?.({ from, to })}
      aria-label={`${count(deals, "deal")} ${stays ? `stay ${was}` : `go from ${was} to ${is}`}`}
      className={classNames(
        "flex min-h-11 w-full flex-col justify-center rounded-sm px-1.5 py-1 text-left enabled:hover:outline-2 enabled:hover:outline-accent",
        stays ? "bg-hover text-ink-2" : "text-ink",
      )}
      style={
        stays ? undefined : { background: `color-mix(in oklab, var(--accent) ${strength}%, var(--surface))` }
      }
    >
      <span className={classNames("tabular", stays ? undefined : "font-semibold text-sm")}>
        {thousands(deals)}
        {stays && <span className="text-ink-3"> stay</span>}
      </span>
      {!stays && (
        <span className="tabular text-2xs">
          {move.amounts.map(({ amount, currency }) => (
            <span key={currency} className="block">
              {wholeMoney(amount, currency)}
            </span>
          ))}
        </span>
      )}
    </button>
  );
}
