"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SidePanel } from "@/components/ui/side-panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Outputs } from "@/lib/api/client";
import { DEAL_OUTCOME_LABELS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { Money } from "./money";

type DealLine = Outputs["lensDeals"]["rows"][number];

/** The answer of a paged list of deals, as TanStack's infinite query has it. */
interface Pages<Row> {
  data: { pages: { total: number; rows: Row[] }[] } | undefined;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
  refetch(): unknown;
}

/** How many deals travel at once into a side panel. */
export const LINES = 50;

/** The offset of the page after the last one; undefined when all are here. */
export function nextOffset(last: { total: number }, pages: readonly { rows: readonly unknown[] }[]) {
  const shown = pages.reduce((sum, { rows }) => sum + rows.length, 0);
  return shown < last.total ? shown : undefined;
}

interface Shown<Row> {
  answer: Pages<Row>;
  /** What is particular about each. */
  more(row: Row): ReactNode;
  empty: string;
}

/** The deals behind a number in a panel beside it: how many, `of` what, and each a link to its page. */
export function DealsPanel<Row extends Omit<DealLine, "lens">>({
  title,
  of = "",
  onClose,
  ...shown
}: Shown<Row> & { title: string; of?: string; onClose(): void }) {
  const total = shown.answer.data?.pages[0]?.total;
  return (
    <SidePanel
      title={title}
      lead={`${total === undefined ? "…" : count(total, "deal")}${of}`}
      onClose={onClose}
    >
      <DealLines {...shown} />
    </SidePanel>
  );
}

function DealLines<Row extends Omit<DealLine, "lens">>({ answer, more, empty }: Shown<Row>) {
  if (answer.error && !answer.data)
    return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={6} label="Loading deals" />;
  const rows = answer.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <EmptyState title={empty} />;
  return (
    <>
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <li key={row.id} className="py-2.5">
            <div className="flex items-baseline justify-between gap-3">
              <Link
                href={`/deals/${encodeURIComponent(row.id)}`}
                className="min-w-0 truncate rounded-sm font-medium hover:text-accent-ink hover:underline"
              >
                {row.account ?? row.id}
              </Link>
              <Money amount={row.amount} currency={row.currency} />
            </div>
            <p className="text-ink-3 text-xs">
              {row.id} · {row.owner} · {DEAL_OUTCOME_LABELS[row.state].toLowerCase()}
              {row.closedOn ? ` ${dayInWords(row.closedOn)}` : `, stage ${row.stage}`}
            </p>
            {more(row)}
          </li>
        ))}
      </ul>
      {answer.hasNextPage && (
        <div className="flex justify-center pt-2">
          <Button onPress={() => answer.fetchNextPage()} isPending={answer.isFetchingNextPage}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
