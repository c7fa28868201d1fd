"use client";

import { useQuery } from "@tanstack/react-query";
import { CaseFile, CaseHead } from "@/components/shared/case/case-file";
import { Decide } from "@/components/shared/case/decide";
import type { Person } from "@/components/shared/case/use-people";
import { IconButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";

/** One case beside the log. */
export function CasePanel({
  id,
  quarter,
  people,
  onClose,
}: {
  id: string;
  /** In whose log it stands. */
  quarter: string | undefined;
  people: readonly Person[];
  onClose(): void;
}) {
  const answer = useQuery(api.exception.queryOptions({ input: { exceptionId: id, quarter } }));
  const close = <IconButton label="Close the case" icon="close" size="small" onPress={onClose} />;
  if (answer.data)
    return (
      <article aria-label={`Case ${id}`} className="flex flex-col gap-5 px-4 pt-4 sm:px-5">
        <CaseHead detail={answer.data} people={people} aside={close} />
        <CaseFile detail={answer.data} mine={answer.data.side} />
        {!answer.data.frozen && (
          <Decide key={id} detail={answer.data} people={people} mine={answer.data.side} sticky />
        )}
      </article>
    );
  return (
    <div className="px-5 pt-4">
      <div className="flex justify-end">{close}</div>
      {answer.error ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : (
        <SkeletonRows rows={8} label="Loading the case" />
      )}
    </div>
  );
}
