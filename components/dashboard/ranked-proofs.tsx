import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ActivityLine } from "@/components/shared/activity-line";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { More } from "@/components/ui/more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
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
        <ol className="flex flex-col text-xs">
          {rows.map((row) => (
            <ActivityLine
              key={row.id}
              row={row}
              by={by === "owner" ? row.partner.name : undefined}
              saysProof
            />
          ))}
        </ol>
      )}
      <More list={list} />
    </section>
  );
}
