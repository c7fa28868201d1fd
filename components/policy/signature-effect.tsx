"use client";

import { useEffect } from "react";
import { useMe } from "@/components/shared/use-me";
import { ProblemLine } from "@/components/ui/error-state";
import { ProgressBar } from "@/components/ui/progress-bar";
import { thousands } from "@/lib/text/numbers";
import { count, list, plural } from "@/lib/text/words";
import { judgesInWords } from "./judges-in-words";
import { MoveLabel } from "./move-label";
import { NumbersCompare } from "./numbers-compare";
import { type Outcomes, useBacktest } from "./use-backtest";

/**
 * Which deals and quarters a signature will judge, with the numbers before and after (domain.md §5): a backtest of what
 * judges now against what would, as things stand today.
 */
export function SignatureEffect({ policyId, activeFrom }: { policyId: string; activeFrom: string }) {
  const currency = useMe()?.reportingCurrency ?? "USD";
  const { running, outcomes, error, run } = useBacktest();
  useEffect(() => {
    // A day is typed in parts: what it would change is asked when the hands rest.
    const rest = setTimeout(() => run({ policy: { policyId }, signedFrom: activeFrom }), 400);
    return () => clearTimeout(rest);
  }, [policyId, activeFrom, run]);
  const isFresh = outcomes?.question.signedFrom === activeFrom;
  return (
    <section aria-label="What the signature will judge" className="rounded-md border border-line px-3 py-2.5">
      <h3 className="font-medium">What the signature will judge</h3>
      {running && (
        <ProgressBar
          label="Judging deals under both texts"
          value={running.judged}
          max={running.total}
          text={
            running.total === 0 ? "Starting" : `${thousands(running.judged)} of ${thousands(running.total)}`
          }
        />
      )}
      {error !== null && !running && <ProblemLine error={error} />}
      {isFresh && !running && <Effect outcomes={outcomes} activeFrom={activeFrom} currency={currency} />}
    </section>
  );
}

function Effect({
  outcomes: { judges, result },
  activeFrom,
  currency,
}: {
  outcomes: Outcomes;
  activeFrom: string;
  currency: string;
}) {
  if (!judges) return null;
  const { moves, moved, quarters } = result;
  const changed = moves.filter(({ from, to }) => from !== to);
  const shown = quarters.filter((one) => one.moved > 0);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-pretty text-ink-2">{judgesInWords(judges, activeFrom)}</p>
      <p>
        {moved === 0 ? (
          <strong className="font-semibold">No deal changes its outcome.</strong>
        ) : (
          <>
            <strong className="font-semibold">
              {count(moved, "deal")} {plural(moved, "changes its", "change their")} outcome
            </strong>{" "}
            as things stand today:
          </>
        )}
      </p>
      {changed.length > 0 && (
        <ul className="flex flex-col gap-0.5">
          {changed.map(({ from, to, deals }) => (
            <li key={`${from} ${to}`} className="flex items-center justify-between gap-3">
              <MoveLabel from={from} to={to} />
              <span className="tabular">{count(deals, "deal")}</span>
            </li>
          ))}
        </ul>
      )}
      {shown.length > 0 && (
        <div className="overflow-x-auto">
          <NumbersCompare quarters={shown} currency={currency} />
        </div>
      )}
      {shown.length < quarters.length && (
        <p className="text-ink-3 text-xs">
          {shown.length === 0 ? "No quarter's deals move" : "No deal moves in the other quarters"}:{" "}
          {list(quarters.filter((one) => one.moved === 0).map(({ quarter }) => quarter))}.
        </p>
      )}
    </div>
  );
}
