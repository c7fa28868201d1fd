"use client";

import { WholeMoney } from "@/components/shared/money";
import { useMe } from "@/components/shared/use-me";
import { Checkbox } from "@/components/ui/checkbox";
import { Chip } from "@/components/ui/chip";
import { columnsFor } from "@/components/ui/data-table-columns";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";
import { clauseName, clauseOfGray } from "@/lib/attribution/clauses";
import { count } from "@/lib/text/words";
import type { ExceptionLine } from "./answers";
import { KindText, SeatDots, StateChip } from "./case-marks";
import { ageWords, isUnsettled, KIND_WORDS, SIDE_WORDS, SIDES } from "./exception-words";
import { useSelection } from "./selection";
import { atStake, type CaseGroup, type LogRow } from "./triage";

const column = columnsFor<LogRow>();

/** What is contested, in one line: the claim as it was made, else what makes it gray. */
function claimLine({ partner, raisedBy, claim, kind }: ExceptionLine): string {
  const says = claim ?? KIND_WORDS[kind].definition;
  const who = partner?.name ?? (claim ? raisedBy?.name : null);
  return who ? `${who}: ${says}` : says;
}

/** Ticks a case, or of a kind all that wait for one's side. */
function Tick({ of }: { of: LogRow }) {
  const { isOn, isPartly, toggle } = useSelection();
  const rows = of.is === "group" ? of.rows : [of.row];
  if (!rows.some(isUnsettled)) return null;
  const name = of.is === "group" ? KIND_WORDS[of.kind].label : (of.row.account ?? of.row.dealId);
  return (
    <Checkbox
      aria-label={`Select ${name}`}
      isSelected={isOn(of)}
      isIndeterminate={isPartly(of)}
      onChange={() => toggle(of)}
    />
  );
}

function GroupName({ group }: { group: CaseGroup }) {
  return (
    <Tooltip text={KIND_WORDS[group.kind].definition}>
      <span className="flex items-center gap-1.5">
        <Icon
          name={group.isOpened ? "chevronDown" : "chevronRight"}
          className="size-3.5 shrink-0 text-ink-3"
        />
        <span className="truncate font-semibold">{KIND_WORDS[group.kind].label}</span>
        <span className="sr-only">, {group.isOpened ? "opened" : "closed"}</span>
      </span>
    </Tooltip>
  );
}

/** How many of a kind each side has decided. */
function GroupSeats({ rows }: Pick<CaseGroup, "rows">) {
  const open = rows.filter(isUnsettled);
  if (open.length === 0) return <span className="text-ink-3">—</span>;
  const said = SIDES.map(
    (side) => [side, open.filter(({ votes }) => votes.some((vote) => vote.side === side)).length] as const,
  );
  const words = said
    .map(([side, many]) => `${SIDE_WORDS[side]} has decided ${many} of ${open.length}`)
    .join(", ");
  return (
    <Tooltip text={words}>
      <span className="tabular text-ink-2 text-xs">
        <span className="sr-only">{words}</span>
        <span aria-hidden="true">
          {said.map(([side, many]) => `${side === "finance" ? "F" : "P"} ${many}`).join(" · ")}
        </span>
      </span>
    </Tooltip>
  );
}

function GroupState({ rows }: Pick<CaseGroup, "rows">) {
  const open = rows.filter(({ state }) => state === "open").length;
  if (open > 0) return <Chip tone="warn">{open} to decide</Chip>;
  const deferred = rows.filter(({ state }) => state === "deferred").length;
  return (
    <Chip tone={deferred > 0 ? "quiet" : "accent"}>{deferred > 0 ? `${deferred} deferred` : "Settled"}</Chip>
  );
}

/** As every list writes amounts: in whole units, the currency only where it is not the one that the head names. */
function Amount(money: { amount: number; currency: string; className?: string }) {
  return <WholeMoney {...money} list={useMe()?.reportingCurrency} />;
}

function StakeHead() {
  const currency = useMe()?.reportingCurrency;
  return <>At stake{currency && <span className="font-normal text-ink-3 normal-case"> {currency}</span>}</>;
}

function Stake({ rows }: Pick<CaseGroup, "rows">) {
  const sum = atStake(rows);
  return sum ? (
    <Amount {...sum} className="font-medium" />
  ) : (
    <span className="text-ink-3 text-xs">several</span>
  );
}

const clauseWords = (clause: ExceptionLine["clause"]) => (clause ? clauseName(clause) : "—");

