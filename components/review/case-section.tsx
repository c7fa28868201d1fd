"use client";

import { useQuery } from "@tanstack/react-query";
import type { ExceptionDetail } from "@/components/shared/case/answers";
import { CaseHead, Trace } from "@/components/shared/case/case-file";
import { Claims } from "@/components/shared/case/claims";
import { ContestedFacts } from "@/components/shared/case/contested-facts";
import { Decide } from "@/components/shared/case/decide";
import { Discussion, noteVerb, noteWords } from "@/components/shared/case/discussion";
import { Effects } from "@/components/shared/case/effects";
import { isUnsettled } from "@/components/shared/case/exception-words";
import { PartLevel } from "@/components/shared/case/part";
import type { Person } from "@/components/shared/case/use-people";
import { Votes } from "@/components/shared/case/votes";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";

const LikeCases = onDemand(() => import("@/components/shared/case/like-cases").then((m) => m.LikeCases));

/** One case on the meeting's screen: what is claimed, what each decision would change, who has spoken. */
export function CaseSection({
  id,
  people,
  presents,
}: {
  id: string;
  people: readonly Person[];
  presents: boolean;
}) {
  const answer = useQuery(api.exception.queryOptions({ input: { exceptionId: id } }));
  const detail = answer.data;
  if (!detail)
    return answer.error ? (
      <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
    ) : (
      <SkeletonRows rows={8} label="Loading the case" />
    );
  const mine = presents ? null : detail.side;
  return (
    <PartLevel value={2}>
      <CaseHead detail={detail} people={presents ? [] : people} large />
      {presents && <WhatWasSaid detail={detail} />}
      <div className="mt-6 grid gap-x-10 gap-y-6 pb-6 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <Trace detail={detail} />
          <Claims claims={detail.claims} />
          <ContestedFacts detail={detail} />
          {!detail.frozen && <LikeCases id={detail.id} />}
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          {isUnsettled(detail) && (
            <Effects possible={detail.possible} currency={detail.currency} keys={mine !== null} />
          )}
          {!presents && <Votes detail={detail} mine={mine} />}
          {!presents && <Discussion detail={detail} />}
        </div>
      </div>
      {presents ? null : isUnsettled(detail) ? (
        <Decide key={id} detail={detail} people={people} mine={mine} sticky />
      ) : (
        <div className="h-8" />
      )}
    </PartLevel>
  );
}

/** For the room, which cannot scroll: both sides' decisions and the last word, above everything else. */
function WhatWasSaid({ detail }: { detail: ExceptionDetail }) {
  const last = detail.discussion.at(-1);
  return (
    <div className="mt-4 flex flex-col gap-3">
      <Votes detail={detail} mine={null} />
      {last && (
        <section aria-label="The last word" className="border-accent border-l-2 pl-3">
          <p className="text-ink-3 text-xs">
            {last.by?.name ?? "Countersign"} {noteVerb(last)}
          </p>
          <p className="line-clamp-2 text-pretty">{noteWords(last)}</p>
        </section>
      )}
    </div>
  );
}
