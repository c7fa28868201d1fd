"use client";

import type { ReactNode } from "react";
import { WholeMoney } from "@/components/shared/money";
import { useMe } from "@/components/shared/use-me";
import { Chip } from "@/components/ui/chip";
import { DataTable } from "@/components/ui/data-table";
import { columnsFor } from "@/components/ui/data-table-columns";
import { DayText } from "@/components/ui/day";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tooltip } from "@/components/ui/tooltip";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { foundWords, reasonSentence, STATE_WORDS, SUGGESTION_WORDS } from "./finding-words";
import type { Answer, Line } from "./reconciliation-params";
import { nameOf } from "./use-line-acts";

const column = columnsFor<Line>();
const TONES = { undecided: "warn", exception: "plain", stands: "quiet", clear: "accent" } as const;

function StateChip({ line }: { line: Line }) {
  return <Chip tone={TONES[line.state]}>{STATE_WORDS[line.state]}</Chip>;
}

function Amount({ line: { amount, currency } }: { line: Line }) {
  return <WholeMoney amount={amount} currency={currency} list={useMe()?.reportingCurrency} />;
}

function Suggested({ line }: { line: Line }) {
  const [first] = line.found;
  if (!first) return <span className="text-ink-3">—</span>;
  return (
    <Tooltip text={reasonSentence(first, line)}>
      <span>{SUGGESTION_WORDS[first.suggestion]}</span>
    </Tooltip>
  );
}

const partnersOf = ({ noPartner, partners }: Line) =>
  partners.length > 0
    ? partners.map(({ partner }) => partner.name).join(", ")
    : noPartner
      ? "no partner involved"
      : "nobody named";

const COLUMNS = column.columns([
  column.display({
    id: "deal",
    header: "Deal",
    meta: { width: 190 },
    cell: ({ row: { original: line } }) => <span className="font-medium">{nameOf(line)}</span>,
  }),
  column.display({
    id: "closed",
    header: "Closed",
    meta: { width: 150 },
    cell: ({ row: { original: line } }) => (
      <span>
        {line.as} <DayText day={line.closedOn} className="text-ink-2" />
      </span>
    ),
  }),
  column.display({
    id: "amount",
    header: "Amount",
    meta: { width: 110, align: "end" },
    cell: ({ row }) => <Amount line={row.original} />,
  }),
  column.display({
    id: "owner",
    header: "AE",
    meta: { width: 130 },
    cell: ({ row }) => <span className="text-ink-2">{row.original.owner}</span>,
  }),
  column.display({
    id: "partners",
    header: "Evidence names",
    meta: { width: 180 },
    cell: ({ row }) => <span className="text-ink-2">{partnersOf(row.original)}</span>,
  }),
  column.display({
    id: "found",
    header: "Found",
    cell: ({ row }) => foundWords(row.original) || <span className="text-ink-3">nothing</span>,
  }),
  column.display({
    id: "suggested",
    header: "Suggestion",
    meta: { width: 160 },
    cell: ({ row }) => <Suggested line={row.original} />,
  }),
  column.display({
    id: "state",
    header: "State",
    meta: { width: 104 },
    cell: ({ row }) => <StateChip line={row.original} />,
  }),
]);

const BESIDE = { owner: false, partners: false, suggested: false, amount: false };
const rowId = ({ dealId }: Line) => dealId;

/** The same line on a phone. */
function NarrowLine({ line }: { line: Line }) {
  return (
    <div className="flex min-w-0 items-center justify-between gap-3">
      <div className="min-w-0">
        <p className="truncate font-medium">{nameOf(line)}</p>
        <p className="truncate text-ink-2 text-xs">
          {line.as} {dayInWords(line.closedOn)} · {foundWords(line) || "nothing found"}
        </p>
      </div>
      <StateChip line={line} />
    </div>
  );
}

/** The month's answer with the deals that are here, and the way to the next ones. */
interface Month {
  list: { isPending: boolean; isFetching: boolean; error: Error | null; refetch(): unknown };
  data: Answer | undefined;
  onNearEnd(): void;
}

/** The month's deals; one opens beside the list. */
export function Lines({
  month: { list, data, onNearEnd },
  hasOpen,
  onOpen,
  onLook,
  empty,
}: {
  month: Month;
  hasOpen: boolean;
  onOpen(line: Line): void;
  /** The focus came to it. */
  onLook(line: Line): void;
  empty: ReactNode;
}) {
  if (list.isPending)
    return (
      <div className="px-4 sm:px-6">
        <SkeletonRows rows={10} label="Loading the month" />
      </div>
    );
  if (list.error && !data) return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  return (
    <DataTable
      label="Closed deals"
      kind="deal"
      columns={COLUMNS}
      rows={data?.rows ?? []}
      rowId={rowId}
      total={data?.total ?? 0}
      visibility={hasOpen ? BESIDE : undefined}
      onOpen={onOpen}
      onRowFocus={onLook}
      onNearEnd={onNearEnd}
      narrow={(line) => <NarrowLine line={line} />}
      empty={empty}
      foot={
        <span className="tabular">
          {count(data?.total ?? 0, "deal")}
          {list.isFetching && " · refreshing"}
        </span>
      }
    />
  );
}
