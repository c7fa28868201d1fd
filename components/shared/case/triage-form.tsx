"use client";

import { useState } from "react";
import { Money } from "@/components/shared/money";
import { useMe } from "@/components/shared/use-me";
import { FormPanel } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { Outputs } from "@/lib/api/client";
import { outcomesOf } from "@/lib/attribution/models";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { OUTCOME_WORDS } from "@/lib/attribution/words";
import { count, list, plural } from "@/lib/text/words";
import type { Decision, ExceptionLine, Side } from "./answers";
import { choiceWords, DECISION_WORDS, KIND_WORDS, SIDE_WORDS } from "./exception-words";
import { ReasonField, useReason } from "./reason";
import { atStake } from "./triage";
import { type LeftOut, useDecideMany } from "./use-triage-writes";

export type ManyDecision = Decision | "agree";
type Answer = Outputs["exceptionsList"];

/** One reason for all that are selected, each of which is listed. */
export function TriageForm({
  cases,
  decision,
  answer,
  onClose,
}: {
  cases: readonly ExceptionLine[];
  decision: ManyDecision;
  answer: Pick<Answer, "side" | "precedents" | "quarter">;
  onClose(left?: readonly LeftOut[]): void;
}) {
  // What was selected when one began: what comes in meanwhile changes nothing of it.
  const [begun] = useState(cases);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const write = useDecideMany((left) => {
    reason.drop();
    onClose(left);
  });
  const { reason, form } = useReason({
    keptAs: `reason.many.${answer.quarter}.${decision}`,
    isChosen: decision !== "ruling" || outcome !== null,
    write,
    decide: (why) => {
      const seen = new Map(cases.map((row) => [row.id, row.version]));
      write.mutate({
        cases: begun.map(({ id, version }) => ({ exceptionId: id, version: seen.get(id) ?? version })),
        decision,
        ...(decision === "ruling" && outcome && { outcome }),
        reason: why,
      });
    },
  });
  return (
    <FormPanel
      form={form}
      title={`${titleOf(decision, answer.side)}, ${count(begun.length, "case")}`}
      note={noteOf(decision)}
      save={`Decide ${count(begun.length, "case")}`}
      focus={decision === "ruling" ? "input[type=radio]" : "textarea"}
      onClose={onClose}
    >
      <Listed cases={begun} decision={decision} side={answer.side} />
      <Before cases={begun} precedents={answer.precedents} />
      {decision === "ruling" && <OutcomeChoice value={outcome} onChange={setOutcome} />}
      <ReasonField reason={reason} forEach />
      {write.isPending && (
        <p role="status" className="text-ink-2 text-xs">
          {write.isPaused
            ? "Waiting for the connection; your reason is kept in this browser."
            : `Deciding ${count(begun.length, "case")}: all of them or none…`}
        </p>
      )}
    </FormPanel>
  );
}

function titleOf(decision: ManyDecision, side: Side | null): string {
  if (decision !== "agree") return DECISION_WORDS[decision].label;
  return `Agree with ${SIDE_WORDS[side === "finance" ? "partnerships" : "finance"].toLowerCase()}`;
}

function noteOf(decision: ManyDecision): string {
  if (decision === "agree")
    return "Each as the other side decided it. Both sides then say the same: settled.";
  if (decision === "ruling")
    return "The partner whose claim each is gets the outcome named here, on that deal alone.";
  return DECISION_WORDS[decision].definition;
}

/** Every case that it is about, and what each is agreed to. */
function Listed({
  cases,
  decision,
  side,
}: {
  cases: readonly ExceptionLine[];
  decision: ManyDecision;
  side: Side | null;
}) {
  const sum = atStake(cases);
  return (
    <details className="rounded-md border border-line bg-surface px-3 py-2">
      <summary className="cursor-default text-ink-2">
        {list(kindsIn(cases))}
        {sum && (
          <>
            , <Money {...sum} /> at stake
          </>
        )}
      </summary>
      <ul className="mt-1.5 max-h-48 divide-y divide-line overflow-y-auto text-xs">
        {cases.map((row) => {
          const theirs = row.votes.find((vote) => vote.side !== side);
          return (
            <li key={row.id} className="flex flex-wrap justify-between gap-x-3 py-1">
              <span className="min-w-0 truncate">
                <span className="font-medium">{row.account ?? row.dealId}</span>{" "}
                <span className="tabular text-ink-3">{row.dealId}</span>
                {row.partner && <span className="text-ink-2"> · {row.partner.name}</span>}
                {decision === "agree" && theirs && (
                  <span className="text-ink-2"> · {choiceWords(theirs)}</span>
                )}
              </span>
              <Money amount={row.amount} currency={row.currency} />
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** "201 late record", most first. */
function kindsIn(cases: readonly ExceptionLine[]): string[] {
  const kinds = new Map<ExceptionLine["kind"], number>();
  for (const { kind } of cases) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return [...kinds]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, many]) => `${many} ${KIND_WORDS[kind].label.toLowerCase()}`);
}

/** How the same kind was decided before; of several kinds there is no one precedent. */
function Before({ cases, precedents }: { cases: readonly ExceptionLine[] } & Pick<Answer, "precedents">) {
  const [kind, other] = new Set(cases.map((row) => row.kind));
  const known = precedents.filter((one) => one.kind === kind);
  if (!kind || other || known.length === 0) return null;
  const said = known.map(
    (one) => `${DECISION_WORDS[one.decision].label.toLowerCase()} ${one.count} ${plural(one.count, "time")}`,
  );
  return (
    <p className="text-ink-2 text-xs">
      {KIND_WORDS[kind].label} in earlier quarters: {list(said)}.
    </p>
  );
}

/** Nothing is chosen for one: an outcome is given, never found preselected. */
function OutcomeChoice({ value, onChange }: { value: Outcome | null; onChange(outcome: Outcome): void }) {
  const model = useMe()?.policy.model ?? "two_bucket";
  const choices = outcomesOf(model)
    .filter((one) => one !== "disputed")
    .map((one) => ({ value: one as Outcome, label: OUTCOME_WORDS[one as Outcome].label }));
  return <SegmentedControl label="The ruling" choices={choices} value={value} onChange={onChange} />;
}
