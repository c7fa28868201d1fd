"use client";

import { useState } from "react";
import { Button, GuardedButton } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { say } from "@/components/ui/toasts";
import type { Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import type { ExceptionLine, Side } from "./answers";
import { DECISION_WORDS, DECISIONS, SIDE_WORDS } from "./exception-words";
import { LeftOutList } from "./left-out-list";
import type { CaseSelection } from "./selection";
import { type ManyDecision, TriageForm } from "./triage-form";
import type { Person } from "./use-people";
import { type LeftOut, useKeptLeftOuts } from "./use-triage-writes";

const DeferManyForm = onDemand(() => import("./defer-many-form").then((m) => m.DeferManyForm));
const AssignManyForm = onDemand(() => import("./assign-many-form").then((m) => m.AssignManyForm));

type Answer = Outputs["exceptionsList"];
type Doing = { decision: ManyDecision } | "defer" | "assign";

/**
 * What can be done to the selected cases at once: a key, one reason, Enter. `1`-`3` the decision, `4` each as
 * the other side did, `O` an owner, `D` put off. What did not take it is told by name, until one has seen it.
 */
export function TriageBar({
  selection,
  answer,
  people,
}: {
  selection: CaseSelection;
  answer: Pick<Answer, "side" | "may" | "precedents" | "quarter">;
  people: readonly Person[];
}) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const leftOut = useKeptLeftOuts();
  const { cases } = selection;
  const close = (left?: readonly LeftOut[]) => {
    setDoing(null);
    if (left) leftOut.keep(left);
  };
  const choices = choicesOf(cases, answer, setDoing);
  useKeys(
    cases.length === 0 || doing !== null
      ? {}
      : {
          ...Object.fromEntries(DECISIONS.map((one, at) => [`${at + 1}`, () => choices.decide(one)])),
          "4": () => choices.decide("agree"),
          d: choices.defer,
          o: choices.assign,
          Escape: selection.clear,
        },
  );
  const form = { cases, people, onClose: close };
  return (
    <div className="sticky bottom-0 z-20 shrink-0 bg-canvas print:hidden">
      {leftOut.list.length > 0 && <LeftOutList list={leftOut.list} onSeen={leftOut.drop} />}
      {cases.length > 0 && (
        <section
          aria-label="Selected cases"
          className="border-line border-t bg-canvas px-4 py-3 shadow-[0_-6px_16px_-12px_rgb(0_0_0/0.35)] sm:px-6"
        >
          {doing === null ? (
            <Choices choices={choices} selection={selection} side={answer.side} />
          ) : doing === "defer" ? (
            <DeferManyForm {...form} />
          ) : doing === "assign" ? (
            <AssignManyForm {...form} />
          ) : (
            <TriageForm {...form} decision={doing.decision} answer={answer} />
          )}
        </section>
      )}
    </div>
  );
}

const NOBODY_SPOKE = "The other side has not decided any of these yet, so there is nothing to agree with.";
const NO_PARTNER = "None of these is one partner's claim: a ruling needs a partner.";

/** What one may do with several, and the way into each; a button and its key ask the same. */
function choicesOf(
  cases: readonly ExceptionLine[],
  { may, side }: Pick<Answer, "may" | "side">,
  begin: (doing: Doing) => void,
) {
  const mayDecide = (decision: ManyDecision) => {
    if (may.decide !== true) return may.decide;
    if (decision === "agree" && !cases.some(({ votes }) => votes.some((vote) => vote.side !== side)))
      return NOBODY_SPOKE;
    return decision !== "ruling" || cases.some(({ partner }) => partner !== null) || NO_PARTNER;
  };
  const begun = (says: true | string, doing: Doing) =>
    says === true ? begin(doing) : say("Not now", { detail: says });
  return {
    may,
    mayDecide,
    decide: (decision: ManyDecision) => begun(mayDecide(decision), { decision }),
    defer: () => begun(may.defer, "defer"),
    assign: () => begun(may.assign, "assign"),
  };
}

function Choices({
  choices: { may, mayDecide, decide, defer, assign },
  selection: { cases, clear },
  side,
}: {
  choices: ReturnType<typeof choicesOf>;
  selection: CaseSelection;
  side: Side | null;
}) {
  const theirs = side === "finance" ? "partnerships" : "finance";
  const hasTheirs = mayDecide("agree") === true;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span role="status" className="tabular pr-1 font-semibold">
        {count(cases.length, "case")} selected
      </span>
      {DECISIONS.map((decision, at) => (
        <GuardedButton key={decision} because={mayDecide(decision)} onPress={() => decide(decision)}>
          {DECISION_WORDS[decision].label} <Kbd keys={String(at + 1)} />
        </GuardedButton>
      ))}
      {hasTheirs && (
        <Button look="primary" onPress={() => decide("agree")}>
          Agree with {SIDE_WORDS[theirs].toLowerCase()} <Kbd keys="4" />
        </Button>
      )}
      <GuardedButton because={may.assign} look="quiet" onPress={assign}>
        Owner <Kbd keys="O" />
      </GuardedButton>
      <GuardedButton because={may.defer} look="quiet" onPress={defer}>
        Defer <Kbd keys="D" />
      </GuardedButton>
      <Button look="quiet" onPress={clear}>
        Clear <Kbd keys="Esc" />
      </Button>
      <span className="ml-auto text-ink-3 text-xs">
        {side && may.decide === true
          ? `You decide for ${SIDE_WORDS[side].toLowerCase()}`
          : typeof may.decide === "string" && may.decide}
      </span>
    </div>
  );
}
