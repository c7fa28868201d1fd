"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { useDraft } from "@/components/review/use-draft";
import { useMe } from "@/components/shell/use-me";
import { Button, GuardedButton } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/error-state";
import { DateField, TextField } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { useKeys } from "@/components/ui/keys";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toasts";
import { problemOf } from "@/lib/api/client";
import { addDays } from "@/lib/calendar";
import type { Choice, Decision, ExceptionDetail, Side } from "./answers";
import {
  choiceWords,
  DECISION_WORDS,
  DECISIONS,
  isUnsettled,
  rulingWords,
  SIDE_WORDS,
  sameChoice,
} from "./exception-words";
import { useDecide, useDefer } from "./use-case-writes";

/** How long a case is put off unless somebody says otherwise. */
const DEFERRED_DAYS = 30;

type Doing = { decision: Decision; ruling: number; agrees: boolean } | "defer";

/**
 * Decides a case for one's side: a key, a reason, Enter. `1`-`3` the decision, `4` what the other side
 * said, `D` defer. What is under way is kept in this browser until it is saved.
 */
export function Decide({
  detail,
  people,
  mine,
  sticky = false,
}: {
  detail: ExceptionDetail;
  people: readonly { id: string; name: string }[];
  mine: Side | null;
  /** Stays in sight at the foot, for the meeting. */
  sticky?: boolean;
}) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const { may, votes, possible } = detail;
  const rulings = possible.filter(({ decision }) => decision === "ruling");
  // One rules to change something: the first ruling that does is the likely one.
  const likely = Math.max(
    0,
    rulings.findIndex(({ changes }) => changes),
  );
  const theirs = votes.find(({ side }) => side !== mine);
  const barred = may.decide === true ? null : may.decide;
  const mayAgree =
    barred ?? (theirs ? null : "The other side has not spoken yet, so there is nothing to agree with.");

  const choose = (decision: Decision) =>
    barred
      ? say("Not yours to decide", { detail: barred })
      : setDoing({ decision, ruling: likely, agrees: false });
  const agreeWith = () => {
    if (mayAgree || !theirs) return say("Not now", { detail: mayAgree ?? undefined });
    const at = rulings.findIndex((one) => sameChoice(one, theirs));
    setDoing({ decision: theirs.decision, ruling: Math.max(0, at), agrees: true });
  };
  const defer = () =>
    may.defer === true ? setDoing("defer") : say("Not yours to defer", { detail: may.defer });

  useKeys(
    !isUnsettled(detail)
      ? {}
      : {
          "1": () => choose("rule_upheld"),
          "2": () => choose("ruling"),
          "3": () => choose("learning"),
          "4": agreeWith,
          d: defer,
        },
  );
  if (!isUnsettled(detail)) return null;

  return (
    <div
      className={
        sticky
          ? "sticky bottom-0 z-10 border-line border-t bg-canvas/95 py-3 backdrop-blur-sm"
          : "border-line border-t pt-3"
      }
    >
      {doing === null ? (
        <div className="flex flex-wrap items-center gap-2">
          {DECISIONS.map((decision, at) => (
            <GuardedButton
              key={decision}
              because={barred ?? (decision === "ruling" && rulings.length === 0 ? NO_RULING : null)}
              onPress={() => choose(decision)}
            >
              {DECISION_WORDS[decision].label} <Kbd keys={String(at + 1)} />
            </GuardedButton>
          ))}
          {theirs && (
            <GuardedButton because={mayAgree} look={mayAgree ? "rest" : "primary"} onPress={agreeWith}>
              Agree with {SIDE_WORDS[theirs.side].toLowerCase()} <Kbd keys="4" />
            </GuardedButton>
          )}
          <GuardedButton because={may.defer === true ? null : may.defer} look="quiet" onPress={defer}>
            Defer <Kbd keys="D" />
          </GuardedButton>
          {mine && !barred && (
            <span className="ml-auto text-ink-3 text-xs">
              You decide for {SIDE_WORDS[mine].toLowerCase()}
            </span>
          )}
        </div>
      ) : doing === "defer" ? (
        <DeferForm detail={detail} people={people} onClose={() => setDoing(null)} />
      ) : (
        <ReasonForm
          detail={detail}
          mine={mine}
          rulings={rulings}
          doing={doing}
          onRuling={(ruling) => setDoing({ ...doing, ruling })}
          onClose={() => setDoing(null)}
        />
      )}
    </div>
  );
}

const NO_RULING = "No other outcome is open to a partner on this deal.";

function ReasonForm({
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
  doing: Exclude<Doing, "defer">;
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

function DeferForm({
  detail,
  people,
  onClose,
}: {
  detail: ExceptionDetail;
  people: readonly { id: string; name: string }[];
  onClose(): void;
}) {
  const me = useMe();
  const today = me?.today ?? detail.openedOn;
  const defer = useDefer();
  const [to, setTo] = useState<string | null>(
    detail.deferred?.to.id ?? detail.owner?.id ?? people.find(({ id }) => id === me?.user.id)?.id ?? null,
  );
  const [until, setUntil] = useState(() => detail.deferred?.until ?? addDays(today, DEFERRED_DAYS));
  const ready = to !== null && until > today;
  const box = useFocusInside<HTMLFormElement>("input[type=date]");
  return (
    <FormFrame
      box={box}
      title="Defer"
      note="The quarter can freeze without it: somebody owns it, and it comes back on the day."
      onSave={() => {
        if (to && ready && !defer.isPending) defer.mutate({ detail, to, until }, { onSuccess: onClose });
      }}
      onClose={onClose}
      saving={defer.isPending}
      ready={ready}
      label="Defer"
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label="Who takes it"
          choices={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={to}
          onChange={setTo}
          placeholder="Choose a person"
        />
        <DateField label="Until" value={until} onChange={setUntil} min={addDays(today, 1)} />
      </div>
      {defer.error && <ProblemLine error={defer.error} />}
    </FormFrame>
  );
}

/** Enter saves, Shift Enter is a new line, Escape goes back. */
function FormFrame({
  box,
  title,
  note,
  label,
  onSave,
  onClose,
  saving,
  ready,
  children,
}: {
  box: React.RefObject<HTMLFormElement | null>;
  title: string;
  note: string;
  label: string;
  onSave(): void;
  onClose(): void;
  saving: boolean;
  ready: boolean;
  children: ReactNode;
}) {
  return (
    <form
      ref={box}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
      onKeyDown={(event) => {
        const field = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
        if (event.key === "Escape") onClose();
        else if (event.key === "Enter" && field && !event.shiftKey && !event.nativeEvent.isComposing)
          onSave();
        else return;
        event.preventDefault();
      }}
      className="flex flex-col gap-2.5"
    >
      <p>
        <span className="font-semibold">{title}.</span> <span className="text-ink-2">{note}</span>
      </p>
      {children}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span className="mr-auto hidden text-ink-3 text-xs sm:inline">
          <Kbd keys="Enter" /> saves, <Kbd keys="Esc" /> goes back
        </span>
        <Button onPress={onClose}>Back</Button>
        <Button type="submit" look="primary" isPending={saving} isDisabled={!ready}>
          {label}
        </Button>
      </div>
    </form>
  );
}

/** Puts the focus into a part that has just appeared because somebody asked for it. */
function useFocusInside<E extends HTMLElement>(selector: string) {
  const box = useRef<E>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>(selector)?.focus(), [selector]);
  return box;
}
