"use client";

import Link from "next/link";
import { StatusGlyph } from "@/components/shared/deal-status";
import { EvidenceGlyph, EvidenceMark } from "@/components/shared/evidence";
import { WholeMoney } from "@/components/shared/money";
import { useMe } from "@/components/shared/use-me";
import { Avatar } from "@/components/ui/avatar";
import { Checkbox } from "@/components/ui/checkbox";
import { type Columns, columnsFor } from "@/components/ui/data-table-columns";
import { DayText } from "@/components/ui/day";
import { Settled } from "@/components/ui/settled";
import { Tooltip } from "@/components/ui/tooltip";
import { DEAL_TYPE_LABELS } from "@/lib/attribution/words";
import { statusReason } from "@/lib/metrics/deal-status-words";
import { inOrder } from "./column-order";
import { type DealRow, OutcomeCell, PartnerChips, ProofDot, StageText, StatusText } from "./deal-row";
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
  { id: "expectedOn", name: "Expected close" },
  { id: "type", name: "Type" },
  { id: "partners", name: "Partners" },
  { id: "outcome", name: "Outcome" },
  { id: "evidence", name: "Evidence" },
  { id: "proof", name: "Proof" },
  { id: "status", name: "Status" },
];

/**
 * The columns that are away: those hidden, the owner while all deals are one's own, and of the two days the one that
 * says nothing: open deals have closed on none, all others are expected to on none.
 */
export function hiddenColumns({
  hide,
  scope,
  state,
  closing,
}: Pick<DealsParams, "hide" | "scope" | "state" | "closing">): string[] {
  const day = state === "open" || closing ? "closedOn" : "expectedOn";
  return [...hide, day, ...(scope === "mine" ? ["owner"] : [])];
}

/** Why a list does without a column that is not hidden, as the columns' menu says it. */
export function leftOutColumns(params: Parameters<typeof hiddenColumns>[0]): Record<string, string> {
  const why: Record<string, string> = {
    closedOn: "of closed deals only",
    expectedOn: "of open deals only",
    owner: "all are yours",
  };
  const away = hiddenColumns({ ...params, hide: [] });
  return Object.fromEntries(away.map((id) => [id, why[id] ?? ""]));
}

/** Beside a peek there is room for what tells deals apart; the peek says the rest. */
const BESIDE_PEEK = [
  "owner",
  "createdOn",
  "closedOn",
  "expectedOn",
  "type",
  "partners",
  "outcome",
  "evidence",
  "proof",
];

