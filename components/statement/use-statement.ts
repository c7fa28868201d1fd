"use client";

import { useCallback, useEffect, useState } from "react";
import type { Outputs } from "@/lib/api/client";

/** As lib/api/statement.ts answers. */
export type StatementAnswer = Omit<Outputs["partnerStatement"], "answers"> & {
  until: string;
  answers: { by: string; until: string; open: boolean } | null;
  types: { type: string; label: string }[];
};
export type Line = StatementAnswer["lines"][number];
export type Problem = "dead" | "unreachable";

/** Sends what the partner says; null when it was taken, else why not. */
export type Say = (what: "line" | "update", input: object) => Promise<string | null>;

/** Asks by the link, whose token stands behind the number sign, where no server's log keeps it. */
export const postByLink = (what: "" | "line" | "update" | "pdf", input: object) =>
  fetch(`/api/statement${what && `/${what}`}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: window.location.hash.slice(1), ...input }),
  });

/** The statement as the link shows it, and how one answers to it. */
export function useStatement() {
  const [answer, setAnswer] = useState<StatementAnswer | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const ask = useCallback(async () => {
    setProblem(null);
    const found = await postByLink("", {}).catch(() => null);
    if (found?.ok) return setAnswer((await found.json()) as StatementAnswer);
    setProblem(!found || found.status >= 500 ? "unreachable" : "dead");
  }, []);
  useEffect(() => void ask(), [ask]);
  const say: Say = async (what, input) => {
    const found = await postByLink(what, input).catch(() => null);
    if (found?.ok) {
      setAnswer((await found.json()) as StatementAnswer);
      return null;
    }
    if (!found || found.status >= 500) return "The server did not answer. Nothing was sent.";
    const { rule } = (await found.json()) as { rule?: string };
    return rule ?? "It was not taken.";
  };
  return { answer, problem, ask, say };
}
