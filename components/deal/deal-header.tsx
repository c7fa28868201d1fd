import Link from "next/link";
import { type ReactNode, useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { Money } from "@/components/shared/money";
import { AccountName } from "@/components/shared/names";
import { GuardedButton, IconButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { DayText } from "@/components/ui/day";
import { Explained } from "@/components/ui/explained";
import { Icon } from "@/components/ui/icon";
import { onDemand } from "@/components/ui/on-demand";
import { Tooltip } from "@/components/ui/tooltip";
import type { Outputs } from "@/lib/api/client";
import {
  DEAL_OUTCOME_LABELS,
  DEAL_TYPE_LABELS,
  FORECAST_LABELS,
  OUTCOME_WORDS,
  ROUTE_LABELS,
} from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { DealActions } from "./deal-actions";
import { StagePath } from "./stage-path";

const DescribeDialog = onDemand(() => import("./describe-dialog").then((m) => m.DescribeDialog));

type Answer = Outputs["deal"];

/** Who, how much, where it stands, and what can be done to it now. */
export function DealHeader({
  answer,
  onClose,
  onRaise,
  onCorrect,
  onTag,
}: {
  answer: Answer;
  onClose(as: "won" | "lost"): void;
  /** Names a partner; of a closed deal, too late. */
  onTag(): void;
  /** Proposes a correction of what its close locked. */
  onCorrect(): void;
  /** Raises an exception about this deal. */
  onRaise(): void;
}) {
  const { deal, locked, sealed } = answer;
  return (
    <header className="border-line border-b px-4 pt-3 pb-3 sm:px-6">
      <nav aria-label="Where this is" className="mb-1 flex items-center gap-1 text-ink-3 text-xs">
        <Link href="/deals" className="rounded-sm hover:text-ink hover:underline">
          Deals
        </Link>
        <Icon name="chevronRight" className="size-3" />
        <span className="tabular">{deal.id}</span>
      </nav>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 lg:flex-nowrap">
        <WhatItIs answer={answer} onCorrect={onCorrect} />
        <DealActions answer={answer} onClose={onClose} />
      </div>
      <div className="mt-4">
        <StagePath answer={answer} />
      </div>
      {locked && <Locked {...{ answer, onRaise, onCorrect, onTag }} because={locked} />}
      {sealed && <Sealed sealed={sealed} />}
    </header>
  );
}

function WhatItIs({ answer, onCorrect }: { answer: Answer; onCorrect(): void }) {
  const { deal } = answer;
  const isClosed = deal.state !== "open";
  const lock = isClosed ? { because: answer.may.correct, onCorrect } : undefined;
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="font-semibold text-2xl tracking-tight">
          {deal.accountId ? (
            <AccountName account={{ id: deal.accountId, name: deal.account ?? deal.id }} />
          ) : (
            (deal.account ?? deal.id)
          )}
        </h1>
        {deal.name && <span className="text-ink-2 text-lg">{deal.name}</span>}
        <EditDeal answer={answer} />
        {deal.demo && <DemoMarker />}
        {deal.recreatedFrom && (
          <Explained text="Formally replaces this deal in the CRM">
            <Chip>from {deal.recreatedFrom}</Chip>
          </Explained>
        )}
        {deal.amendedOn && (
          <Explained text="What its close locks was put right then: proposed by one person, accepted by another">
            <Chip tone="accent">Amended on {dayInWords(deal.amendedOn)}</Chip>
          </Explained>
        )}
      </div>
      <dl className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-ink-2">
        <Said what="Amount" lock={lock}>
          <Money amount={deal.amount} currency={deal.currency} className="font-medium text-ink" />
        </Said>
        <Said what="Owner">{deal.owner}</Said>
        <Said what="Type" lock={lock}>
          {DEAL_TYPE_LABELS[deal.type]}, {ROUTE_LABELS[deal.route].toLowerCase()}
        </Said>
        <Said what="Created">
          <DayText day={deal.createdOn} />
        </Said>
        {deal.closedOn && (
          <Said what={DEAL_OUTCOME_LABELS[deal.state]} lock={lock}>
            <DayText day={deal.closedOn} />
          </Said>
        )}
        <Expected deal={deal} />
        {(deal.firstEngagedOn || isClosed) && (
          <Said what="First engaged by us" lock={lock}>
            {deal.firstEngagedOn ? <DayText day={deal.firstEngagedOn} /> : "not known"}
          </Said>
        )}
      </dl>
    </div>
  );
}

/** What no close locks is corrected here; what one locks, by a correction. */
function EditDeal({ answer: { deal, may } }: { answer: Answer }) {
  const [isOpen, setOpen] = useState(false);
  if (may.describe !== true) return null;
  return (
    <>
      <IconButton label="Edit deal" icon="edit" size="small" onPress={() => setOpen(true)} />
      {isOpen && <DescribeDialog deal={deal} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What its owner expects of it. */
function Expected({ deal }: { deal: Answer["deal"] }) {
  return (
    <>
      {deal.state === "open" && deal.expectedCloseOn && (
        <Said what="Expected close">
          <DayText day={deal.expectedCloseOn} />
        </Said>
      )}
      {deal.state === "open" && deal.probability !== null && (
        <Said what="Probability">{deal.probability} %</Said>
      )}
      {deal.forecastCategory && <Said what="Forecast">{FORECAST_LABELS[deal.forecastCategory]}</Said>}
      {deal.nextStep && <Said what="Next step">{deal.nextStep}</Said>}
      {deal.crmUrl && (
        <Said what="CRM">
          <a
            href={deal.crmUrl}
            target="_blank"
            rel="noreferrer noopener"
            className="rounded-sm text-accent-ink hover:underline"
          >
            Open there
          </a>
        </Said>
      )}
    </>
  );
}

interface Lock {
  because: true | string;
  onCorrect(): void;
}

function Said({ what, lock, children }: { what: string; lock?: Lock; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-ink-3 text-xs">{what}</dt>
      <dd className="inline-flex items-baseline gap-1">
        {children}
        {lock && <LockedField what={what} lock={lock} />}
      </dd>
    </div>
  );
}

/** Why a field is not edited any more, and the way to have it put right. */
function LockedField({ what, lock: { because, onCorrect } }: { what: string; lock: Lock }) {
  const why = "Locked by the close";
  return (
    <Tooltip text={because === true ? `${why}: propose a correction` : `${why}. ${because}`}>
      <button
        type="button"
        aria-label={`${what}: ${because === true ? "locked by the close, propose a correction" : "locked by the close"}`}
        aria-disabled={because !== true}
        onClick={because === true ? onCorrect : undefined}
        className="inline-flex size-5 items-center justify-center self-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
      >
        <Icon name="lock" className="size-3" />
      </button>
    </Tooltip>
  );
}

const LINK =
  "rounded-sm font-medium text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current";

/** The deal is closed: what can no longer be changed, how it is put right, and where its outcome is contested. */
function Locked({
  answer,
  because,
  onRaise,
  onCorrect,
  onTag,
}: {
  answer: Answer;
  because: string;
  onRaise(): void;
  onCorrect(): void;
  onTag(): void;
}) {
  return (
    <div id="locked" className="mt-3 flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-ink-2">
      <Icon name="lock" className="mt-0.5 size-3.5" />
      <div className="flex min-w-0 flex-1 flex-col gap-2 sm:flex-row sm:items-start">
        <div className="min-w-0 flex-1">
          <p>
            {because} To contest the outcome,{" "}
            <button type="button" onClick={onRaise} className={LINK}>
              raise it in the exceptions log
            </button>
            {answer.may.tag === true && (
              <>
                ; a partner that nobody named in time is{" "}
                <button type="button" onClick={onTag} className={LINK}>
                  claimed late
                </button>
              </>
            )}
            .
          </p>
          <p className="mt-1">
            Its amount, type, route, close and first engagement are locked too: a correction of them is
            accepted by finance.
          </p>
        </div>
        <GuardedButton size="small" className="self-start" because={answer.may.correct} onPress={onCorrect}>
          Propose a correction
        </GuardedButton>
      </div>
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
