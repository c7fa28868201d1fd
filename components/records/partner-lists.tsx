"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ActivityLine } from "@/components/shared/activity-line";
import { ErrorState } from "@/components/ui/error-state";
import { More } from "@/components/ui/more";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { DealTable } from "./deal-table";

interface Named {
  id: string;
  name: string;
}

/** How many of a list its record shows. */
export const SHOWN = 20;

/** The deals it is on, the latest first; all of them are in the list of deals. */
export function PartnerDeals({ partner }: { partner: Named }) {
  const input = { partnerId: partner.id, limit: SHOWN };
  const { data, error, refetch } = useQuery(api.dealsList.queryOptions({ input }));
  return (
    <Panel
      title="Deals"
      id="deals"
      aside={
        data?.next && (
          <Link
            href={`/deals?scope=all&partner=${encodeURIComponent(partner.id)}`}
            className="rounded-sm text-accent-ink hover:underline"
          >
            All its deals
          </Link>
        )
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => refetch()} />
      ) : !data ? (
        <SkeletonRows rows={4} label="Loading deals" />
      ) : data.rows.length === 0 ? (
        <p className="text-ink-3">On no deal yet. A deal's AE tags it, or a registration brings one.</p>
      ) : (
        <DealTable label={`Deals of ${partner.name}`} rows={data.rows} />
      )}
    </Panel>
  );
}

/** What it did on all its deals. */
export function PartnerActivities({ partner }: { partner: Named }) {
  const list = useInfiniteQuery(
    api.partnerActivities.infiniteOptions({
      input: (after: string | undefined) => ({ partnerId: partner.id, after }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <Panel title="Activities" id="activities">
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => list.refetch()} />
      ) : !rows ? (
        <SkeletonRows rows={4} label="Loading activities" />
      ) : rows.length === 0 ? (
        <p className="text-ink-3">It did nothing yet that anybody logged.</p>
      ) : (
        <ol className="flex flex-col">
          {rows.map((row) => (
            <ActivityLine key={row.id} row={row}>
              {row.nextStep && (
                <p className="text-ink-2 text-xs">
                  Next: {row.nextStep}
                  {row.nextStepDueOn && `, due ${dayInWords(row.nextStepDueOn)}`}
                  {row.owner && ` · ${row.owner}`}
                </p>
              )}
            </ActivityLine>
          ))}
        </ol>
      )}
      <More list={list} />
    </Panel>
  );
}
