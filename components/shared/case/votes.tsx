"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { onDemand } from "@/components/ui/on-demand";
import type { ExceptionDetail, Side } from "./answers";
import { choiceWords, deciderWords, isUnsettled, SIDE_WORDS, SIDES } from "./exception-words";
import { Part } from "./part";

const DeputiesDialog = onDemand(() => import("./deputies-dialog").then((m) => m.DeputiesDialog));

/** The two seats: what each side decided and why, or whose word is missing. */
export function Votes({ detail, mine }: { detail: ExceptionDetail; mine: Side | null }) {
  const open = isUnsettled(detail);
  if (!open && detail.votes.length === 0) return null;
  return (
    <Part title="Both sides decide">
      <div className="grid gap-2 sm:grid-cols-2">
        {SIDES.map((side) => {
          const vote = detail.votes.find((one) => one.side === side);
          return (
            <div
              key={side}
              data-seat={side}
              className={
                vote
                  ? "rounded-md border border-line bg-surface px-3 py-2"
                  : "rounded-md border border-line-control border-dashed px-3 py-2"
              }
            >
              <p className="flex items-center justify-between gap-2 text-ink-3 text-xs">
                <span>
                  {SIDE_WORDS[side]}
                  {side === mine && ", your side"}
                </span>
                {vote && <Icon name="check" className="size-3.5 text-accent" />}
              </p>
              {vote ? (
                <>
                  <p className="font-medium">{choiceWords(vote)}</p>
                  <p className="text-pretty text-ink-2">“{vote.reason}”</p>
                  <p className="mt-0.5 text-ink-3 text-xs">{vote.by.name}</p>
                </>
              ) : (
                <Unsaid detail={detail} side={side} mine={mine} />
              )}
            </div>
          );
        })}
      </div>
      {detail.split && open && (
        <p role="status" className="mt-2 rounded-md bg-warn-soft px-3 py-2 text-warn">
          The two sides differ, so nothing is decided. It is settled as soon as both say the same.
        </p>
      )}
    </Part>
  );
}

/** A seat without a word: who can say it, and a deputy where nobody else can. */
function Unsaid({ detail, side, mine }: { detail: ExceptionDetail; side: Side; mine: Side | null }) {
  const [isNaming, setNaming] = useState(false);
  if (detail.frozen || !isUnsettled(detail)) return <p className="text-ink-2">Did not decide</p>;
  const deputy = detail.deputies.find((one) => one.side === side && one.forThisCase);
  return (
    <>
      <p className="text-ink-2">Has not decided yet</p>
      <p className="mt-0.5 text-pretty text-ink-3 text-xs">
        Can decide: {deciderWords(detail.deciders[side])}
        {deputy && <>. Deputy for this case: {deputy.person.name}</>}
      </p>
      {side === mine && detail.may.nameDeputy === true && (
        <Button size="small" look="quiet" className="mt-1 -ml-2" onPress={() => setNaming(true)}>
          {deputy ? "Another deputy" : "Name a deputy"}
        </Button>
      )}
      {isNaming && <DeputiesDialog detail={detail} onClose={() => setNaming(false)} />}
    </>
  );
}
