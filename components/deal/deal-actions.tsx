"use client";

import { useShell } from "@/components/shared/shell-actions";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { SAID_MS, speak } from "@/components/ui/spoken";
import { Tooltip } from "@/components/ui/tooltip";
import type { Outputs } from "@/lib/api/client";
import { STAGES, type Stage } from "@/lib/attribution/vocabulary";
import { STAGE_WORDS } from "@/lib/attribution/words";

type Answer = Outputs["deal"];

/** What can be done to a deal now: log, move, close; what cannot says why. */
export function DealActions({ answer, onClose }: { answer: Answer; onClose(as: "won" | "lost"): void }) {
  const { deal, may } = answer;
  const { logActivity } = useShell();
  const isOthers = deal.state === "open" && may.moveStage !== true && may.close !== true;
  return (
    <div className="flex flex-wrap items-center gap-2 lg:shrink-0">
      {isOthers && (
        <Tooltip text={String(may.close)}>
          <button
            type="button"
            onClick={() => speak({ message: String(may.close), ms: SAID_MS })}
            className="mr-1 cursor-help rounded-sm text-ink-2"
          >
            {deal.owner}’s deal
          </button>
        </Tooltip>
      )}
      <GuardedButton
        icon="activity"
        because={may.logActivity}
        onPress={() => logActivity({ dealId: deal.id })}
      >
        Log activity
      </GuardedButton>
      {deal.state === "open" && !isOthers && (
        <>
          <MoveStage answer={answer} />
          <GuardedButton because={may.close} onPress={() => onClose("lost")}>
            Close lost
          </GuardedButton>
          <GuardedButton
            // One thing at a time is the first to do: what the verdict asks comes before the close.
            look={may.closeWon === true ? "primary" : "plain"}
            because={may.close}
            onPress={() => onClose("won")}
          >
            Close won
          </GuardedButton>
        </>
      )}
    </div>
  );
}

function MoveStage({ answer: { deal, may } }: { answer: Answer }) {
  const move = useWrite("moveStage", {
    undo: true,
    tried: ({ stage }) => `move to stage ${stage}`,
    shows: ({ stage }, show) =>
      show("deal", (now) =>
        now.deal.id === deal.id ? { ...now, deal: { ...now.deal, stage: stage as Stage } } : now,
      ),
    said: (_, { stage }) => `Moved to stage ${stage}, ${STAGE_WORDS[stage as Stage].label}`,
  });
  if (may.moveStage !== true) return <GuardedButton because={may.moveStage}>Move stage</GuardedButton>;
  return (
    <Menu
      label="Move stage"
      button={
        <Button>
          Move stage
          <Icon name="chevronDown" className="size-3.5" />
        </Button>
      }
      choices={STAGES.filter((stage) => stage !== deal.stage && stage < 6).map((stage) => ({
        id: String(stage),
        label: `${stage} · ${STAGE_WORDS[stage].label}`,
        onChoose: () => move.mutate({ dealId: deal.id, version: deal.version, stage }),
      }))}
    />
  );
}
