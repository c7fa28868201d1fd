"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type Autosaved, useAutosave } from "@/components/ui/use-autosave";
import { api, client } from "@/lib/api/client";
import type { ReviewAnswer } from "./answers";

/**
 * The minutes or the ask, saved by itself while one writes. What somebody else saved meanwhile is never
 * written over: both stand until somebody chooses.
 */
export function useSavedText(review: ReviewAnswer, field: "minutes" | "ask"): Autosaved<string> {
  const queries = useQueryClient();
  const quarter = review.quarter.label;
  const asked = api.review.queryKey({ input: { quarter } });
  const standsIn = ({ meeting }: ReviewAnswer) => ({
    value: meeting?.[field] ?? "",
    version: meeting?.version ?? 0,
  });
  return useAutosave({
    name: `review.${quarter}.${field}`,
    isValue: (stored) => typeof stored === "string",
    stands: standsIn(review),
    maySave: review.meeting !== null && !review.seal,
    same: Object.is,
    save: async (text, version) => {
      const { answer } = await client.writeReview({ quarter, version, [field]: text });
      // What was sent stands there now; an answer still under way may be from before.
      await queries.cancelQueries({ queryKey: api.review.key() });
      queries.setQueryData(asked, (now: ReviewAnswer | undefined) =>
        now?.meeting ? { ...now, meeting: { ...now.meeting, [field]: text, version: answer.version } } : now,
      );
      return answer.version;
    },
    refresh: async () =>
      standsIn(
        await queries.fetchQuery({ ...api.review.queryOptions({ input: { quarter } }), staleTime: 0 }),
      ),
  });
}
