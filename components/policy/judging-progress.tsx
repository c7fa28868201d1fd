"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Panel } from "@/components/ui/panel";
import { ProgressBar } from "@/components/ui/progress-bar";
import { api } from "@/lib/api/client";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { OUTCOME_WORDS } from "@/lib/attribution/words";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { MoveLabel } from "./move-label";
import { MovedDeals } from "./moved-deals";

/** How far the open deals are judged under a policy that came into force, and what that moved. */
export function JudgingProgress({ policyId }: { policyId: string }) {
  const [open, setOpen] = useState<{ from: Outcome; to: Outcome } | null>(null);
  const answer = useQuery({
    ...api.judgingProgress.queryOptions({ input: { policyId } }),
    refetchInterval: ({ state }) => (state.data?.run && state.data.run.finishedAt === null ? 700 : false),
  });
  const run = answer.data?.run;
  if (!run) return null;
  const done = run.finishedAt !== null;
  return (
    <Panel title="Judged under it">
      {!done && (
        <ProgressBar
          label="Judging deals again"
          value={run.judged}
          max={run.total}
          text={`${thousands(run.judged)} of ${count(run.total, "deal")}`}
        />
      )}
      <p className="text-ink-2">
        {done ? `${count(run.judged, "deal was", "deals were")} judged again. ` : ""}
        {run.moved === 0
          ? done && "No outcome changed."
          : `${count(run.moved, "deal has", "deals have")} another outcome${done ? "" : " so far"}:`}
      </p>
      <ul className="mt-1 flex flex-col">
        {run.moves.map((move) => {
          const [from, to] = [move.from as Outcome, move.to as Outcome];
          return (
            <li key={`${from} ${to}`}>
              <button
                type="button"
                onClick={() => setOpen({ from, to })}
                className="-mx-2 flex w-[calc(100%+1rem)] items-center justify-between gap-3 rounded-md px-2 py-1 hover:bg-hover"
              >
                <MoveLabel from={from} to={to} />
                <span className="tabular font-medium underline decoration-line-control underline-offset-3">
                  {thousands(move.deals)}
                  <span className="sr-only"> deals: open them</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {open && (
        <MovedDeals
          title={`${OUTCOME_WORDS[open.from].label} to ${OUTCOME_WORDS[open.to].label.toLowerCase()}`}
          question={{ policyId, ...open }}
          onClose={() => setOpen(null)}
        />
      )}
    </Panel>
  );
}
