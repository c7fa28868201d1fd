"use client";

import { useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { ProgressBar } from "@/components/ui/progress-bar";
import { thousands } from "@/lib/text/numbers";
import { list } from "@/lib/text/words";
import { QuestionFields } from "./backtest-question";
import { BacktestResult } from "./backtest-result";
import { KeptBacktests, KeptResult } from "./kept-backtests";
import type { PolicyAnswer } from "./policy-words";
import { type Outcomes, type Running, useBacktest } from "./use-backtest";
import { useBacktestQuestion } from "./use-backtest-question";

const AdversaryPane = onDemand(() => import("./adversary-pane").then((m) => m.AdversaryPane));

const SettlingPane = onDemand(() => import("./settling-pane").then((m) => m.SettlingPane));

/** What this text would have done to quarters one knows, before anybody signs it (domain.md §8.8). */
export function BacktestPane({ policy, onSave }: { policy: PolicyAnswer; onSave(): Promise<boolean> }) {
  const currency = useMe()?.reportingCurrency ?? "USD";
  const question = useBacktestQuestion(policy);
  const { running, outcomes, error, run, cancel } = useBacktest();
  const [shownKept, setShownKept] = useState<string | null>(null);
  const kept = policy.backtests.find(({ id }) => id === shownKept);
  const start = async () => {
    setShownKept(null);
    if (await onSave()) run(question.input());
  };
  return (
    <div className="flex flex-col gap-6">
      <section aria-label="What to hold against what" className="flex flex-col gap-3">
        <QuestionFields question={question} />
        <div className="flex flex-wrap items-center gap-3">
          {running ? (
            <Button onPress={cancel}>Cancel</Button>
          ) : (
            <Button look="primary" isDisabled={!question.ready} onPress={start}>
              Run backtest
            </Button>
          )}
          <span className="text-ink-3 text-xs">Judges real deals under both texts and stores nothing.</span>
        </div>
        {running && <Progress {...running} />}
        {error !== null && !running && <ProblemLine error={error} />}
      </section>
      {outcomes && !running && !kept && (
        <FreshResult policy={policy} outcomes={outcomes} titleOf={question.titleOf} currency={currency} />
      )}
      <KeptBacktests policy={policy} open={shownKept} onOpen={setShownKept} />
      {kept && <KeptResult policy={policy} kept={kept} others={question.others} currency={currency} />}
      <AdversaryPane
        question={() => {
          const { policy: text, quarters } = question.input();
          return { policy: text, quarters };
        }}
        onAsk={onSave}
      />
      {policy.state === "draft" && (
        <SettlingPane policyId={policy.id} quarters={() => question.input().quarters} currency={currency} />
      )}
    </div>
  );
}

function Progress({ judged, total }: Running) {
  return (
    <ProgressBar
      label="Judging deals under both texts"
      value={judged}
      max={total}
      text={total === 0 ? "Starting" : `${thousands(judged)} of ${thousands(total)}`}
    />
  );
}

/** What has just been run; it can be kept while the text is the one it was run on. */
function FreshResult({
  policy,
  outcomes,
  titleOf,
  currency,
}: {
  policy: PolicyAnswer;
  outcomes: Outcomes;
  titleOf(policyId: string): string;
  currency: string;
}) {
  const { question, hash, result, partners } = outcomes;
  const quarters = question.quarters ?? [];
  const against = question.against && "policyId" in question.against ? question.against.policyId : null;
  const isStale = hash !== (policy.hash ?? policy.draftHash);
  const keep = useWrite("keepBacktest", {
    said: () => ({
      message: "Kept beside the memo",
      detail: "Signers find it here, with the hash it was run on.",
    }),
  });
  return (
    <section aria-label="Result" className="border-line border-t pt-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <p className="text-ink-2 text-xs">
          Against {against ? titleOf(against) : "what judges each deal now"},{" "}
          {quarters.length > 0 ? list(quarters) : "all time"}
          {isStale && <span className="ml-2 text-warn">The text has changed since: run it again.</span>}
        </p>
        {policy.may.keepBacktest === true && !isStale && (
          <Button
            size="small"
            icon="stamp"
            isPending={keep.isPending}
            onPress={() => keep.mutate({ policyId: policy.id, ...(against && { against }), quarters })}
          >
            Keep beside the memo
          </Button>
        )}
      </div>
      <BacktestResult
        result={result}
        names={partners}
        question={question}
        before={against ? "Other policy" : "Now"}
        after="This text"
        changed={new Set(against ? [] : policy.difference.map(({ clause }) => clause))}
        currency={currency}
      />
    </section>
  );
}
