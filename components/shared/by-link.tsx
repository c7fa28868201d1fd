"use client";

import { type ReactNode, useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

type Problem = "dead" | "unreachable";

/** What a link leads to, asked once by `post`, which is null while the link is not read yet. */
export function useByLink<T>(post: (() => Promise<Response>) | null) {
  const [found, setFound] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const ask = useCallback(async () => {
    if (post === null) return;
    setProblem(null);
    const answer = await post().catch(() => null);
    if (answer?.ok) return setFound((await answer.json()) as T);
    setProblem(!answer || answer.status >= 500 ? "unreachable" : "dead");
  }, [post]);
  useEffect(() => void ask(), [ask]);
  return { found, setFound, problem, ask: () => void ask() };
}

/** Until a link has led somewhere: that it is looked at, that it is dead, or that nobody answered. */
export function LinkWaits({
  problem,
  dead,
  onRetry,
}: {
  problem: Problem | null;
  dead: ReactNode;
  onRetry(): void;
}) {
  if (problem === null)
    return (
      <p className="text-ink-2" aria-busy="true">
        Looking at the link…
      </p>
    );
  if (problem === "dead") return dead;
  return (
    <div className="flex flex-col items-start gap-3">
      <p role="alert" className="text-ink-2">
        The server did not answer. Your link is as good as before.
      </p>
      <Button onPress={onRetry}>Try again</Button>
    </div>
  );
}
