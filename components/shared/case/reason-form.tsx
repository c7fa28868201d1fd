"use client";

import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { useDraft } from "@/components/shared/use-draft";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { problemOf } from "@/lib/api/problem-of";
import type { Choice, Decision, ExceptionDetail, Side } from "./answers";
import { choiceWords, DECISION_WORDS, rulingWords, SIDE_WORDS, sameChoice } from "./exception-words";
import { FormFrame, useFocusInside } from "./form-frame";
import { useDecide } from "./use-case-writes";

/** What somebody is about to decide. */
export interface Deciding {
  decision: Decision;
  /** Which of the possible rulings, when it is one. */
  ruling: number;
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
  const reason = useDraft(`reason.${detail.id}`, "");
  const decide = useDecide();
  const ruling = decision === "ruling" ? (rulings[doing.ruling] ?? null) : null;
  const choice: Choice = ruling ?? { decision, partner: null, outcome: null };
  const ready = reason.text.trim() !== "" && (decision !== "ruling" || ruling !== null);
  // What stood when one began to decide: a vote that came in since is a conflict, and both are shown.
  const [begun, setBegun] = useState(detail.votes);
  const came = detail.votes.filter((vote) => {
    const old = begun.find(({ side }) => side === vote.side);
    return vote.side !== mine ? !old || !sameChoice(old, vote) : old?.by.id !== vote.by.id;
  });
  const box = useFocusInside<HTMLFormElement>("textarea");

  const save = () => {
    if (!ready || decide.isPending) return;
    decide.mutate(
      { detail, choice, reason: reason.text.trim() },
      {
        onSuccess: () => {
          reason.drop();
          onClose();
        },
      },
    );
  };
  return (
    <FormFrame
      box={box}
      title={`${DECISION_WORDS[decision].label}${agrees ? ", as the other side" : ""}`}
      note={DECISION_WORDS[decision].definition}
      onSave={save}
      onClose={onClose}
      saving={decide.isPending}
      ready={ready}
      label="Decide"
    >
      {came.length > 0 && (
        <div role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-warn">
          <p className="font-medium">A decision came in while you were writing yours.</p>
          <ul>
            {came.map((vote) => (
              <li key={vote.side}>
                {vote.by.name}, {SIDE_WORDS[vote.side].toLowerCase()}: {choiceWords(vote)}, “{vote.reason}”
              </li>
            ))}
            <li>
              You, not saved yet: {choiceWords(choice)}
              {reason.text.trim() && <>, “{reason.text.trim()}”</>}
            </li>
          </ul>
          <Button size="small" className="mt-1.5" onPress={() => setBegun(detail.votes)}>
            I have seen it
          </Button>
        </div>
      )}
      {decision === "ruling" && (
        <RadioGroup
          aria-label="The ruling"
          value={String(doing.ruling)}
          onChange={(at) => onRuling(Number(at))}
          className="flex flex-wrap gap-1.5"
        >
          {rulings.map((one, at) => (
            <Radio
              key={`${one.partner?.id}:${one.outcome}`}
              value={String(at)}
              className={
                "flex min-h-7 cursor-default items-center rounded-md border border-line-strong px-2.5 text-ink-2 text-xs " +
                "selected:border-accent selected:bg-accent-soft selected:font-medium selected:text-accent-ink " +
                "focus-visible:outline-2 focus-visible:outline-accent hover:text-ink"
              }
            >
              {rulingWords(one)}
            </Radio>
          ))}
        </RadioGroup>
      )}
      <TextField
        label="Reason"
        lines={2}
        value={reason.text}
        onChange={reason.write}
        placeholder="One sentence that stands on its own a year from now"
      />
      {decide.isPaused && (
        <p role="status" className="text-warn text-xs">
          Waiting for the connection; your reason is kept in this browser.
        </p>
      )}
      {decide.error && <ProblemLine error={decide.error} />}
      {decide.error && problemOf(decide.error).code === "conflict" && (
        <p className="text-ink-2 text-xs">
          What stands now is shown above; your reason is still here. Press Decide to say it again.
        </p>
      )}
    </FormFrame>
  );
}
