"use client";

import { useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import type { Inputs } from "@/lib/api/client";
import type { Clause } from "@/lib/attribution/clauses";
import { OUTCOME_WORDS } from "@/lib/attribution/words";
import type { BacktestSummary } from "@/lib/metrics/backtest";
import { percentOf, thousands } from "@/lib/text/numbers";
import { count, plural } from "@/lib/text/words";
import { BacktestDeals } from "./backtest-deals";
import { type Cell, MovesMatrix } from "./moves-matrix";
import { NumbersCompare } from "./numbers-compare";
import { PartnersCompare } from "./partners-compare";

/** The share of gray deals above which a policy leaves too much to talk about (domain.md §8.6). */
const GRAY_BAR = 0.05;

/** The deals of a cell of the matrix, or of a partner. */
type Opened = Cell | { partnerId: string };

function titleOf(open: Opened, names: Readonly<Record<string, string>>): string {
  if ("partnerId" in open) return names[open.partnerId] ?? open.partnerId;
  const from = OUTCOME_WORDS[open.from].label;
  return open.from === open.to
    ? `${from} on both sides`
    : `${from} to ${OUTCOME_WORDS[open.to].label.toLowerCase()}`;
}

/** What a policy would have done: moves, numbers, partners and gray deals, each opening its deals. */
export function BacktestResult({
  result,
  names,
  question,
  before,
  after,
  changed,
  currency,
}: {
  result: BacktestSummary;
  names: Readonly<Record<string, string>>;
  /** What was asked; its cells ask the same for their deals. Null when the text has changed since. */
  question: Inputs["backtest"] | null;
  /** What the two sides are called. */
  before: string;
  after: string;
  /** Clauses that read otherwise on the two sides; empty when that is not known. */
  changed: ReadonlySet<Clause>;
  currency: string;
}) {
  const [open, setOpen] = useState<Opened | null>(null);
  const { deals, moved, moves, gray, partners, quarters } = result;
  return (
    <div className="flex flex-col gap-6">
      <Moved deals={deals} moved={moved} />
      {moves.length > 0 && (
        <Panel title="What moves where">
          <MovesMatrix moves={moves} before={before} after={after} onOpen={question ? setOpen : undefined} />
        </Panel>
      )}
      {quarters.length > 0 && (
        <Panel title="The four numbers">
          <NumbersCompare quarters={quarters} currency={currency} />
        </Panel>
      )}
      <Panel title="Who gains, who loses">
        <PartnersCompare
          partners={partners}
          names={names}
          onOpen={question ? (partnerId) => setOpen({ partnerId }) : undefined}
        />
      </Panel>
      <Panel title="Gray deals">
        <Gray gray={gray} />
      </Panel>
      {open && question && (
        <BacktestDeals
          title={titleOf(open, names)}
          question={{ ...question, ...open, moved: "from" in open && open.from !== open.to }}
          changed={changed}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function Moved({ deals, moved }: Pick<BacktestSummary, "deals" | "moved">) {
  return (
    <p className="text-pretty text-base">
      {moved === 0 ? (
        <>
          <strong className="font-semibold">No deal changes its outcome</strong> among {count(deals, "deal")}.
        </>
      ) : (
        <>
          <strong className="font-semibold">
            {thousands(moved)} of {count(deals, "deal")} {plural(moved, "changes its", "change their")}{" "}
            outcome
          </strong>{" "}
          ({percentOf(moved, deals)}).
        </>
      )}
    </p>
  );
}

function Gray({ gray }: { gray: BacktestSummary["gray"] }) {
  const { before, after } = gray;
  if (after.closed === 0) return <p className="text-ink-2">No deal was closed in these quarters.</p>;
  return (
    <dl className="grid max-w-md grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1.5">
      {(
        [
          ["Before", before],
          ["After", after],
        ] as const
      ).map(([name, side]) => {
        const share = side.closed === 0 ? 0 : side.gray / side.closed;
        return (
          <div key={name} className="contents">
            <dt className="text-ink-2">{name}</dt>
            <dd className="relative h-2 rounded-full bg-hover">
              <span
                className={classNames(
                  "absolute inset-y-0 left-0 rounded-full",
                  share > GRAY_BAR ? "bg-warn" : "bg-accent",
                )}
                style={{ width: `${Math.min(100, share * 400)}%` }}
              />
              <span className="absolute -inset-y-0.75 w-px bg-ink" style={{ left: `${GRAY_BAR * 400}%` }} />
            </dd>
            <dd className="tabular whitespace-nowrap text-right">
              <strong className="font-semibold">{percentOf(side.gray, side.closed)}</strong>{" "}
              <span className="text-ink-3 text-xs">
                {thousands(side.gray)} of {thousands(side.closed)} closed
              </span>
            </dd>
          </div>
        );
      })}
      <div className="contents">
        <dt className="sr-only">Bar</dt>
        <dd className="col-span-3 text-2xs text-ink-3">
          The line marks 5 %: above it, the memo leaves too much to talk about.
        </dd>
      </div>
    </dl>
  );
}
