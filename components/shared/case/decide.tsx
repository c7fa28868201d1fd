"use client";

import { useState } from "react";
import { Button, GuardedButton } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { say } from "@/components/ui/toasts";
import type { Decision, ExceptionDetail, Side } from "./answers";
import {
  DECISION_WORDS,
  DECISIONS,
  deciderWords,
  isUnsettled,
  SIDE_WORDS,
  SIDES,
  sameChoice,
} from "./exception-words";
import { type Deciding, ReasonForm } from "./reason-form";
import type { Person } from "./use-people";

const DeferForm = onDemand(() => import("./defer-form").then((m) => m.DeferForm));
const WithdrawForm = onDemand(() => import("./withdraw-form").then((m) => m.WithdrawForm));

type Doing = Deciding | "defer" | "withdraw";

const NO_RULING = "No other outcome is open to a partner on this deal.";
const NOBODY_SPOKE = "The other side has not spoken yet, so there is nothing to agree with.";

/**
 * Decides a case for one's side: a key, a reason, Enter. `1`-`3` the decision, `4` what the other side
 * said, `D` defer, `W` withdraw one's own. What is under way is kept in this browser until it is saved.
 */
export function Decide({
  detail,
  people,
  mine,
  sticky = false,
}: {
  detail: ExceptionDetail;
  people: readonly Person[];
  mine: Side | null;
  /** Stays in sight at the foot, for the meeting. */
  sticky?: boolean;
}) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const choices = choicesOf(detail, mine, setDoing);
  const isOpen = isUnsettled(detail);
  useKeys(
    isOpen
      ? {
          ...Object.fromEntries(DECISIONS.map((one, at) => [`${at + 1}`, () => choices.decide(one)])),
          "4": choices.agree,
          d: choices.defer,
          w: choices.withdraw,
        }
      : {},
  );
  if (!isOpen) return null;
  return (
    <div
      className={
        sticky
          ? "sticky bottom-0 z-10 border-line border-t bg-canvas/95 py-3 backdrop-blur-sm"
          : "border-line border-t pt-3"
      }
    >
      {doing === null ? (
        <>
          <WhoDecides detail={detail} />
          <ChoiceButtons choices={choices} mine={mine} />
        </>
      ) : doing === "withdraw" ? (
        <WithdrawForm detail={detail} onClose={() => setDoing(null)} />
      ) : doing === "defer" ? (
        <DeferForm detail={detail} people={people} onClose={() => setDoing(null)} />
      ) : (
        <ReasonForm
          detail={detail}
          mine={mine}
          rulings={choices.rulings}
          doing={doing}
          onRuling={(ruling) => setDoing({ ...doing, ruling })}
          onClose={() => setDoing(null)}
        />
      )}
    </div>
  );
}

type Choices = ReturnType<typeof choicesOf>;

/** What one may do with a case, and the way into each; whoever may not is told why. */
function choicesOf(
  { may, votes, possible }: ExceptionDetail,
  mine: Side | null,
  begin: (doing: Doing) => void,
) {
  const rulings = possible.filter(({ decision }) => decision === "ruling");
  const theirs = votes.find(({ side }) => side !== mine);
  const mayAgree = may.decide === true && !theirs ? NOBODY_SPOKE : may.decide;
  /** The button and its key ask the same. */
  const mayDecide = (decision: Decision) =>
    may.decide === true && decision === "ruling" && rulings.length === 0 ? NO_RULING : may.decide;
  return {
    rulings,
    theirs,
    mayDecide,
    may: { ...may, agree: mayAgree },
    decide: (decision: Decision) => {
      const says = mayDecide(decision);
      if (says === true) begin({ decision, ruling: null, agrees: false });
      else say(says === NO_RULING ? "Not now" : "Not yours to decide", { detail: says });
    },
    agree: () => {
      if (mayAgree !== true || !theirs)
        return say("Not now", { detail: mayAgree === true ? undefined : mayAgree });
      const at = rulings.findIndex((one) => sameChoice(one, theirs));
      begin({ decision: theirs.decision, ruling: at < 0 ? null : at, agrees: true });
    },
    defer: () => (may.defer === true ? begin("defer") : say("Not yours to defer", { detail: may.defer })),
    withdraw: () =>
      may.withdraw === true ? begin("withdraw") : say("Not yours to withdraw", { detail: may.withdraw }),
  };
}

function ChoiceButtons({ choices, mine }: { choices: Choices; mine: Side | null }) {
  const { may, mayDecide, theirs, decide, agree, defer, withdraw } = choices;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {DECISIONS.map((decision, at) => (
        <GuardedButton key={decision} because={mayDecide(decision)} onPress={() => decide(decision)}>
          {DECISION_WORDS[decision].label} <Kbd keys={String(at + 1)} />
        </GuardedButton>
      ))}
      {theirs && (
        <GuardedButton because={may.agree} look="primary" onPress={agree}>
          Agree with {SIDE_WORDS[theirs.side].toLowerCase()} <Kbd keys="4" />
        </GuardedButton>
      )}
      <GuardedButton because={may.defer} look="quiet" onPress={defer}>
        Defer <Kbd keys="D" />
      </GuardedButton>
      {may.withdraw === true && (
        <Button look="quiet" onPress={withdraw}>
          Withdraw <Kbd keys="W" />
        </Button>
      )}
      {mine && may.decide === true && (
        <span className="ml-auto text-ink-3 text-xs">You decide for {SIDE_WORDS[mine].toLowerCase()}</span>
      )}
    </div>
  );
}

/** Why it is not one's own to decide, and who can, where nobody has to point at anything to read it. */
function WhoDecides({ detail: { may, deciders } }: { detail: ExceptionDetail }) {
  if (may.decide === true) return null;
  const who = SIDES.map((side) => `${SIDE_WORDS[side]}: ${deciderWords(deciders[side])}`);
  return (
    <p className="mb-2 text-pretty text-ink-2">
      {may.decide}. {who.join("; ")}.
    </p>
  );
}
