"use client";

import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/error-state";
import { FormPanel } from "@/components/ui/form-dialog";
import { Kbd } from "@/components/ui/kbd";
import { onDemand } from "@/components/ui/on-demand";
import { problemOf } from "@/lib/api/problem-of";
import type { Choice, Decision, ExceptionDetail, Side, Vote } from "./answers";
import { choiceWords, DECISION_WORDS, rulingWords, SIDE_WORDS, sameChoice } from "./exception-words";
import { ReasonField, useReason } from "./reason";
import { useDecide } from "./use-case-writes";

const Contradiction = onDemand(() => import("./like-cases").then((m) => m.Contradiction));

/** What somebody is about to decide. */
export interface Deciding {
  decision: Decision;
  /** Which of the possible rulings, when it is one; null until somebody chooses, since none is given by itself. */
  ruling: number | null;
  /** As the other side did. */
  agrees: boolean;
}

/** Why, and with a ruling which; shows what came in from others meanwhile beside it. */
export function ReasonForm({
  detail,
  mine,
  rulings,
  doing,
  onRuling,
  onClose,
}: {
  detail: ExceptionDetail;
  mine: Side | null;
  rulings: readonly Choice[];
  doing: Deciding;
  onRuling(at: number): void;
  onClose(): void;
}) {
  const { decision, agrees } = doing;
  const decide = useDecide();
  const ruling = decision === "ruling" && doing.ruling !== null ? (rulings[doing.ruling] ?? null) : null;
  const choice: Choice = ruling ?? { decision, partner: null, outcome: null };
  const { came, seen } = useCameIn(detail.votes, mine);
  const { reason, form } = useReason({
    keptAs: `reason.${detail.id}`,
    isChosen: decision !== "ruling" || ruling !== null,
    write: decide,
    decide: (why) =>
      decide.mutate(
        { detail, choice, reason: why },
        {
          onSuccess: () => {
            reason.drop();
            onClose();
          },
        },
      ),
  });
  return (
    <FormPanel
      form={form}
      title={`${DECISION_WORDS[decision].label}${agrees ? ", as the other side" : ""}`}
      note={DECISION_WORDS[decision].definition}
      save="Decide"
      focus={decision === "ruling" && doing.ruling === null ? "[role=radiogroup] input" : "textarea"}
      problem={(error) => <Undecided error={error} />}
      onClose={onClose}
    >
      {came.length > 0 && <CameIn votes={came} choice={choice} reason={reason.text.trim()} onSeen={seen} />}
      {decision === "ruling" && <Rulings rulings={rulings} at={doing.ruling} onRuling={onRuling} />}
      {(decision !== "ruling" || ruling !== null) && <Contradiction id={detail.id} choice={choice} />}
      <ReasonField reason={reason} />
      {decide.isPaused && (
        <p role="status" className="text-warn text-xs">
          Waiting for the connection; your reason is kept in this browser.
        </p>
      )}
    </FormPanel>
  );
}

/** The votes that came in since one began to decide: each is a conflict, and both are shown. */
function useCameIn(votes: readonly Vote[], mine: Side | null) {
  const [begun, setBegun] = useState(votes);
  const came = votes.filter((vote) => {
    const old = begun.find(({ side }) => side === vote.side);
    return vote.side !== mine ? !old || !sameChoice(old, vote) : old?.by.id !== vote.by.id;
  });
  return { came, seen: () => setBegun(votes) };
}

function Undecided({ error }: { error: unknown }) {
  return (
    <>
      <ProblemLine error={error} />
      {problemOf(error).code === "conflict" && (
        <p className="text-ink-2 text-xs">
          What stands now is shown above; your reason is still here. Press Decide to say it again.
        </p>
      )}
    </>
  );
}

/** What others decided meanwhile, beside what is under way here. */
function CameIn({
  votes,
  choice,
  reason,
  onSeen,
}: {
  votes: readonly Vote[];
  choice: Choice;
  reason: string;
  onSeen(): void;
}) {
  return (
    <div role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-warn">
      <p className="font-medium">A decision came in while you were writing yours.</p>
      <ul>
        {votes.map((vote) => (
          <li key={vote.side}>
            {vote.by.name}, {SIDE_WORDS[vote.side].toLowerCase()}: {choiceWords(vote)}, “{vote.reason}”
          </li>
        ))}
        <li>
          You, not saved yet: {choiceWords(choice)}
          {reason && <>, “{reason}”</>}
        </li>
      </ul>
      <Button size="small" className="mt-1.5" onPress={onSeen}>
        I have seen it
      </Button>
    </div>
  );
}

function Rulings({
  rulings,
  at,
  onRuling,
}: {
  rulings: readonly Choice[];
  at: number | null;
  onRuling(at: number): void;
}) {
  return (
    <div
      onKeyDownCapture={(event) => {
        // The number beside a ruling chooses it, and the reason comes next.
        const nth = Number(event.key) - 1;
        if (!Number.isInteger(nth) || !rulings[nth]) return;
        event.preventDefault();
        onRuling(nth);
        event.currentTarget.closest("form")?.querySelector("textarea")?.focus();
      }}
    >
      <RadioGroup
        aria-label="The ruling"
        value={at === null ? null : String(at)}
        onChange={(next) => onRuling(Number(next))}
        className="flex flex-wrap gap-1.5"
      >
        {rulings.map((one, nth) => (
          <Radio
            key={`${one.partner?.id}:${one.outcome}`}
            value={String(nth)}
            className={
              "flex min-h-7 cursor-default items-center rounded-md border border-line-strong px-2.5 text-ink-2 text-xs " +
              "selected:border-accent selected:bg-accent-soft selected:font-medium selected:text-accent-ink " +
              "focus-visible:outline-2 focus-visible:outline-accent hover:text-ink"
            }
          >
            {nth < 9 && <Kbd keys={String(nth + 1)} className="mr-1.5" />}
            {rulingWords(one)}
          </Radio>
        ))}
      </RadioGroup>
    </div>
  );
}
