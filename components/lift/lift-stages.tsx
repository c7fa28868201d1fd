"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Inputs } from "@/lib/api/client";
import { STAGE_WORDS } from "@/lib/attribution/words";
import { ComparedTable } from "./compared-table";

/** Days in each stage of won deals; from the landmark where the stage comes after it. */
export function LiftStages({ question, currency }: { question: Inputs["liftStages"]; currency: string }) {
  const answer = useQuery({
    ...api.liftStages.queryOptions({ input: question }),
    placeholderData: keepPreviousData,
  });
  const rows = answer.data?.stages.flatMap(({ stage, plain, landmark }) => [
    { name: `${stage}  ${STAGE_WORDS[stage].label}`, says: "By outcome", compared: plain },
    ...(landmark ? [{ name: `${stage}  from the landmark`, compared: landmark }] : []),
  ]);
  return (
    <section aria-label="Days in each stage" aria-busy={answer.isFetching} className="pt-6 print:pt-3">
      <h2 className="break-after-avoid font-semibold">Days in each stage, median</h2>
      <p className="break-after-avoid pt-0.5 pb-2 text-ink-2">
        Of won deals, until the next stage or the close.
      </p>
      {answer.error && !rows ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : rows ? (
        <ComparedTable
          label="Days in each stage, with a partner and without"
          unit="days"
          currency={currency}
          rows={rows}
        />
      ) : (
        <SkeletonRows rows={9} label="Comparing days in each stage" />
      )}
    </section>
  );
}
