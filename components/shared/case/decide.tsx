"use client";

import { useState } from "react";
import { GuardedButton } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { say } from "@/components/ui/toasts";
import type { Decision, ExceptionDetail, Side } from "./answers";
import { DECISION_WORDS, DECISIONS, isUnsettled, SIDE_WORDS, sameChoice } from "./exception-words";
import { type Deciding, ReasonForm } from "./reason-form";
import type { Person } from "./use-people";

const DeferForm = onDemand(() => import("./defer-form").then((m) => m.DeferForm));

type Doing = Deciding | "defer";

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
  people: readonly Person[];
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
          <GuardedButton because={may.defer} look="quiet" onPress={defer}>
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
