"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Money } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { DayText } from "@/components/ui/day";
import { onDemand } from "@/components/ui/on-demand";
import { Select } from "@/components/ui/select";
import { Tooltip } from "@/components/ui/tooltip";
import { clauseName } from "@/lib/attribution/clauses";
import { DEAL_OUTCOME_LABELS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { list } from "@/lib/text/words";
import type { ExceptionDetail, Side } from "./answers";
import { StateChip } from "./case-marks";
import { Claims } from "./claims";
import { ContestedFacts } from "./contested-facts";
import { Discussion } from "./discussion";
import { Effects } from "./effects";
import { ageWords, isUnsettled, KIND_WORDS, settlementWords } from "./exception-words";
import { Part } from "./part";
import { useAssign } from "./use-case-writes";
import type { Person } from "./use-people";
import { Votes } from "./votes";

const LikeCases = onDemand(() => import("./like-cases").then((m) => m.LikeCases));

/** Who, how much, since when: what a case is about before one reads it. */
export function CaseHead({
  detail,
  people,
  large = false,
  aside,
}: {
  detail: ExceptionDetail;
  people: readonly Person[];
  /** For the meeting's screen. */
  large?: boolean;
  aside?: ReactNode;
}) {
  const Title = large ? "h1" : "h2";
  return (
    <header>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">
            <Tooltip text={KIND_WORDS[detail.kind].definition}>
              <span>{KIND_WORDS[detail.kind].label}</span>
            </Tooltip>
            <StateChip row={detail} />
          </p>
          <Title className={large ? "mt-0.5 font-semibold text-2xl" : "mt-0.5 font-semibold text-lg"}>
            <Link
              href={`/deals/${encodeURIComponent(detail.dealId)}`}
              className="rounded-sm decoration-line-control underline-offset-4 hover:underline"
            >
              {detail.account ?? "No account"}
            </Link>{" "}
            <span className="tabular font-normal text-ink-3 text-sm">{detail.dealId}</span>
          </Title>
        </div>
        {aside}
      </div>
      <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-2">
        <Said what="At stake">
          <Money
            amount={detail.amount}
            currency={detail.currency}
            className={large ? "font-semibold text-lg" : "font-semibold"}
          />
        </Said>
        {detail.deal && (
          <Said what="Deal">
            {DEAL_OUTCOME_LABELS[detail.deal.state]}
            {detail.deal.closedOn && <> on {dayInWords(detail.deal.closedOn)}</>}, {detail.deal.owner}
          </Said>
        )}
        {detail.deal && (
          <Said what="Counts as">
            <OutcomeBadge outcome={detail.deal.outcome} />
          </Said>
        )}
        <Said what="Opened">
          <DayText day={detail.openedOn} /> <span className="text-ink-3">({ageWords(detail.ageDays)})</span>
        </Said>
        <Said what="Owner">
          <Owner detail={detail} people={people} />
        </Said>
      </dl>
    </header>
  );
}

/** Who sees to it, to be chosen by whoever may. */
function Owner({ detail, people }: { detail: ExceptionDetail; people: readonly Person[] }) {
  const assign = useAssign();
  if (detail.may.assign !== true || !isUnsettled(detail))
    return detail.owner?.name ?? <span className="text-ink-3">Nobody yet</span>;
  return (
    <Select
      label="Owner"
      labelHidden
      className="mt-0.5 w-40"
      choices={people.map(({ id, name }) => ({ value: id, label: name }))}
      value={detail.owner?.id ?? null}
      onChange={(owner) => assign(detail.id, owner)}
      placeholder="Nobody yet"
    />
  );
}

function Said({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-3 text-xs">{what}</dt>
      <dd className="min-h-5">{children}</dd>
    </div>
  );
}

/** What it came to: decision, deciders, clause and day (pages.md, Exceptions). */
export function Trace({ detail }: { detail: ExceptionDetail }) {
  const { settled, votes, clause, became, frozen } = detail;
  if (!settled) {
    if (!frozen || !detail.deferred) return null;
    return (
      <p className="rounded-md bg-sunken px-3 py-2 text-ink-2">
        {detail.quarter} was frozen while this was put off, to {detail.deferred.to.name} until{" "}
        {dayInWords(detail.deferred.until)}.{" "}
        <Link href={`/exceptions?open=${detail.id}`} className="underline underline-offset-2">
          See how it went on
        </Link>
      </p>
    );
  }
  return (
    <Part title="What was decided">
      <p className="rounded-md bg-accent-soft px-3 py-2 text-accent-ink">
        <strong className="font-semibold">{settlementWords(settled.by)}</strong> on {dayInWords(settled.on)}
        {votes.length > 0 && <> by {list(votes.map(({ by }) => by.name))}</>}
        {clause && <>, under “{clauseName(clause)}”</>}.
        {settled.by === "facts" &&
          " The records were corrected before the close, so nothing was left to decide."}
        {settled.by === "learning" && (
          <>
            {" "}
            <Link href="/policy" className="underline underline-offset-2">
              Kept beside the draft
            </Link>{" "}
            for the annual amendment.
          </>
        )}
        {settled.by === "ruling" && became && ` It is ruling ${became} among the deal's facts.`}
      </p>
    </Part>
  );
}

/** A whole case, top to bottom, as the panel beside the log shows it. */
export function CaseFile({ detail, mine }: { detail: ExceptionDetail; mine: Side | null }) {
  return (
    <div className="flex flex-col gap-5">
      <Trace detail={detail} />
      {!detail.stillGray && isUnsettled(detail) && !detail.frozen && detail.origin === "found" && (
        <p className="rounded-md bg-sunken px-3 py-2 text-ink-2">
          The facts no longer show this gray area, but they were put right after the close. Both sides still
          decide what that means.
        </p>
      )}
      <Claims claims={detail.claims} />
      <ContestedFacts detail={detail} />
      {!detail.frozen && <LikeCases id={detail.id} />}
      {isUnsettled(detail) && !detail.frozen && (
        <Effects possible={detail.possible} currency={detail.currency} keys={mine !== null} />
      )}
      <Votes detail={detail} mine={mine} />
      <Discussion detail={detail} />
    </div>
  );
}
