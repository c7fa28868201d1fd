import { readColumns, shippedFor } from "@/lib/connectors/csv/known-files";
import { OPEN, suggestMapping } from "@/lib/connectors/csv/suggest";
import { COLUMNS, KINDS, type Kind } from "@/lib/interchange/kinds";
import { type FieldSource, isNeeded, type Mapping, parseMapping } from "@/lib/interchange/mapping";
import { choicesOf, translate } from "./choices";
import type { Survey } from "./survey";

/** The kind that a foreign header speaks of most; a guess that people see and may change. */
export function likelyKind(survey: Survey, fileName: string): Kind {
  const named = KINDS.find((kind) => fileName.toLowerCase().includes(kind.replace("_history", "")));
  const score = (kind: Kind) => {
    const sources = Object.values(suggestMapping(kind, survey.header).fields);
    const read = new Set(sources.map((source) => ("column" in source ? source.column : "")));
    // How much of the file the kind has a place for, and how much of the kind the file has.
    const explained = read.size / survey.header.length + sources.length / COLUMNS[kind].length;
    return explained + (kind === named ? 0.5 : 0);
  };
  return KINDS.reduce((best, kind) => (score(kind) > score(best) ? kind : best), "deals" as Kind);
}

export interface SavedMapping {
  id: string;
  name: string;
  kind: string;
  document: unknown;
}

/** A saved mapping all of whose columns the file has; of several the one that reads most of them. */
export function fittingMapping(
  survey: Survey,
  saved: readonly SavedMapping[],
): { name: string; mapping: Mapping } | null {
  let best: { name: string; mapping: Mapping; columns: number } | null = null;
  for (const { name, document } of saved) {
    const mapping = readMapping(document);
    if (!mapping || (mapping.delimiter ?? survey.delimiter) !== survey.delimiter) continue;
    const columns = readColumns(mapping);
    if (columns.length === 0 || !columns.every((column) => survey.header.includes(column))) continue;
    if (!best || columns.length > best.columns) best = { name, mapping, columns: columns.length };
  }
  return best && { name: best.name, mapping: best.mapping };
}

function readMapping(document: unknown): Mapping | null {
  try {
    return parseMapping(document);
  } catch {
    return null;
  }
}

/** The mapping that ships with the product for files with such a header. */
export function shippedMapping(survey: Survey, currency: string): { name: string; mapping: Mapping } | null {
  return shippedFor(survey.header, currency);
}

/** Whether every value of every choice is told: such a file needs no question before it is checked. */
export function isTold({ kind, fields, leaveOut }: Mapping, survey: Survey): boolean {
  return COLUMNS[kind].every(({ name, type }) => {
    const source = fields[name];
    if (type !== "choice" || !source || !("column" in source)) return true;
    const found = survey.columns.find((one) => one.name === source.column);
    const left = leaveOut.find(({ column }) => column === source.column)?.is ?? [];
    return [...(found?.values.keys() ?? [])].every(
      (text) => source.values?.[text] !== undefined || left.includes(text),
    );
  });
}

/** Most companies sell new business themselves; what no column says starts there, in sight. */
const ASSUMED: Record<string, string> = { type: "new", route: "direct" };

/**
 * A mapping to start from: columns whose names fit, values whose words fit, and a visible assumption where
 * the file has nothing to say. Days and numbers are left to the file's own cells; they are never guessed (imports.md).
 */
export function draftMapping(kind: Kind, survey: Survey, reportingCurrency: string): Mapping {
  const { fields } = suggestMapping(kind, survey.header);
  const draft: Record<string, FieldSource> = {};
  for (const { name, type } of COLUMNS[kind]) {
    const source = fields[name];
    if (source && "column" in source) {
      draft[name] = type === "choice" ? withValues(source.column, kind, name, survey) : { ...source };
      if (kind === "deals" && name === "closed_on")
        draft[name] = { column: source.column, when: { field: "outcome", is: ["won", "lost"] } };
    } else if (name === "currency") draft[name] = { constant: reportingCurrency };
    else if (kind === "deals" && ASSUMED[name]) draft[name] = { constant: ASSUMED[name] };
    else if (kind === "deals" && isNeeded(kind, name) && name === "account") draft[name] = { constant: "" };
  }
  return { ...OPEN, kind, fields: draft };
}

/** A choice column with its values translated as far as their words say. */
export function withValues(column: string, kind: Kind, field: string, survey: Survey): FieldSource {
  const choices = choicesOf(kind, field);
  const found = survey.columns.find(({ name }) => name === column);
  const values: Record<string, string> = {};
  for (const text of found?.values.keys() ?? []) {
    const translated = translate(text, choices);
    if (translated !== null) values[text] = translated;
    else if (kind === "deals" && field === "stage" && isNoStage(text)) values[text] = "";
  }
  return { column, values };
}

/** What closes a deal, or says only that it is open, is its outcome and no stage that it is in. */
function isNoStage(text: string): boolean {
  const outcome = translate(text, choicesOf("deals", "outcome"));
  return outcome !== null && (outcome !== "open" || text.trim().toLowerCase() === "open");
}
