"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { api, type Outputs } from "@/lib/api/client";
import { PLAY_DECISION_WORDS, PLAY_DECISIONS } from "@/lib/metrics/selling-play";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";

const StartPlayDialog = onDemand(() =>
  import("@/components/shared/play/start-play-dialog").then((m) => m.StartPlayDialog),
);

type Play = Outputs["sellingPlays"]["plays"][number];

/** Its selling play: where it stands, and what became of those before. */
export function PartnerPlay({ partner }: { partner: { id: string; name: string } }) {
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(api.sellingPlays.queryOptions({ input: { partnerId: partner.id } }));
  if (!data) return null;
  const running = data.plays.find(({ decided }) => decided === null);
  const before = data.plays.filter(({ decided }) => decided !== null);
  return (
    <Panel
      title="Selling play"
      id="selling-play"
      aside={
        !running && (
          <GuardedButton size="small" icon="plus" because={data.may.start} onPress={() => setOpen(true)}>
            Start
          </GuardedButton>
        )
      }
    >
      {running ? (
        <Running play={running} />
      ) : (
        before.length === 0 && (
          <p className="text-ink-3">
            None yet. Four weeks with up to five clients bring a partner that went silent into motion.
          </p>
        )
      )}
      <ul>
        {before.map((play) => (
          <li key={play.id} className="py-1 text-ink-3 text-xs">
            Began {dayInWords(play.startedOn)}; it {PLAY_DECISION_WORDS[play.decided!.as].done},{" "}
            {play.decided!.by} decided on {dayInWords(play.decided!.on)}
          </li>
        ))}
      </ul>
      {isOpen && <StartPlayDialog partner={partner} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function Running({ play }: { play: Play }) {
  const acted = play.clients.reduce((sum, { activities }) => sum + activities, 0);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-pretty">
        <span className="font-medium">
          {play.week > 4 ? "Past its four weeks" : `Week ${play.week} of 4`}
        </span>
        <span className="text-ink-2">
          {" "}
          · {play.buyer}: {play.problem}. Aim: {play.outcome}.
        </span>
      </p>
      <p className="text-ink-3 text-xs">
        {play.clients.map(({ name }) => name).join(", ")} · {play.owner.name} sees to it ·{" "}
        {count(acted, "activity", "activities")} since {dayInWords(play.startedOn)}
      </p>
      <ol className="divide-y divide-line">
        {play.steps.map((step) => (
          <li key={step.id} className="flex items-start gap-2 py-1.5">
            <Icon
              name={step.doneOn ? "check" : "clock"}
              className={`mt-0.5 size-3.5 shrink-0 ${step.doneOn ? "text-accent" : "text-ink-3"}`}
            />
            <span className="min-w-0">
              <Link href={`/deals/${encodeURIComponent(step.deal.id)}`} className="hover:underline">
                {step.what}
              </Link>
              <span className="block text-ink-3 text-xs">
                Week {step.week} · {step.deal.account ?? step.deal.id} ·{" "}
                {step.doneOn
                  ? `done ${dayInWords(step.doneOn)}`
                  : step.closedOn
                    ? "not done, closed with the play"
                    : step.dueOn
                      ? `due ${dayInWords(step.dueOn)}`
                      : "no day"}
              </span>
            </span>
          </li>
        ))}
        <li className="py-1.5 text-ink-3 text-xs">
          Week 4 · decide by {dayInWords(play.decideBy)}; the inbox asks from {dayInWords(play.decideFrom)}
        </li>
      </ol>
      <Decide play={play} />
    </div>
  );
}

function Decide({ play }: { play: Play }) {
  const decide = useWrite("decidePlay", {
    undo: ({ playId }) => ({ verb: "decidePlay", input: { playId, decision: null } }),
    said: (_, { decision }) =>
      decision ? `The partner ${PLAY_DECISION_WORDS[decision].done}` : "It runs again",
  });
  const withdraw = useWrite("withdrawPlay", { said: () => "The play was taken back" });
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      {PLAY_DECISIONS.map((decision) => (
        <GuardedButton
          key={decision}
          size="small"
          because={play.may.decide}
          isPending={decide.isPending}
          onPress={() => decide.mutate({ playId: play.id, decision })}
        >
          {PLAY_DECISION_WORDS[decision].label}
        </GuardedButton>
      ))}
      {play.may.withdraw === true && (
        <Button
          size="small"
          look="quiet"
          isPending={withdraw.isPending}
          onPress={() => withdraw.mutate({ playId: play.id })}
        >
          Take back
        </Button>
      )}
    </div>
  );
}
