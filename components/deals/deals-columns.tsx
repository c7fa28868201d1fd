"use client";

import Link from "next/link";
import { EvidenceGlyph, EvidenceMark } from "@/components/shared/evidence";
import { Money } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { Checkbox } from "@/components/ui/checkbox";
import { columnsFor } from "@/components/ui/data-table-columns";
import { DayText } from "@/components/ui/day";
import { DEAL_TYPE_LABELS } from "@/lib/attribution/words";
import { type DealRow, PartnerChips, ProofDot, StageText, WarningChip } from "./deal-row";
import type { DealsParams } from "./deals-filters";
import { RowTag } from "./row-tag";
import { useSelection } from "./selection";

const column = columnsFor<DealRow>();

/** Columns one may hide, in order, with the names that the chooser shows. */
export const HIDEABLE: readonly { id: string; name: string }[] = [
  { id: "owner", name: "Owner" },
  { id: "stage", name: "Stage" },
  { id: "amount", name: "Amount" },
  { id: "createdOn", name: "Created" },
  { id: "closedOn", name: "Closed" },
  { id: "type", name: "Type" },
  { id: "partners", name: "Partners" },
  { id: "outcome", name: "Outcome" },
  { id: "evidence", name: "Evidence" },
  { id: "proof", name: "Proof" },
  { id: "warning", name: "To do" },
];

/** The columns that are away: those hidden, and the owner while all deals are one's own. */
export function hiddenColumns({ hide, scope }: Pick<DealsParams, "hide" | "scope">): string[] {
  return scope === "mine" ? [...hide, "owner"] : hide;
}

function SelectCell({ row }: { row: DealRow }) {
  const { selected, toggle } = useSelection();
  return (
    <Checkbox
      aria-label={`Select ${row.account ?? row.id}`}
      isSelected={selected.has(row.id)}
      onChange={() => toggle(row.id)}
    />
  );
}

export const DEAL_COLUMNS = column.columns([
  column.display({
    id: "select",
    header: () => <span className="sr-only">Selected</span>,
    meta: { width: 44 },
    cell: ({ row }) => <SelectCell row={row.original} />,
  }),
  column.accessor("account", {
    header: "Deal",
    meta: { width: 216, sort: "account" },
    cell: ({ row: { original: deal } }) => (
      <Link href={`/deals/${encodeURIComponent(deal.id)}`} className="block min-w-0 rounded-sm" tabIndex={-1}>
        <span className="font-medium">{deal.account ?? "No account"}</span>
        <span className="tabular ml-2 text-ink-3 text-xs">{deal.id}</span>
      </Link>
    ),
  }),
  column.accessor("owner", {
    header: "Owner",
    meta: { width: 116, sort: "owner" },
    cell: ({ getValue }) => <span className="text-ink-2">{getValue()}</span>,
  }),
  column.accessor("stage", {
    header: "Stage",
    meta: { width: 84, sort: "stage" },
    cell: ({ row }) => <StageText row={row.original} word={false} />,
  }),
  column.accessor("amount", {
    header: "Amount",
    meta: { width: 124, align: "end", sort: "amount" },
    cell: ({ row: { original: deal } }) => <Money amount={deal.amount} currency={deal.currency} />,
  }),
  column.accessor("createdOn", {
    header: "Created",
    meta: { width: 104, align: "end", sort: "createdOn" },
    cell: ({ getValue }) => <DayText day={getValue()} className="text-ink-2" />,
  }),
  column.accessor("closedOn", {
    header: "Closed",
    meta: { width: 104, align: "end", sort: "closedOn" },
    cell: ({ getValue }) => {
      const day = getValue();
      return day ? <DayText day={day} className="text-ink-2" /> : <span className="text-ink-3">open</span>;
    },
  }),
  column.accessor("type", {
    header: "Type",
    meta: { width: 116 },
    cell: ({ getValue }) => <span className="text-ink-2">{DEAL_TYPE_LABELS[getValue()]}</span>,
  }),
  column.accessor("partners", {
    header: "Partners",
    meta: {},
    cell: ({ row }) => <RowTag row={row.original} chips={<PartnerChips row={row.original} />} />,
  }),
  column.accessor("outcome", {
    header: "Outcome",
    meta: { width: 118, sort: "outcome" },
    cell: ({ row: { original: deal } }) => (
      <span className="flex items-center gap-1.5">
        <OutcomeBadge outcome={deal.outcome} />
        {deal.evidence && <EvidenceGlyph grade={deal.evidence} />}
      </span>
    ),
  }),
  column.accessor("evidence", {
    header: "Evidence",
    meta: { width: 118 },
    cell: ({ getValue }) => {
      const grade = getValue();
      return grade ? <EvidenceMark grade={grade} /> : <span className="sr-only">none</span>;
    },
  }),
  column.accessor("proof", {
    header: "Proof",
    meta: { width: 52 },
    cell: ({ getValue }) => <ProofDot proof={getValue()} />,
  }),
  column.accessor("warning", {
    header: "To do",
    meta: { width: 144 },
    cell: ({ getValue }) => <WarningChip warning={getValue()} />,
  }),
]);
