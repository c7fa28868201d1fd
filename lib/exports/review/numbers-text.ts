import type { Note } from "../../metrics/definition";
import type { FigureReport, MetricReport } from "../../metrics/quarter-report";
import { isDefined, type Value } from "../../metrics/value";
import { changeOf, numberText, reasonText } from "../../metrics/value-text";
import { count } from "../../text/words";

/** What is said about a metric beside its figures, in every format with the same words. */

export const STANDS = {
  below: "below",
  within: "within",
  above: "above",
  none: "cannot be told",
} as const;

/** `+12.0 % (USD 1,200)`; why not, where an earlier number does not exist. */
export function changeText(figure: FigureReport, earlier: Value, reporting: string): string {
  if (!isDefined(earlier)) return `— ${reasonText(earlier)}`;
  const was = numberText(earlier, figure.unit, reporting);
  const change = changeOf(figure.value, earlier, figure.unit);
  return change ? `${change.text} from ${was}` : `was ${was}`;
}

/** The figure that a benchmark is about. */
export function benchmarkText({ value, unit }: FigureReport, reporting: string): string {
  return isDefined(value) ? numberText(value, unit, reporting) : "—";
}

/** `Credited, won 12, Direct, won 40`: the sample sizes. */
export function sidesText({ sides }: MetricReport): string {
  return sides.map(({ name, deals }) => `${deals} ${name.toLowerCase()}`).join("; ");
}

/** What a reader must know to trust it. */
export function metricNotes({ notes, tooFew }: MetricReport): string[] {
  return [...(tooFew ? ["Too few deals to tell."] : []), ...notes.map(noteText)];
}

function noteText(note: Note): string {
  switch (note.note) {
    case "closed_before_created":
      return `${count(note.deals, "won deal")} closed before created: left out of the cycle.`;
    case "matched_disagrees":
      return `Raw says ${numberText(note.raw, "days", "")}, like-for-like ${numberText(note.matched, "days", "")}: the mix of deals may make the difference.`;
  }
}
