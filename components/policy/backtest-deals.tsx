"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { DealsPanel, LINES, nextOffset } from "@/components/shared/deals-panel";
import { clauseAnchor } from "@/components/shared/policy-address";
import { Icon } from "@/components/ui/icon";
import { api, type Inputs, type Outputs } from "@/lib/api/client";
import { type Clause, clauseName } from "@/lib/attribution/clauses";
import { TEST_WORDS } from "@/lib/attribution/words";
import { MoveLabel } from "./move-label";
import { clausesOf, ruleWords } from "./rule-words";

type Difference = Outputs["backtestDeals"]["rows"][number]["differences"][number];

/** The deals behind a cell of a backtest, each with the rule that differs. */
export function BacktestDeals({
  title,
  question,
  changed,
  onClose,
}: {
  title: string;
  /** Clauses that read otherwise on the two sides. */
  changed: ReadonlySet<Clause>;
  question: Omit<Inputs["backtestDeals"], "offset" | "limit">;
  onClose(): void;
}) {
  const answer = useInfiniteQuery(
    api.backtestDeals.infiniteOptions({
      input: (offset: number) => ({ ...question, offset, limit: LINES }),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
    }),
  );
  return (
    <DealsPanel
      title={title}
      onClose={onClose}
      answer={answer}
      empty="No deal is in this cell"
      more={(row) => (
        <div className="mt-1 flex flex-col gap-1.5">
          <MoveLabel from={row.from} to={row.to} />
          {row.differences.map((difference) => (
            <DifferenceOf
              key={difference.partnerId}
              difference={difference}
              changed={changed}
              onLeave={onClose}
            />
          ))}
        </div>
      )}
    />
  );
}

/** What one partner was and is: the rules that decided, and the tests that came out otherwise. */
function DifferenceOf({
  difference,
  changed,
  onLeave,
}: {
  difference: Difference;
  changed: ReadonlySet<Clause>;
  onLeave(): void;
}) {
  const { name, before, after, tests } = difference;
  const clauses = clausesOf([before.rule, after.rule]).filter((clause) => changed.has(clause));
  return (
    <div className="border-line-strong border-l-2 pl-2.5 text-xs">
      <p className="font-medium">{name}</p>
      <dl className="text-ink-2">
        <div className="flex gap-1.5">
          <dt className="w-12 shrink-0 text-ink-3">Before</dt>
          <dd>{ruleWords(before.rule)}</dd>
        </div>
        <div className="flex gap-1.5">
          <dt className="w-12 shrink-0 text-ink-3">After</dt>
          <dd className="text-ink">{ruleWords(after.rule)}</dd>
        </div>
        {clauses.length > 0 && (
          <div className="flex gap-1.5">
            <dt className="w-12 shrink-0 text-ink-3">Clause</dt>
            <dd className="flex flex-wrap gap-x-2">
              {clauses.map((clause) => (
                <ClauseLink key={clause} clause={clause} onLeave={onLeave} />
              ))}
            </dd>
          </div>
        )}
      </dl>
      {tests.map(({ test, clause, after: passes }) => (
        <p key={test} className="mt-0.5 flex items-center gap-1">
          <Icon
            name={passes ? "check" : "close"}
            strokeWidth={1.8}
            className={passes ? "size-3 text-accent" : "size-3 text-ink-3"}
          />
          <span>
            {TEST_WORDS[test].label} {passes ? "holds now" : "no longer holds"},{" "}
            <ClauseLink clause={clause} onLeave={onLeave} />
          </span>
        </p>
      ))}
    </div>
  );
}

/** To the clause in the memo beside, which the panel lets go of. */
function ClauseLink({ clause, onLeave }: { clause: Clause; onLeave(): void }) {
  return (
    <a href={`#${clauseAnchor(clause)}`} onClick={onLeave} className="underline underline-offset-2">
      {clauseName(clause)}
    </a>
  );
}
