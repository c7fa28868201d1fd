"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { aboutWords, actionWords } from "@/components/shared/audit-words";
import { ValueText } from "@/components/shared/figures/figure-value";
import { useMe, useZone } from "@/components/shared/use-me";
import { ErrorState } from "@/components/ui/error-state";
import { DateField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { timeInWords } from "@/components/ui/time";
import { api, type Outputs } from "@/lib/api/client";
import { isDay } from "@/lib/calendar";
import { MOVED_CAUSE_WORDS, movedText } from "@/lib/metrics/moved-words";
import { isDefined } from "@/lib/metrics/value";
import { reasonText } from "@/lib/metrics/value-text";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { type LookAsked, SINCE, sinceDay } from "./since";

type Moved = Outputs["moved"];

/** Why the number moved between two days: a part a cause, adding up, each opening to its deals and what was written of them. */
export default function WhyMoved({
  number,
  quarter,
  look,
  since,
  onSince,
}: {
  /** `influencedWinRate.rate`. */
  number: string;
  quarter: { label: string; from: string; to: string };
  look: LookAsked;
  since: string;
  onSince(since: string): void;
}) {
  const me = useMe();
  const to = look?.asOf ?? me?.today ?? quarter.to;
  const from = me ? sinceDay(since, { quarter, to, fiscalYear: me.fiscalYear }) : to;
  const answer = useQuery({
    ...api.moved.queryOptions({ input: { number, quarter: quarter.label, from, to, ...(look && { look }) } }),
    enabled: me !== undefined && from <= to,
  });
  return (
    <section aria-labelledby="why-moved" className="flex flex-col gap-2">
      <h3 id="why-moved" className="font-semibold text-sm">
        Why did it move?
      </h3>
      <div className="flex flex-wrap items-end gap-2">
        <Select
          label="Since"
          className="w-52"
          value={SINCE.some((one) => one.value === since) ? since : "day"}
          choices={[...SINCE, { value: "day", label: "The end of a day" }]}
          onChange={(next) => onSince(next === "day" ? from : next)}
        />
        <DateField
          label="From the end of"
          value={from}
          max={to}
          onChange={(day) => isDay(day) && day <= to && onSince(day)}
        />
        <p className="pb-2 text-ink-2 text-xs">to {dayInWords(to)}</p>
      </div>
      {answer.error ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : answer.data ? (
        <Parts found={answer.data} />
      ) : (
        <SkeletonRows rows={4} label="Looking back" />
      )}
    </section>
  );
}

function Parts({ found }: { found: Moved }) {
  const { from, to, parts, figure, reportingCurrency: currency } = found;
  const ends = (
    <p className="text-ink-2 text-xs">
      {figure.name}: <ValueText value={from.value} unit={figure.unit} currency={currency} /> on{" "}
      {dayInWords(from.day)}, <ValueText value={to.value} unit={figure.unit} currency={currency} /> on{" "}
      {dayInWords(to.day)}.
      {from.at === null && " Nothing was recorded here by then: that day is told by the facts’ own days."}
    </p>
  );
  const missing = [from, to].find(({ value }) => !isDefined(value));
  if (missing && !isDefined(missing.value))
    return (
      <>
        {ends}
        <p className="text-ink-2 text-xs">
          On {dayInWords(missing.day)} there was no number to hold the other against:{" "}
          {reasonText(missing.value)}
        </p>
      </>
    );
  if (parts.length === 0)
    return (
      <>
        {ends}
        <p className="text-ink-2 text-xs">Nothing moved it.</p>
      </>
    );
  const most = Math.max(...parts.map(({ amount }) => Math.abs(amount)));
  return (
    <>
      {ends}
      <Table label={`Why ${figure.name} moved`}>
        <thead>
          <tr>
            <Th>Cause</Th>
            <Th>
              <span className="sr-only">As a bar</span>
            </Th>
            <Th align="end">Moved it by</Th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <Part key={part.cause} part={part} most={most} found={found} />
          ))}
        </tbody>
      </Table>
    </>
  );
}

