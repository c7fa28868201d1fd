"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { DealsPanel, LINES, nextOffset } from "@/components/shared/deals-panel";
import { api, type Inputs } from "@/lib/api/client";
import { MoveLabel } from "./move-label";

/** The deals that a policy moved when it came into force. */
export function MovedDeals({
  title,
  question,
  onClose,
}: {
  title: string;
  question: Omit<Inputs["judgingMoves"], "offset" | "limit">;
  onClose(): void;
}) {
  const answer = useInfiniteQuery(
    api.judgingMoves.infiniteOptions({
      input: (offset: number) => ({ ...question, offset, limit: LINES }),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
    }),
  );
  return (
    <DealsPanel
      title={title}
      onClose={onClose}
      answer={answer}
      empty="No deal moved this way"
      more={(row) => (
        <div className="mt-1">
          <MoveLabel from={row.from} to={row.to} />
        </div>
      )}
    />
  );
}
