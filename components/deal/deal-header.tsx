"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { Money } from "@/components/shared/money";
import { useShell } from "@/components/shared/shell-actions";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { DayText } from "@/components/ui/day";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import type { Outputs } from "@/lib/api/client";
import { STAGES, type Stage } from "@/lib/attribution/vocabulary";
import { DEAL_TYPE_LABELS, OUTCOME_WORDS, ROUTE_LABELS, STAGE_WORDS } from "@/lib/attribution/words";
import { StagePath } from "./stage-path";

type Answer = Outputs["deal"];

/** Who, how much, where it stands, and what can be done to it now. */
export function DealHeader({
  answer,
  onClose,
  onRaise,
}: {
  answer: Answer;
  onClose(as: "won" | "lost"): void;
  /** Raises an exception about this deal. */
  onRaise(): void;
}) {
  const { deal, path, may, locked, sealed } = answer;
  const { logActivity } = useShell();
  const move = useWrite("moveStage", {
    undo: true,
    tried: ({ stage }) => `move to stage ${stage}`,
    said: (_, { stage }) => `Moved to stage ${stage}, ${STAGE_WORDS[stage as Stage].label}`,
  });
  const isOpen = deal.state === "open";
  return (
    <header className="border-line border-b px-4 pt-3 pb-3 sm:px-6">
      <nav aria-label="Where this is" className="mb-1 flex items-center gap-1 text-ink-3 text-xs">
        <Link href="/deals" className="rounded-sm hover:text-ink hover:underline">
          Deals
        </Link>
        <Icon name="chevronRight" className="size-3" />
        <span className="tabular">{deal.id}</span>
      </nav>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="font-semibold text-2xl tracking-tight">{deal.account ?? deal.id}</h1>
            {deal.demo && <DemoMarker />}
            {deal.recreatedFrom && (
              <Chip title="Formally replaces this deal in the CRM">from {deal.recreatedFrom}</Chip>
            )}
          </div>
          <dl className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-ink-2">
            <Said what="Amount">
              <Money amount={deal.amount} currency={deal.currency} className="font-medium text-ink" />
            </Said>
            <Said what="Owner">{deal.owner}</Said>
            <Said what="Type">
              {DEAL_TYPE_LABELS[deal.type]}, {ROUTE_LABELS[deal.route].toLowerCase()}
            </Said>
            <Said what="Created">
              <DayText day={deal.createdOn} />
            </Said>
            {deal.firstEngagedOn && (
              <Said what="First engaged by us">
                <DayText day={deal.firstEngagedOn} />
              </Said>
            )}
          </dl>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <GuardedButton
            icon="activity"
            because={may.logActivity === true ? null : may.logActivity}
            onPress={() => logActivity({ dealId: deal.id })}
          >
            Log activity
          </GuardedButton>
          {may.moveStage === true && isOpen ? (
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
          ) : (
            isOpen && (
              <GuardedButton because={may.moveStage === true ? null : may.moveStage}>
                Move stage
              </GuardedButton>
            )
          )}
          {isOpen && (
            <>
              <GuardedButton because={may.close === true ? null : may.close} onPress={() => onClose("lost")}>
                Close lost
              </GuardedButton>
              <GuardedButton
                look="primary"
                because={may.close === true ? null : may.close}
                onPress={() => onClose("won")}
              >
                Close won
              </GuardedButton>
            </>
          )}
        </div>
      </div>
      <div className="mt-4">
        <StagePath deal={deal} path={path} />
      </div>
      {locked && (
        <div id="locked" className="mt-3 flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-ink-2">
          <Icon name="lock" className="mt-0.5 size-3.5" />
          <p className="min-w-0">
            {locked} To contest the outcome,{" "}
            <button
              type="button"
              onClick={onRaise}
              className="rounded-sm font-medium text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current"
            >
              raise it in the exceptions log
            </button>
            .
          </p>
        </div>
      )}
      {sealed && (
        <p id="sealed" className="mt-2 flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-ink-2">
          <Icon name="stamp" className="mt-0.5 size-3.5" />
          <span className="min-w-0">
            {sealed.quarter} is frozen: its numbers hold this deal as{" "}
            <span className="font-medium text-ink">{OUTCOME_WORDS[sealed.outcome].label}</span>
            {sealed.differs ? ", whatever it became since. " : ". "}
            <Link
              href={`/review/${sealed.quarter}${sealed.differs ? "/restatements" : ""}`}
              className="rounded-sm font-medium text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current"
            >
              {sealed.differs ? "See the restatement" : "See the seal"}
            </Link>
          </span>
        </p>
      )}
    </header>
  );
}

function Said({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-ink-3 text-xs">{what}</dt>
      <dd>{children}</dd>
    </div>
  );
}
