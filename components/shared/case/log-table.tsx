"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import type { KeyboardEvent, ReactNode } from "react";
import { DataTable } from "@/components/ui/data-table";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import { LOG_COLUMNS, NarrowLogRow } from "./log-columns";
import type { CaseSelection } from "./selection";
import type { CaseGroup, LogRow } from "./triage";

const rowId = (row: LogRow) => row.id;
const narrow = (row: LogRow) => <NarrowLogRow of={row} />;
/** The case says the rest. */
/** A section of the meeting is no wider than what is read there. */
const IN_A_MEETING = { clause: false, owner: false };
const BESIDE_A_CASE = { tick: false, clause: false, claim: false, owner: false, age: false };

/** The log's lines: each opens its case, or the cases of its kind; `x` takes them together. */
export function LogTable({
  answer,
  rows,
  selection,
  hasOpen,
  isMeeting,
  onOpen,
  onFold,
  empty,
}: {
  answer: UseQueryResult<Outputs["exceptionsList"]>;
  rows: readonly LogRow[];
  selection: CaseSelection;
  /** Whether a case stands beside the log. */
  hasOpen: boolean;
  isMeeting: boolean;
  onOpen(id: string): void;
  onFold(group: CaseGroup, isOpened: boolean): void;
  empty: ReactNode;
}) {
  const { data } = answer;
  if (answer.isPending)
    return (
      <div className="px-4 sm:px-6">
        <SkeletonRows rows={10} label="Loading the exceptions" />
      </div>
    );
  if (answer.error && !data) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  return (
    <DataTable
      label="Exceptions"
      kind="exception"
      columns={LOG_COLUMNS}
      rows={rows}
      rowId={rowId}
      visibility={hasOpen ? BESIDE_A_CASE : isMeeting ? IN_A_MEETING : undefined}
      selected={new Set(rows.filter(selection.isOn).map(rowId))}
      onOpen={(row) => (row.is === "group" ? onFold(row, !row.isOpened) : onOpen(row.id))}
      onRowKey={(event, row) => {
        if (heard(event, row, selection, onFold)) event.preventDefault();
      }}
      onReach={(from, to) => selection.reach(to, from)}
      narrow={narrow}
      empty={empty}
      foot={<Foot total={data?.total ?? 0} isRefreshing={answer.isFetching} />}
    />
  );
}

/** A key pressed on a row; whether it meant something. */
function heard(
  event: KeyboardEvent,
  row: LogRow,
  selection: CaseSelection,
  onFold: (group: CaseGroup, isOpened: boolean) => void,
): boolean {
  const key = event.key.toLowerCase();
  if ((event.metaKey || event.ctrlKey) && key === "a") selection.all();
  else if (event.metaKey || event.ctrlKey || event.altKey) return false;
  else if (key === "x" && event.shiftKey) selection.reach(row);
  else if (key === "x" || key === " ") selection.toggle(row);
  else if (row.is === "group" && event.key === "ArrowRight") onFold(row, true);
  else if (row.is === "group" && event.key === "ArrowLeft") onFold(row, false);
  else return false;
  return true;
}

function Foot({ total, isRefreshing }: { total: number; isRefreshing: boolean }) {
  return (
    <>
      <span className="tabular">
        {count(total, "exception")}
        {isRefreshing && " · refreshing"}
      </span>
      <Link
        href="/policy"
        className="print:hidden rounded-sm underline decoration-line-control underline-offset-2 hover:text-ink"
      >
        Learnings kept for the amendment
      </Link>
    </>
  );
}
