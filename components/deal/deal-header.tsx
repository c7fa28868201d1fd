import Link from "next/link";
import type { ReactNode } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { Money } from "@/components/shared/money";
import { Chip } from "@/components/ui/chip";
import { DayText } from "@/components/ui/day";
import { Icon } from "@/components/ui/icon";
import type { Outputs } from "@/lib/api/client";
import { DEAL_TYPE_LABELS, OUTCOME_WORDS, ROUTE_LABELS } from "@/lib/attribution/words";
import { DealActions } from "./deal-actions";
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
  const { deal, path, locked, sealed } = answer;
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
        <WhatItIs deal={deal} />
        <DealActions answer={answer} onClose={onClose} />
      </div>
      <div className="mt-4">
        <StagePath deal={deal} path={path} />
      </div>
      {locked && <Locked because={locked} onRaise={onRaise} />}
      {sealed && <Sealed sealed={sealed} />}
    </header>
  );
}

function WhatItIs({ deal }: Pick<Answer, "deal">) {
  return (
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

const LINK =
  "rounded-sm font-medium text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current";

/** The deal is closed: what can no longer be changed, and where its outcome is contested. */
function Locked({ because, onRaise }: { because: string; onRaise(): void }) {
  return (
    <div id="locked" className="mt-3 flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-ink-2">
      <Icon name="lock" className="mt-0.5 size-3.5" />
      <p className="min-w-0">
        {because} To contest the outcome,{" "}
        <button type="button" onClick={onRaise} className={LINK}>
          raise it in the exceptions log
        </button>
        .
      </p>
    </div>
  );
}

/** Its quarter is frozen: what the seal holds of it. */
function Sealed({ sealed }: { sealed: NonNullable<Answer["sealed"]> }) {
  return (
    <p id="sealed" className="mt-2 flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-ink-2">
      <Icon name="stamp" className="mt-0.5 size-3.5" />
      <span className="min-w-0">
        {sealed.quarter} is frozen: its numbers hold this deal as{" "}
        <span className="font-medium text-ink">{OUTCOME_WORDS[sealed.outcome].label}</span>
        {sealed.differs ? ", whatever it became since. " : ". "}
        <Link href={`/review/${sealed.quarter}${sealed.differs ? "/restatements" : ""}`} className={LINK}>
          {sealed.differs ? "See the restatement" : "See the seal"}
        </Link>
      </span>
    </p>
  );
}
