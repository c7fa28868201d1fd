"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import type { ReviewAnswer } from "./answers";

/** How often a meeting's screens look whether the others did anything. */
const POLL_MS = 1000;

/**
 * Asks for the review and the case in sight again as soon as anything has moved in them. Answers the
 * review as it stands, at the place where the meeting is by the latest pulse, and whether the server
 * cannot be reached.
 */
export function usePulse(review: ReviewAnswer): { review: ReviewAnswer; isLost: boolean } {
  const queries = useQueryClient();
  const { quarter, meeting, seal } = review;
  const pulse = useQuery({
    ...api.meeting.queryOptions({ input: { quarter: quarter.label } }),
    refetchInterval: seal ? false : POLL_MS,
    retry: false,
  });
  const now = pulse.data;
  const isBehind =
    now !== undefined &&
    (now.turn !== (meeting?.turn ?? null) ||
      now.version !== (meeting?.version ?? null) ||
      now.frozen !== (seal !== null));
  // biome-ignore lint/correctness/useExhaustiveDependencies: each pulse that finds it behind asks again
  useEffect(() => {
    if (isBehind) queries.invalidateQueries({ queryKey: api.review.key() }, { cancelRefetch: false });
  }, [isBehind, pulse.dataUpdatedAt, queries]);

  const cases = now?.cases;
  useEffect(() => {
    if (cases === undefined) return;
    queries.invalidateQueries({ queryKey: api.review.key() });
    queries.invalidateQueries({ queryKey: api.exception.key() });
    queries.invalidateQueries({ queryKey: api.exceptionsList.key() });
  }, [cases, queries]);

  const moved = meeting && now?.turn && now.position !== null && now.turn > meeting.turn;
  return {
    review: moved ? { ...review, meeting: { ...meeting, turn: now.turn!, position: now.position! } } : review,
    isLost: pulse.error !== null && problemOf(pulse.error).code === "unavailable",
  };
}
