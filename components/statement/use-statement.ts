"use client";

import { useByLink } from "@/components/shared/by-link";
import type { Outputs } from "@/lib/api/client";

/** As lib/api/statement.ts answers. */
export type StatementAnswer = Omit<Outputs["partnerStatement"], "answers"> & {
  until: string;
  answers: { by: string; until: string; open: boolean } | null;
  types: { type: string; label: string }[];
};
export type Line = StatementAnswer["lines"][number];

/** Sends what the partner says; null when it was taken, else why not. */
export type Say = (what: "line" | "update", input: object) => Promise<string | null>;

/** Asks by the link, whose token stands behind the number sign, where no server's log keeps it. */
export const postByLink = (what: "" | "line" | "update" | "pdf", input: object) =>
  fetch(`/api/statement${what && `/${what}`}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: window.location.hash.slice(1), ...input }),
  });

const look = () => postByLink("", {});

/** The statement as the link shows it, and how one answers to it. */
export function useStatement() {
  const { found: answer, setFound: setAnswer, problem, ask } = useByLink<StatementAnswer>(look);
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
