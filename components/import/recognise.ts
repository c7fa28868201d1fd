import { suggestMapping } from "@/lib/connectors/csv/suggest";
import { COLUMNS, KINDS, type Kind } from "@/lib/interchange/kinds";
import { type FieldSource, isNeeded, type Mapping, parseMapping } from "@/lib/interchange/mapping";
import { type NumberStyle, parseMajor } from "@/lib/money";
import { choicesOf, translate } from "./choices";
import type { Survey } from "./survey";

/** The kind whose format the header is in, with no mapping needed; null when it is foreign (imports.md). */
export function kindOfHeader(survey: Survey): Kind | null {
  if (survey.delimiter !== "," && survey.header.length > 1) return null;
  const fits = KINDS.filter((kind) => {
    const names = COLUMNS[kind].map(({ name }) => name);
    const needed = COLUMNS[kind].filter(({ required }) => required).map(({ name }) => name);
    return (
      survey.header.every((name) => names.includes(name)) &&
      needed.every((name) => survey.header.includes(name))
    );
  });
  return fits.length === 1 ? (fits[0] as Kind) : null;
}

/** The kind that a foreign header speaks of most; a guess that people see and may change. */
export function likelyKind(survey: Survey, fileName: string): Kind {
  const named = KINDS.find((kind) => fileName.toLowerCase().includes(kind.replace("_history", "")));
  const score = (kind: Kind) => {
    const sources = Object.values(suggestMapping(kind, survey.header, []).fields);
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
    if (!mapping || mapping.delimiter !== survey.delimiter) continue;
    const columns = columnsOf(mapping);
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

export function columnsOf(mapping: Mapping): string[] {
  return Object.values(mapping.fields).flatMap((source) => ("column" in source ? [source.column] : []));
}

/** Most companies sell new business themselves; what no column says starts there, in sight. */
const ASSUMED: Record<string, string> = { type: "new", route: "direct" };

/**
 * A mapping to start from: columns whose names fit, values whose words fit, and a visible assumption where
 * the file has nothing to say. Days stay open; they are never guessed (imports.md).
 */
export function draftMapping(kind: Kind, survey: Survey, reportingCurrency: string): Mapping {
  const { fields } = suggestMapping(kind, survey.header, []);
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
  const mapping: Mapping = {
    kind,
    delimiter: survey.delimiter,
    dates: null,
    numbers: { decimal: ".", thousands: "" },
    fields: draft,
  };
  return { ...mapping, numbers: numberStyles(mapping, survey)[0] ?? mapping.numbers };
}

/** A choice column with its values translated as far as their words say. */
export function withValues(column: string, kind: Kind, field: string, survey: Survey): FieldSource {
  const choices = choicesOf(kind, field);
  const found = survey.columns.find(({ name }) => name === column);
  const values: Record<string, string> = {};
  for (const text of found?.values.keys() ?? []) {
    const translated = translate(text, choices);
    if (translated !== null) values[text] = translated;
  }
  return { column, values };
}

const STYLES: readonly NumberStyle[] = [
  { decimal: ".", thousands: "" },
  { decimal: ".", thousands: "," },
  { decimal: ",", thousands: "" },
  { decimal: ",", thousands: "." },
  { decimal: ",", thousands: " " },
  { decimal: ".", thousands: " " },
  { decimal: ".", thousands: "'" },
];

/**
 * The ways to read every number of the mapped money columns, one for each different result: one is the
 * answer, several are a question, none means that something else stands in the column.
 */
export function numberStyles(mapping: Mapping, survey: Survey): NumberStyle[] {
  const texts = COLUMNS[mapping.kind]
    .filter(({ type }) => type === "money")
    .flatMap(({ name }) => {
      const source = mapping.fields[name];
      const column = source && "column" in source && survey.columns.find((one) => one.name === source.column);
      return column ? [...column.values.keys()] : [];
    });
  if (texts.length === 0) return [STYLES[0] as NumberStyle];
  const results = new Map<string, NumberStyle>();
  for (const style of STYLES) {
    try {
      // Three decimals are the most a currency has; the row's own currency is checked when it is read.
      const read = texts.map((text) => parseMajor(text, "KWD", style)).join();
      if (!results.has(read)) results.set(read, style);
    } catch {
      // Not written so.
    }
  }
  return [...results.values()];
}
