import { isUnsettled, KIND_WORDS } from "@/components/shared/case/exception-words";
import type { ReviewAnswer } from "./answers";

/** The sections of the meeting, in its order (domain.md §8.7); the cases stand after `exceptions`. */
export const SECTIONS = [
  { id: "pipeline", name: "Pipeline created" },
  { id: "revenue", name: "Revenue closed" },
  { id: "economics", name: "Program economics" },
  { id: "indicators", name: "Leading indicators" },
  { id: "ask", name: "Investment ask" },
  { id: "exceptions", name: "Exceptions" },
  { id: "minutes", name: "Minutes" },
  { id: "freeze", name: "Freeze" },
] as const;

export interface Step {
  id: string;
  name: string;
  /** Null for a section; else the case and whether it is settled or put off. */
  caseState: "open" | "deferred" | "settled" | null;
  detail?: string;
}

/**
 * The cases in the order of the meeting: the most at stake first, whatever was decided meanwhile, so that
 * nothing moves under whoever presses a key.
 */
export function casesInOrder<Case extends { id: string; amount: number }>(rows: readonly Case[]): Case[] {
  return [...rows].sort((a, b) => b.amount - a.amount || (a.id < b.id ? -1 : 1));
}

/** Every step of the meeting, one after the other, each case a step of its own. */
export function stepsOf({ exceptions }: Pick<ReviewAnswer, "exceptions">): Step[] {
  return SECTIONS.flatMap(({ id, name }) => {
    const section: Step = { id, name, caseState: null };
    if (id !== "exceptions") return [section];
    const cases = casesInOrder(exceptions.rows).map(
      (row): Step => ({
        id: row.id,
        name: row.account ?? row.dealId,
        detail: KIND_WORDS[row.kind].label,
        caseState: isUnsettled(row) ? (row.state === "deferred" ? "deferred" : "open") : "settled",
      }),
    );
    return [section, ...cases];
  });
}
