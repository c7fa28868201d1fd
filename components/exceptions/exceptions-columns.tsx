"use client";

import type { ExceptionLine } from "@/components/shared/case/answers";
import { KindText, SeatDots, StateChip } from "@/components/shared/case/case-marks";
import { ageWords, KIND_WORDS } from "@/components/shared/case/exception-words";
import { Money } from "@/components/shared/money";
import { columnsFor } from "@/components/ui/data-table-columns";
import { clauseName } from "@/lib/attribution/clauses";

const column = columnsFor<ExceptionLine>();

/** What is contested, in one line: the claim as it was made, else what makes it gray. */
function claimLine({ partner, raisedBy, claim, kind }: ExceptionLine): string {
  const says = claim ?? KIND_WORDS[kind].definition;
  const who = partner?.name ?? (claim ? raisedBy?.name : null);
  return who ? `${who}: ${says}` : says;
}

export const EXCEPTION_COLUMNS = column.columns([
  column.accessor("kind", {
    header: "Kind",
    meta: { width: 164 },
    cell: ({ getValue }) => <KindText kind={getValue()} />,
  }),
  column.accessor("account", {
    header: "Deal",
    meta: { width: 168 },
    cell: ({ row: { original: row } }) => <span title={row.dealId}>{row.account ?? row.dealId}</span>,
  }),
  column.accessor("amount", {
    header: "At stake",
    meta: { width: 132, align: "end" },
    cell: ({ row: { original: row } }) => <Money amount={row.amount} currency={row.currency} />,
  }),
  column.display({
    id: "claim",
    header: "What is contested",
    cell: ({ row }) => (
      <span className="text-ink-2" title={claimLine(row.original)}>
        {claimLine(row.original)}
      </span>
    ),
  }),
  column.accessor("clause", {
    header: "Rule",
    meta: { width: 132 },
    cell: ({ getValue }) => {
      const clause = getValue();
      return <span className="text-ink-2">{clause ? clauseName(clause) : "—"}</span>;
    },
  }),
  column.accessor("owner", {
    header: "Owner",
    meta: { width: 116 },
    cell: ({ getValue }) =>
      getValue() ? (
        <span className="text-ink-2">{getValue()?.name}</span>
      ) : (
        <span className="text-ink-3">Nobody yet</span>
      ),
  }),
  column.accessor("ageDays", {
    header: "Age",
    meta: { width: 70, align: "end" },
    cell: ({ getValue }) => <span className="tabular text-ink-2">{ageWords(getValue())}</span>,
  }),
  column.display({
    id: "votes",
    header: "Sides",
    meta: { width: 62 },
    cell: ({ row }) => <SeatDots row={row.original} />,
  }),
  column.accessor("state", {
    header: "State",
    meta: { width: 128 },
    cell: ({ row }) => <StateChip row={row.original} />,
  }),
]);

/** The same case where the screen is narrower than a table. */
export function NarrowCase({ row }: { row: ExceptionLine }) {
  return (
    <div className="flex flex-col gap-1 py-2">
      <div className="flex items-center justify-between gap-3">
        <span className="min-w-0 truncate">
          <KindText kind={row.kind} />
          <span className="text-ink-2"> · {row.account ?? row.dealId}</span>
        </span>
        <Money amount={row.amount} currency={row.currency} />
      </div>
      <div className="flex items-center justify-between gap-3 text-ink-3 text-xs">
        <span className="truncate">
          {row.owner?.name ?? "No owner"} · {ageWords(row.ageDays)}
        </span>
        <StateChip row={row} />
      </div>
    </div>
  );
}
