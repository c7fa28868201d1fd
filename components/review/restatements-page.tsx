"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsBoolean, useQueryState } from "nuqs";
import { ValueText } from "@/components/shared/figures/figure-value";
import { FrozenBadge } from "@/components/shared/frozen-badge";
import { Money } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { useDayOf, useMe } from "@/components/shared/use-me";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { api } from "@/lib/api/client";
import type { Unit } from "@/lib/metrics/definition";
import type { Value } from "@/lib/metrics/value";
import { dayInWords } from "@/lib/text/days";
import type { RestatementsAnswer } from "./answers";
import { writtenBy } from "./restated-words";
import { Accepted, Restating } from "./restating";
import { Seal } from "./seal";

type Row = RestatementsAnswer["rows"][number];

/** What a frozen quarter would say today, beside what it says. The sealed number stays the number. */
export function RestatementsPage({ quarter }: { quarter: string }) {
  const [moving, setMoving] = useQueryState("moving", parseAsBoolean.withDefault(false));
  const answer = useQuery(
    api.restatements.queryOptions({ input: { quarter, ...(moving && { movesNumbers: true }) } }),
  );
  const data = answer.data;
  return (
    <>
      <PageHeader
        title={`Restatements of ${quarter}`}
        beside={<FrozenBadge quarter={quarter} />}
        lead="What the deals of a frozen quarter say by now, beside what was sealed. The sealed number stays the number."
      />
      <div className="flex flex-col gap-8 px-4 pb-10 sm:px-6">
        {answer.isPending ? (
          <SkeletonRows rows={8} label="Loading the restatements" />
        ) : !data ? (
          <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
        ) : (
          <>
            <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
              <Panel title="The numbers">
                <Numbers numbers={data.numbers} />
              </Panel>
              <Seal seal={data.seal} quarter={quarter} />
            </div>
            {data.accepted.length > 0 && (
              <Panel title="Accepted as corrections">
                <Accepted accepted={data.accepted} />
              </Panel>
            )}
            <Panel
              title="Deals that differ"
              aside={
                <SegmentedControl
                  label="Which deals"
                  value={moving ? "moving" : "all"}
                  onChange={(next) => setMoving(next === "moving" ? true : null)}
                  choices={[
                    { value: "all", label: "All" },
                    { value: "moving", label: `Would move a number (${data.counts.movesNumbers})` },
                  ]}
                />
              }
            >
              {data.rows.length === 0 ? (
                <EmptyState title="Nothing differs from the seal" icon="lock">
                  Later edits to the quarter's deals are listed here, each with what changed and who wrote it.
                </EmptyState>
              ) : (
                <ul className="divide-y divide-line">
                  {data.rows.map((row) => (
                    <Restated key={row.dealId} quarter={quarter} row={row} />
                  ))}
                </ul>
              )}
            </Panel>
          </>
        )}
      </div>
    </>
  );
}

function Numbers({ numbers }: Pick<RestatementsAnswer, "numbers">) {
  const currency = useMe()?.reportingCurrency ?? "USD";
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  return (
    <Table label="The numbers, sealed and as counted now">
      <thead>
        <tr>
          <Th>Number</Th>
          <Th align="end">Sealed</Th>
          <Th align="end">Counted now</Th>
        </tr>
      </thead>
      <tbody>
        {numbers.map((number) => {
          const unit = number.unit as Unit;
          const moved = !same(number.sealed, number.current);
          return (
            <tr key={`${number.metric}.${number.figure}`}>
              <Td className="h-8">{number.name}</Td>
              <Td align="end" className="font-semibold">
                <ValueText value={number.sealed as Value} unit={unit} currency={currency} />
              </Td>
              <Td align="end" className={moved ? "text-warn" : "text-ink-3"}>
                {moved ? (
                  <ValueText value={number.current as Value} unit={unit} currency={currency} />
                ) : (
                  "the same"
                )}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

const KIND_WORDS = { changed: "Changed", deleted: "Deleted since", added: "Not in the seal" } as const;

function Restated({ quarter, row }: { quarter: string; row: Row }) {
  const dayOf = useDayOf();
  const shown = row.current ?? row.sealed;
  return (
    <li className="grid gap-x-8 gap-y-2 py-3 lg:grid-cols-[15rem_minmax(0,1fr)_15rem]">
      <div className="min-w-0">
        <p className="font-medium">
          {row.current ? (
            <Link
              href={`/deals/${encodeURIComponent(row.dealId)}`}
              className="rounded-sm decoration-line-control underline-offset-4 hover:underline"
            >
              {shown?.account ?? row.dealId}
            </Link>
          ) : (
            (shown?.account ?? row.dealId)
          )}
        </p>
        <p className="tabular text-ink-3 text-xs">{row.dealId}</p>
        <p className="mt-1 flex flex-wrap gap-1">
          <Chip tone={row.kind === "changed" ? "plain" : "warn"}>{KIND_WORDS[row.kind]}</Chip>
          {row.movesNumbers && <Chip tone="warn">would move a number</Chip>}
        </p>
      </div>
      <div className="min-w-0">
        <Stands row={row} />
        <ul className="mt-1 flex flex-col gap-0.5 text-xs">
          {row.words.slice(0, SHOWN).map(({ what, sealed, current }) => (
            <li key={`${what}:${sealed}:${current}`} className="flex flex-wrap items-baseline gap-x-2">
              <span className="text-ink-3">{what}</span>
              <span className="text-ink-2">{sealed ?? "not there"}</span>
              <Icon name="chevronRight" className="size-2.5 self-center text-ink-3" />
              <span className="sr-only">is now</span>
              <span className="min-w-0 font-medium">{current ?? "gone"}</span>
            </li>
          ))}
          {row.words.length > SHOWN && (
            <li className="text-ink-3">and {row.words.length - SHOWN} more differences</li>
          )}
        </ul>
        <Restating quarter={quarter} row={row} />
      </div>
      <ul className="text-ink-2 text-xs">
        {row.by.slice(-SHOWN_WRITERS).map((write) => (
          <li key={`${write.at}:${write.action}`}>
            {writtenBy(write.action)} by <span className="font-medium">{write.name}</span>,{" "}
            <span className="text-ink-3">{dayInWords(dayOf(write.at))}</span>
          </li>
        ))}
        {row.by.length === 0 && <li className="text-ink-3">by time alone</li>}
      </ul>
    </li>
  );
}

const SHOWN = 6;
const SHOWN_WRITERS = 4;

/** What it counted as and for how much, sealed beside current, where either differs. */
function Stands({ row: { sealed, current } }: { row: Row }) {
  if (sealed && current && sealed.outcome === current.outcome && sealed.amount === current.amount) {
    return (
      <p className="flex flex-wrap items-center gap-x-3">
        <OutcomeBadge outcome={sealed.outcome} />
        <Money amount={sealed.amount} currency={sealed.currency} />
        <span className="text-ink-3 text-xs">as sealed</span>
      </p>
    );
  }
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {sealed ? <Stand stand={sealed} /> : <span className="text-ink-3">not in the seal</span>}
      <Icon name="chevronRight" className="size-3 text-ink-3" />
      <span className="sr-only">is now</span>
      {current ? <Stand stand={current} /> : <span className="text-ink-3">deleted</span>}
    </p>
  );
}

function Stand({ stand }: { stand: NonNullable<Row["sealed"]> }) {
  return (
    <span className="flex items-center gap-2">
      <OutcomeBadge outcome={stand.outcome} />
      <Money amount={stand.amount} currency={stand.currency} />
    </span>
  );
}