function Part({ part, most, found }: { part: Moved["parts"][number]; most: number; found: Moved }) {
  const [isOpen, setOpen] = useState(false);
  const { figure, reportingCurrency } = found;
  const { cause, amount, deals, told } = part;
  const share = most === 0 ? 0 : Math.abs(amount) / most;
  return (
    <>
      <tr>
        <Td>
          <button
            type="button"
            aria-expanded={isOpen}
            disabled={deals === 0}
            onClick={() => setOpen(!isOpen)}
            className="flex items-center gap-1 rounded-sm text-left text-xs enabled:hover:underline"
          >
            <Icon
              name={isOpen ? "chevronDown" : "chevronRight"}
              className={deals === 0 ? "invisible size-3" : "size-3 text-ink-3"}
            />
            <span>
              {MOVED_CAUSE_WORDS[cause]}
              {deals > 0 && <span className="text-ink-3">, {count(deals, "deal")}</span>}
            </span>
          </button>
        </Td>
        <Td className="w-1/4">
          <Bar share={share} isDown={amount < 0} />
        </Td>
        <Td align="end" className="tabular whitespace-nowrap text-xs">
          {movedText(amount, figure.unit, reportingCurrency)}
        </Td>
      </tr>
      {isOpen && (
        <tr>
          <Td colSpan={3} className="bg-sunken">
            <ul className="flex flex-col gap-1 pl-4">
              {told.map((deal) => (
                <MovedDeal key={deal.id} deal={deal} found={found} />
              ))}
              {deals > told.length && (
                <li className="text-2xs text-ink-3">and {count(deals - told.length, "deal")} more</li>
              )}
            </ul>
          </Td>
        </tr>
      )}
    </>
  );
}

/** Down to the left of the middle, up to the right of it. */
function Bar({ share, isDown }: { share: number; isDown: boolean }) {
  const width = `${share * 50}%`;
  return (
    <div
      aria-hidden="true"
      className="relative h-2.5 border-line-strong before:absolute before:inset-y-0 before:left-1/2 before:border-line-strong before:border-l"
    >
      <span
        className={`absolute inset-y-0 rounded-xs ${isDown ? "right-1/2 bg-ink-3" : "left-1/2 bg-accent"}`}
        style={{ width }}
      />
    </div>
  );
}

function MovedDeal({ deal, found }: { deal: Moved["parts"][number]["told"][number]; found: Moved }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="text-xs">
      <span className="flex items-baseline justify-between gap-2">
        <span className="min-w-0">
          <Link
            href={`/deals/${encodeURIComponent(deal.id)}`}
            className="rounded-sm font-medium hover:underline"
          >
            {deal.account ?? deal.id}
          </Link>{" "}
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="rounded-sm text-ink-3 underline underline-offset-2"
          >
            what was written
          </button>
        </span>
        {deal.amount !== null && (
          <span className="tabular whitespace-nowrap">
            {movedText(deal.amount, found.figure.unit, found.reportingCurrency)}
          </span>
        )}
      </span>
      {isOpen && <Entries dealId={deal.id} from={found.from.at} to={found.to.at} />}
    </li>
  );
}

const ENTRIES = 100;

/** The audit log's entries about a deal between the two moments. */
function Entries({ dealId, from, to }: { dealId: string; from: string | null; to: string | null }) {
  const zone = useZone();
  const answer = useQuery(api.auditLog.queryOptions({ input: { dealId, limit: ENTRIES } }));
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={2} label="Reading the audit log" />;
  const entries = answer.data.entries.filter(
    ({ at }) => (from === null || at > from) && (to === null || at <= to),
  );
  if (entries.length === 0)
    return (
      <p className="text-2xs text-ink-3">
        Nothing was written of the deal itself between the two days: the day, the policy or another deal moved
        it.
      </p>
    );
  return (
    <ol className="mt-0.5 border-line border-l pl-2 text-2xs text-ink-2">
      {entries.map((entry) => (
        <li key={entry.id}>
          {timeInWords(entry.at, zone)}: {entry.actorName ?? entry.actor}, {actionWords(entry.action)}
          {aboutWords(entry) && `, ${aboutWords(entry)}`}
        </li>
      ))}
    </ol>
  );
}
