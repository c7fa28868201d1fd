"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ExceptionLine } from "@/components/shared/case/answers";
import { DataTable } from "@/components/ui/data-table";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import { EXCEPTION_COLUMNS, NarrowCase } from "./exceptions-columns";

const rowId = (row: ExceptionLine) => row.id;
const narrow = (row: ExceptionLine) => <NarrowCase row={row} />;
/** The case says the rest. */
const BESIDE_A_CASE = { clause: false, claim: false, owner: false };

/** The log's lines, each of which opens its case beside them. */
export function ExceptionsTable({
  answer,
  hasOpen,
  onOpen,
  empty,
}: {
  answer: UseQueryResult<Outputs["exceptionsList"]>;
  /** Whether a case stands beside the log. */
  hasOpen: boolean;
  onOpen(id: string): void;
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
      columns={EXCEPTION_COLUMNS}
      rows={data?.rows ?? []}
      rowId={rowId}
      total={data?.total}
      visibility={hasOpen ? BESIDE_A_CASE : undefined}
      onOpen={(row) => onOpen(row.id)}
      narrow={narrow}
      empty={empty}
      foot={
        <>
          <span className="tabular">
            {count(data?.total ?? 0, "exception")}
            {answer.isFetching && " · refreshing"}
          </span>
          <Link
            href="/policy"
            className="rounded-sm underline decoration-line-control underline-offset-2 hover:text-ink"
          >
            Learnings kept for the amendment
          </Link>
        </>
      }
    />
  );
}
