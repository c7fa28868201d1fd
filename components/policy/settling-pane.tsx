"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState, ProblemLine } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { ProgressBar } from "@/components/ui/progress-bar";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Inputs, type Outputs } from "@/lib/api/client";
import { clauseName } from "@/lib/attribution/clauses";
import { thousands } from "@/lib/text/numbers";
import { count, plural } from "@/lib/text/words";
import { BacktestResult } from "./backtest-result";
import { useBacktest } from "./use-backtest";

type Clause = Outputs["settlingClauses"]["clauses"][number];

/** At the amendment: the clause that would have settled most of the year's cases, with its backtest (domain.md §8.8). */
export function SettlingPane({
  policyId,
  quarters,
  currency,
}: {
  policyId: string;
  /** Over which a clause is backtested. */
  quarters(): Inputs["backtest"]["quarters"];
  currency: string;
}) {
  const answer = useQuery(api.settlingClauses.queryOptions({ input: { policyId } }));
  const { data } = answer;
  return (
    <Panel title="What would have settled the year's cases">
      {!data ? (
        answer.error ? (
          <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
        ) : (
          <SkeletonRows rows={3} label="Judging the year's cases again" />
        )
      ) : data.clauses.length === 0 ? (
        <p className="text-pretty text-ink-2">
          {data.cases === 0
            ? "No case was opened in the last twelve months."
            : `No single clause, read otherwise, would have settled any of the year's ${count(data.cases, "case")}.`}
        </p>
      ) : (
        <ol className="flex flex-col divide-y divide-line" aria-label="Clauses, those that settle most first">
          {data.clauses.map((one) => (
            <Settling key={one.clause} {...{ one, policyId, quarters, currency }} cases={data.cases} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Settling({
  one,
  cases,
  policyId,
  quarters,
  currency,
}: {
  one: Clause;
  cases: number;
} & Parameters<typeof SettlingPane>[0]) {
  const [opened, setOpened] = useState(false);
  const { running, outcomes, error, run, cancel } = useBacktest();
  const start = () => {
    setOpened(true);
    run({ policy: { document: one.document }, against: { policyId }, quarters: quarters() });
  };
  return (
    <li className="flex flex-col gap-1.5 py-2.5">
      <p className="text-pretty">
        <strong className="font-semibold">
          {clauseName(one.clause)} would have settled {thousands(one.settles)} of {count(cases, "case")}
        </strong>
        {one.against > 0 &&
          `, and judged ${thousands(one.against)} otherwise than ${plural(one.against, "it was", "they were")} decided`}
        .
      </p>
      <p className="text-pretty text-ink-3 text-xs">
        <del>{one.before}</del>
      </p>
      <p className="text-pretty text-xs">
        <ins className="no-underline">{one.after}</ins>
      </p>
      <div className="flex flex-wrap items-center gap-3">
        {running ? (
          <Button size="small" onPress={cancel}>
            Cancel
          </Button>
        ) : (
          <Button size="small" onPress={start}>
            Backtest it
          </Button>
        )}
        <span className="text-ink-3 text-xs">Against this text; nothing is stored.</span>
      </div>
      {running && (
        <ProgressBar
          label={`Judging deals with ${clauseName(one.clause)} read otherwise`}
          value={running.judged}
          max={running.total}
          text={
            running.total === 0 ? "Starting" : `${thousands(running.judged)} of ${thousands(running.total)}`
          }
        />
      )}
      {error !== null && !running && <ProblemLine error={error} />}
      {opened && outcomes && !running && (
        <BacktestResult
          result={outcomes.result}
          names={outcomes.partners}
          question={outcomes.question}
          before="This text"
          after="With this clause"
          changed={new Set([one.clause])}
          currency={currency}
        />
      )}
    </li>
  );
}
