"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type Draft, useDraft } from "@/components/shared/use-draft";
import { api, client } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import type { Problem } from "@/lib/errors";
import type { ReviewAnswer } from "./answers";
import { useOnline } from "./use-online";

/** Writing rests for this long before it is saved. */
const REST_MS = 700;
const AGAIN_MS = 3000;

export interface SavedText extends Draft {
  state: "saved" | "saving" | "kept" | "refused";
  problem: Problem | null;
}

/**
 * The minutes or the ask: saved by itself while one writes, kept in this browser until the server has it.
 * What somebody else saved meanwhile is never written over: both stand until somebody chooses.
 */
export function useSavedText(review: ReviewAnswer, field: "minutes" | "ask"): SavedText {
  const queries = useQueryClient();
  const quarter = review.quarter.label;
  const draft = useDraft(`review.${quarter}.${field}`, review.meeting?.[field] ?? "");
  const online = useOnline();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const version = useRef(0);
  version.current = Math.max(version.current, review.meeting?.version ?? 0);
  const { text, isDirty, conflict, saved } = draft;

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is what asks for another
  useEffect(() => {
    if (!isDirty || conflict || !online || isSaving || review.meeting === null || review.seal) return;
    const wait = setTimeout(async () => {
      setSaving(true);
      try {
        const input = field === "minutes" ? { minutes: text } : { ask: text };
        const done = await client.writeReview({ quarter, version: version.current, ...input });
        version.current = done.answer.version;
        setProblem(null);
        // What was sent stands there now; an answer still under way may be from before.
        await queries.cancelQueries({ queryKey: api.review.key() });
        queries.setQueryData(api.review.queryKey({ input: { quarter } }), (now: ReviewAnswer | undefined) =>
          now?.meeting
            ? { ...now, meeting: { ...now.meeting, [field]: text, version: done.answer.version } }
            : now,
        );
        saved(text);
      } catch (error) {
        const found = problemOf(error);
        // Somebody saved first: the fresh answer tells whether it was this text or the other one.
        if (found.code === "conflict") await queries.invalidateQueries({ queryKey: api.review.key() });
        else setProblem(found);
        setTimeout(() => setAttempt((now) => now + 1), found.code === "conflict" ? 0 : AGAIN_MS);
      } finally {
        setSaving(false);
      }
    }, REST_MS);
    return () => clearTimeout(wait);
  }, [text, isDirty, conflict, online, attempt, quarter, field, review.meeting === null]);

  const refused = problem !== null && problem.code !== "unavailable" && isDirty;
  return {
    ...draft,
    problem: refused ? problem : null,
    state: refused ? "refused" : isSaving ? "saving" : isDirty ? "kept" : "saved",
  };
}
