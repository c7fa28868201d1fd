import type { Kind } from "@/components/shared/case/answers";
import { isUnsettled, KIND_WORDS } from "@/components/shared/case/exception-words";
import { FOLDED_FROM } from "@/components/shared/case/triage";
import { inMeetingOrder } from "@/lib/metrics/meeting-order";
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
  kind?: Kind;
  detail?: string;
}

/** Every step of the meeting, one after the other, each case a step of its own. */
export function stepsOf({ exceptions }: Pick<ReviewAnswer, "exceptions">): Step[] {
  return SECTIONS.flatMap(({ id, name }) => {
    const section: Step = { id, name, caseState: null };
    if (id !== "exceptions") return [section];
    const cases = inMeetingOrder(exceptions.rows).map(
      (row): Step => ({
        id: row.id,
        name: row.account ?? row.dealId,
        kind: row.kind,
        detail: KIND_WORDS[row.kind].label,
        caseState: isUnsettled(row) ? (row.state === "deferred" ? "deferred" : "open") : "settled",
      }),
    );
    return [section, ...cases];
  });
}

/** Where back and on lead from a step: to a section, or to the next case that is still to decide. */
export function stepBeside(steps: readonly Step[], at: number, by: 1 | -1): Step | undefined {
  for (let to = at + by; to >= 0 && to < steps.length; to += by) {
    const step = steps[to]!;
    if (step.caseState === null || step.caseState === "open") return step;
  }
  return undefined;
}

/** So many cases that are to decide are here before the meeting comes to them. */
const AHEAD = 10;

/**
 * Whether further cases of a quarter are asked for at a step: some are still to decide and few of those here lie ahead,
 * or the step is none of those here, as the address of a case may say.
 *
 * @param at the step's place; -1 when it is not here
 * @param open how many cases of the whole quarter are to decide
 */
export function asksForMore(steps: readonly Step[], at: number, open: number): boolean {
  if (at < 0) return true;
  const isOpen = ({ caseState }: Step) => caseState === "open";
  if (steps.filter(isOpen).length >= open) return false;
  const first = steps.findIndex(({ caseState }) => caseState !== null);
  const last = steps.findLastIndex(({ caseState }) => caseState !== null);
  // Long before the cases nobody waits for more of them, and behind them nobody goes on to one.
  if (at > last) return false;
  return steps.slice(Math.max(at, first)).filter(isOpen).length < AHEAD;
}

/** Whether the way on leads through the cases. */
export const isAmongCases = ({ id, caseState }: Step, by: 1 | -1): boolean =>
  by === 1 && (caseState !== null || id === "exceptions");

/** Cases of one kind in the agenda, told as one line. */
export interface Fold {
  kind: Kind;
  steps: readonly Step[];
}

/** The agenda's lines: many cases of one kind are one of them, with the case below it where one is. */
export function agendaOf(steps: readonly Step[], position: string): (Step | Fold)[] {
  const lines: (Step | Fold)[] = [];
  for (const step of steps) {
    const last = lines.at(-1);
    if (step.kind === undefined) lines.push(step);
    else if (last && "steps" in last && last.kind === step.kind)
      lines[lines.length - 1] = { kind: step.kind, steps: [...last.steps, step] };
    else lines.push({ kind: step.kind, steps: [step] });
  }
  return lines.flatMap((line): readonly (Step | Fold)[] => {
    if (!("steps" in line)) return [line];
    if (line.steps.length < FOLDED_FROM) return line.steps;
    return [line, ...line.steps.filter(({ id }) => id === position)];
  });
}