/** The columns that the table does not show now: of an opened number it has those that the number needs. */
export function awayColumns(
  params: Pick<DealsParams, "hide" | "scope" | "peek" | "state" | "closing">,
  opened: { adds: string; sets: boolean } | null,
): string[] {
  return [
    ...hiddenColumns(params),
    ...(opened?.sets ? [] : ["set"]),
    ...(opened?.adds === "days" ? [] : ["cycleDays"]),
    // Who decided what and what is still to be done is another question than what a number is made of.
    ...(opened ? ["status", "proof", "owner"] : []),
    ...(params.peek === null ? [] : BESIDE_PEEK),
  ];
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

function SelectAll() {
  const { selected, isAll, toggleAll } = useSelection();
  return (
    <Checkbox
      aria-label="Select every row shown"
      isSelected={isAll}
      isIndeterminate={selected.size > 0 && !isAll}
      onChange={toggleAll}
    />
  );
}

function AmountHead() {
  const currency = useMe()?.reportingCurrency;
  return <>Amount{currency && <span className="font-normal text-ink-3 normal-case"> {currency}</span>}</>;
}

function StatusCell({ row }: { row: DealRow }) {
  const me = useMe()?.user.ownerName;
  return (
    <Settled value={row.status} className="block">
      <StatusText row={row} me={me} />
    </Settled>
  );
}

function AmountCell({ row }: { row: DealRow }) {
  const currency = useMe()?.reportingCurrency;
  return <WholeMoney amount={row.amount} currency={row.currency} list={currency} />;
}

/** When an open deal is expected to close; a day that has passed waits for its owner. */
function ExpectedDay({ row: { expectedCloseOn: day } }: { row: DealRow }) {
  const today = useMe()?.today ?? "";
  if (day === null) return <span className="text-ink-3">not said</span>;
  if (day >= today) return <DayText day={day} className="text-ink-2" />;
  return (
    <Tooltip text="Expected to have closed by now: close it, or say another day">
      <span className="text-warn">
        <DayText day={day} />
      </span>
    </Tooltip>
  );
}

const DEAL_COLUMNS = column.columns([
  column.display({
    id: "select",
    header: () => <SelectAll />,
    meta: { width: 44, screenOnly: true },
    cell: ({ row }) => <SelectCell row={row.original} />,
  }),
  column.display({
    id: "glyph",
    header: () => <span className="sr-only">Status</span>,
    meta: { width: 34 },
    cell: ({ row: { original: deal } }) => (
      <StatusGlyph status={deal.status} says={statusReason(deal).sentence} />
    ),
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
    meta: { width: 68, sort: "owner" },
    cell: ({ getValue }) => (
      <Tooltip text={getValue()} names>
        <span className="inline-flex align-middle">
          <Avatar name={getValue()} />
        </span>
      </Tooltip>
    ),
  }),
  column.accessor("stage", {
    header: "Stage",
    meta: { width: 76, sort: "stage" },
    cell: ({ row }) => <StageText row={row.original} word={false} />,
  }),
  column.accessor("amount", {
    header: () => <AmountHead />,
    meta: { width: 112, align: "end", sort: "amount" },
    cell: ({ row }) => <AmountCell row={row.original} />,
  }),
  column.accessor("createdOn", {
    header: "Created",
    meta: { width: 104, align: "end", sort: "createdOn" },
    cell: ({ getValue }) => <DayText day={getValue()} className="text-ink-2" />,
  }),
  column.accessor("closedOn", {
    header: "Closed",
    meta: { width: 106, align: "end", sort: "closedOn" },
    cell: ({ getValue }) => {
      const day = getValue();
      return day ? <DayText day={day} className="text-ink-2" /> : <span className="text-ink-3">open</span>;
    },
  }),
  column.accessor("expectedCloseOn", {
    id: "expectedOn",
    header: "Closes",
    meta: { width: 106, align: "end", sort: "expectedOn" },
    cell: ({ row }) => <ExpectedDay row={row.original} />,
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
  column.accessor("set", {
    header: "Counted as",
    meta: { width: 156, sort: "set" },
    cell: ({ getValue }) => <span className="text-ink-2">{getValue()}</span>,
  }),
  column.accessor("cycleDays", {
    header: "Days",
    meta: { width: 64, align: "end" },
    cell: ({ getValue }) => <span className="tabular font-medium">{getValue() ?? "—"}</span>,
  }),
  column.accessor("outcome", {
    header: "Outcome",
    meta: { width: 112, sort: "outcome" },
    cell: ({ row: { original: deal } }) => (
      <span className="flex items-center gap-1.5">
        <Settled value={deal.outcome}>
          <OutcomeCell outcome={deal.outcome} />
        </Settled>
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
  column.accessor("status", {
    header: "Status",
    meta: { width: 196, sort: "status" },
    cell: ({ row }) => <StatusCell row={row.original} />,
  }),
]);

const idOf = (one: Columns<DealRow>[number]) =>
  one.id ?? ("accessorKey" in one ? String(one.accessorKey) : "");
const ALL: Columns<DealRow> = DEAL_COLUMNS;
const COLUMN_IDS = ALL.map(idOf);

/** The columns in an order that names some of those one may hide; the deal stays first. */
export function orderedColumns(order: readonly string[]): Columns<DealRow> {
  const places = inOrder(
    COLUMN_IDS,
    order.filter((id) => HIDEABLE.some((one) => one.id === id)),
  );
  return ALL.toSorted((a, b) => places.indexOf(idOf(a)) - places.indexOf(idOf(b)));
}
