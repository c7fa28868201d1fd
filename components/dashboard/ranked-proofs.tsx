import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { DayText } from "@/components/ui/day";
import { ErrorState } from "@/components/ui/error-state";
import { More } from "@/components/ui/more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { activityLabel } from "@/lib/attribution/menu";
import { count } from "@/lib/text/words";

/** The activities that a proof rate of the ranking is counted from. */
export function RankedProofs({
  by,
  row: { id, name, activities, proven },
  onBack,
}: {
  by: "partner" | "owner";
  row: { id: string; name: string; activities: number; proven: number };
  onBack(): void;
}) {
  const list = useInfiniteQuery(
    api.rankedActivities.infiniteOptions({
      input: (after: string | undefined) => ({ by, id, after }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
    }),
  );
  const section = useRef<HTMLElement>(null);
  // What was pressed to come here is gone.
  useEffect(() => section.current?.focus(), []);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={`Activities of ${name}`}
      className="flex flex-col gap-3 outline-none"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <p className="text-pretty">
          <strong className="font-semibold">{name}</strong>: {proven} of{" "}
          {count(activities, "activity", "activities")} of the last twelve months with proof
        </p>
        <Button look="quiet" onPress={onBack}>
          Back to the ranking
        </Button>
      </div>
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => list.refetch()} />
      ) : !rows ? (
        <SkeletonRows rows={6} label="Loading activities" />
      ) : (
        <ol className="flex flex-col">
          {rows.map((row) => (
            <Activity key={row.id} by={by} row={row} />
          ))}
        </ol>
      )}
      <More list={list} />
    </section>
  );
}

type Line = Outputs["rankedActivities"]["rows"][number];

function Activity({ by, row }: { by: "partner" | "owner"; row: Line }) {
  return (
    <li className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3 border-line border-b py-2 text-xs">
      <DayText day={row.on} className="text-ink-2" />
      <p>
        <span className="font-medium">{activityLabel(row.type)}</span>
        {by === "owner" && ` by ${row.partner.name}`}
        {" on "}
        <Link
          href={`/deals/${encodeURIComponent(row.deal.id)}`}
          className="rounded-sm hover:text-accent-ink hover:underline"
        >
          {row.deal.account ?? row.deal.id}
        </Link>
        <span className="text-ink-3"> · stage {row.stage}</span>
        {row.proof ? (
          <span className="text-ink-2"> · with proof</span>
        ) : (
          <span className="text-warn"> · no proof</span>
        )}
      </p>
    </li>
  );
}