export const LOG_COLUMNS = column.columns([
  column.display({
    id: "tick",
    header: () => <span className="sr-only">Selected</span>,
    meta: { width: 44, name: "Selected", screenOnly: true },
    cell: ({ row }) => <Tick of={row.original} />,
  }),
  column.display({
    id: "kind",
    header: "Kind",
    meta: { width: 160 },
    cell: ({ row: { original: one } }) =>
      one.is === "group" ? (
        <GroupName group={one} />
      ) : (
        <span className={one.isInGroup ? "pl-5" : undefined}>
          <KindText kind={one.row.kind} />
        </span>
      ),
  }),
  column.display({
    id: "account",
    header: "Deal",
    meta: { width: 152 },
    cell: ({ row: { original: one } }) =>
      one.is === "group" ? (
        <span className="font-medium">{count(one.rows.length, "case")}</span>
      ) : (
        <Tooltip text={one.row.dealId}>
          <span>{one.row.account ?? one.row.dealId}</span>
        </Tooltip>
      ),
  }),
  column.display({
    id: "amount",
    header: () => <StakeHead />,
    meta: { width: 124, align: "end", name: "At stake" },
    cell: ({ row: { original: one } }) =>
      one.is === "group" ? (
        <Stake rows={one.rows} />
      ) : (
        <Amount amount={one.row.amount} currency={one.row.currency} />
      ),
  }),
  column.display({
    id: "claim",
    header: "What is contested",
    cell: ({ row: { original: one } }) => {
      const says = one.is === "group" ? KIND_WORDS[one.kind].definition : claimLine(one.row);
      return (
        <Tooltip text={says}>
          <span className="text-ink-2">{says}</span>
        </Tooltip>
      );
    },
  }),
  column.display({
    id: "clause",
    header: "Rule",
    meta: { width: 116 },
    cell: ({ row: { original: one } }) => (
      <span className="text-ink-2">
        {clauseWords(
          one.is === "case" ? one.row.clause : one.kind === "other" ? null : clauseOfGray(one.kind),
        )}
      </span>
    ),
  }),
  column.display({
    id: "owner",
    header: "Owner",
    meta: { width: 108 },
    cell: ({ row: { original: one } }) => {
      if (one.is === "group") return null;
      const { owner } = one.row;
      return owner ? (
        <span className="text-ink-2">{owner.name}</span>
      ) : (
        <span className="text-ink-3">Nobody yet</span>
      );
    },
  }),
  column.display({
    id: "age",
    header: "Age",
    meta: { width: 84, align: "end" },
    cell: ({ row: { original: one } }) => {
      const days = one.is === "group" ? Math.max(...one.rows.map((row) => row.ageDays)) : one.row.ageDays;
      return <span className="tabular text-ink-2">{ageWords(days)}</span>;
    },
  }),
  column.display({
    id: "votes",
    header: "Sides",
    meta: { width: 86 },
    cell: ({ row: { original: one } }) =>
      one.is === "group" ? <GroupSeats rows={one.rows} /> : <SeatDots row={one.row} />,
  }),
  column.display({
    id: "state",
    header: "State",
    meta: { width: 114 },
    cell: ({ row: { original: one } }) =>
      one.is === "group" ? <GroupState rows={one.rows} /> : <StateChip row={one.row} />,
  }),
]);

/** The same row where the screen is narrower than a table. */
export function NarrowLogRow({ of }: { of: LogRow }) {
  return (
    <div className="flex items-center gap-3">
      <Tick of={of} />
      <div className="flex min-w-0 flex-1 flex-col gap-1 py-2">
        {of.is === "group" ? <NarrowGroup group={of} /> : <NarrowCase row={of.row} />}
      </div>
    </div>
  );
}

function NarrowGroup({ group }: { group: CaseGroup }) {
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <GroupName group={group} />
        <Stake rows={group.rows} />
      </div>
      <div className="flex items-center justify-between gap-3 text-ink-3 text-xs">
        <span>{count(group.rows.length, "case")}</span>
        <GroupState rows={group.rows} />
      </div>
    </>
  );
}

function NarrowCase({ row }: { row: ExceptionLine }) {
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <span className="min-w-0 truncate">
          <KindText kind={row.kind} />
          <span className="text-ink-2"> · {row.account ?? row.dealId}</span>
        </span>
        <Amount amount={row.amount} currency={row.currency} />
      </div>
      <div className="flex items-center justify-between gap-3 text-ink-3 text-xs">
        <span className="truncate">
          {row.owner?.name ?? "No owner"} · {ageWords(row.ageDays)}
        </span>
        <StateChip row={row} />
      </div>
    </>
  );
}
