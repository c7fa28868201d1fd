"use client";

import { EvidenceMark } from "@/components/shared/evidence";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { Term } from "@/components/shared/term";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Settled } from "@/components/ui/settled";
import type { Outputs } from "@/lib/api/client";
import { TERMS } from "@/lib/attribution/glossary";
import { activityLabel } from "@/lib/attribution/menu";
import { verdictWords } from "@/lib/attribution/verdict";
import { useConfirm } from "./confirm-row";
import type { ActivityHappening } from "./edit-activity-dialog";
import { useFacts } from "./facts-in-sight";
import { type Move, moveOf } from "./next-move";
import type { RoleRowAnswer } from "./role-row";

/** What the deal counts as, and the one button that moves it on. */
export function Verdict({
  answer,
  why,
  onTag,
  onProve,
}: {
  answer: Outputs["deal"];
  why: Outputs["why"];
  onTag(): void;
  onProve(activity: ActivityHappening): void;
}) {
  const { result } = why;
  return (
    <section
      aria-label="Verdict"
      className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg bg-sunken px-4 py-3"
    >
      <span className="flex flex-wrap items-baseline gap-x-3">
        <Settled value={result.outcome}>
          <Outcome outcome={result.outcome} />
        </Settled>
        {result.evidence && (
          <Term of={result.evidence}>
            <EvidenceMark grade={result.evidence} title="" />
          </Term>
        )}
      </span>
      <p className="min-w-52 flex-1 text-pretty">{verdictWords(why, answer.deal.noPartner)}</p>
      <NextMove move={moveOf(answer)} onTag={onTag} onProve={onProve} />
    </section>
  );
}

/** The outcome, which explains itself where it is a word of the glossary. */
function Outcome({ outcome }: Pick<Outputs["why"]["result"], "outcome">) {
  const badge = <OutcomeBadge outcome={outcome} size="large" />;
  const term = TERMS.find((one) => one === outcome);
  return term ? <Term of={term}>{badge}</Term> : badge;
}

function NextMove({
  move,
  onTag,
  onProve,
}: {
  move: Move;
  onTag(): void;
  onProve(activity: ActivityHappening): void;
}) {
  const { cite } = useFacts();
  switch (move?.does) {
    case "confirm":
      return <Confirm row={move.row} />;
    case "decide":
      return (
        <Button look="primary" onPress={() => cite(move.registration.id)}>
          Decide {move.registration.partner.name}’s registration
        </Button>
      );
    case "prove":
      return (
        <Button look="primary" icon="link" onPress={() => onProve(move.activity)}>
          Prove {activityLabel(move.activity.type).toLowerCase()}
        </Button>
      );
    case "vouch":
      return <VouchNext activity={move.activity} />;
    case "tag":
      return (
        <Button look="primary" icon="plus" onPress={onTag}>
          Tag the partner that helped
        </Button>
      );
    case "wait":
      return <p className="text-ink-2 text-xs">{move.words}</p>;
    case undefined:
      return null;
  }
}

function Confirm({ row }: { row: RoleRowAnswer }) {
  const { confirm, isPending } = useConfirm(row);
  return (
    <Button look="primary" icon="check" isPending={isPending} onPress={confirm} className="max-sm:w-full">
      Confirm {row.partner.name}
    </Button>
  );
}

function VouchNext({ activity }: { activity: ActivityHappening }) {
  const vouch = useWrite("vouchActivity", { undo: true, said: () => "Vouched for" });
  return (
    <Button
      look="primary"
      icon="check"
      isPending={vouch.isPending}
      onPress={() => vouch.mutate({ activityId: activity.id })}
    >
      Stand behind {activityLabel(activity.type).toLowerCase()}
    </Button>
  );
}
