"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";
import { makeStale } from "@/components/shared/stale";
import type { Me } from "@/components/shared/use-me";
import { sayProblem } from "@/components/ui/toasts";
import { client } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import type { ReviewAnswer } from "./answers";

export interface Place {
  /** Where this person looks: a section or a case. */
  position: string;
  /** This person's moves take everybody along. */
  isDriving: boolean;
  /** Looks where the facilitator looks. */
  isFollowing: boolean;
  go(position: string): void;
  /** Back to where the facilitator is. */
  follow(): void;
  takeOver(): void;
}

const FIRST = "pipeline";

/**
 * Where one is in the meeting. The facilitator's moves are shown at once and sent one after the other;
 * everybody else follows until they look elsewhere by themselves, which their address remembers (`at`).
 */
export function useMeeting(review: ReviewAnswer, me: Me | undefined, presents: boolean): Place {
  const queries = useQueryClient();
  const { meeting, quarter, seal } = review;
  const [at, setAt] = useQueryState("at", { history: "replace" });
  const isDriving =
    !presents && seal === null && meeting !== null && meeting.facilitator?.id === (me?.user.id ?? undefined);
  const [wanted, setWanted] = useState<string | null>(null);
  const sending = useRef(false);
  const next = useRef<string | null>(null);
  const turn = useRef(meeting?.turn ?? 0);
  turn.current = Math.max(turn.current, meeting?.turn ?? 0);

  const send = useCallback(async () => {
    if (sending.current) return;
    sending.current = true;
    try {
      while (next.current !== null) {
        const position = next.current;
        next.current = null;
        const done = await client.driveReview({ quarter: quarter.label, turn: turn.current, position });
        turn.current = done.answer.turn;
      }
    } catch (error) {
      next.current = null;
      // Without a network one goes on looking; the others are told when it is back.
      if (problemOf(error).code !== "unavailable") sayProblem(error);
    } finally {
      sending.current = false;
      await makeStale(queries, "driveReview");
      if (next.current === null) setWanted(null);
    }
  }, [quarter.label, queries]);

  const position = presents || isDriving || at === null ? (wanted ?? meeting?.position ?? at ?? FIRST) : at;
  // Who drives is where everybody is; an address of their own would only lead them back.
  useEffect(() => {
    if (isDriving && at !== null) setAt(null);
  }, [isDriving, at, setAt]);

  return {
    position,
    isDriving,
    isFollowing: meeting !== null && !isDriving && (presents || at === null),
    go: (to) => {
      if (presents) return;
      if (!isDriving) {
        setAt(to);
        return;
      }
      setWanted(to);
      next.current = to;
      send();
    },
    follow: () => setAt(null),
    takeOver: async () => {
      try {
        const done = await client.driveReview({
          quarter: quarter.label,
          turn: turn.current,
          position,
          facilitate: true,
        });
        turn.current = done.answer.turn;
      } catch (error) {
        sayProblem(error);
      }
      await makeStale(queries, "driveReview");
    },
  };
}
