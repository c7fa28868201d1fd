import { isObject, type JsonObject, parseObject, pathTo } from "@/lib/attribution/document";
import { parseOneOf, parseText } from "@/lib/attribution/field-rules";
import { EVIDENCE_SOURCES, type EvidenceSource } from "@/lib/attribution/vocabulary";
import { parseZone } from "@/lib/company-day";
import { refuse } from "@/lib/errors";
import type { NumberStyle } from "@/lib/money";
import { type DateFormat, isDateFormat } from "./dates";
import { COLUMNS, KINDS, type Kind } from "./kinds";

/** Where a field of the interchange format comes from in a foreign file. */
export type FieldSource = ColumnSource | { constant: string };

export interface ColumnSource {
  /** The header's name of the column. */
  column: string;
  /** Further columns, in order: the first that is filled feeds the field. */
  else?: string[];
  /**
   * How its values translate; `""`, in a document also null, says "nothing". In a choice column a value that is not
   * listed refuses its row; in every other it stands as it is.
   */
  values?: Record<string, string>;
  /** Stands for an empty cell, in the interchange format; `""` says "none". Absent: an empty needed cell refuses. */
  default?: string;
  /** The cell counts only where another field, once mapped, is one of these; elsewhere it is an empty one. */
  when?: { field: string; is: string[] };
  /** How days are written in it, where the mapping's `dates` does not say so. */
  format?: DateFormat;
  /** The zone of its times that name none, where that is not the mapping's: UTC in an export. */
  timesIn?: string;
}

/** Rows that are not read: those with one of these values in a column; `""` is an empty cell. */
export interface LeftOut {
  column: string;
  is: string[];
}

/**
 * How a foreign CSV becomes the interchange format: which column feeds which field, how its values
 * translate, how days and numbers are written. JSON, saved and reused. Source: imports.md, "Mappings".
 */
export interface Mapping {
  kind: Kind;
  /** Null to find out. */
  delimiter: Delimiter | null;
  /** How days are written in all columns that say nothing else; null to find out, a column at a time. */
  dates: DateFormat | null;
  /** In which instants become days; null for the company's. */
  zone: string | null;
  /** Null to find out. */
  numbers: NumberStyle | null;
  /** The system that such files come from, where the mapping says so. */
  source: EvidenceSource | null;
  leaveOut: LeftOut[];
  fields: Record<string, FieldSource>;
}

/** Signs that may stand between cells; which one is found, or said. */
export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const OPTIONAL = ["delimiter", "dates", "zone", "numbers", "source", "leaveOut"];
const THOUSANDS = ["", ",", ".", " ", "'"] as const;

/** Fields that a mapping must say something about, although the interchange format lets them be empty. */
const ALSO_NEEDED: Partial<Record<Kind, readonly string[]>> = { deals: ["account"] };

/** Whether an empty `field` refuses a mapped row that has no default for it. */
export function isNeeded(kind: Kind, field: string): boolean {
  const column = COLUMNS[kind].find(({ name }) => name === field);
  return column?.required === true || (ALSO_NEEDED[kind]?.includes(field) ?? false);
}

/** A mapping from its JSON document, or a `Refusal` with the path of the first part that is wrong. */
export function parseMapping(input: unknown, at = ""): Mapping {
  const from = parsePart(at, input, ["kind", "fields"], OPTIONAL);
  const kind = parseOneOf(pathTo(at, "kind"), from.kind, KINDS);
  const fieldsAt = pathTo(at, "fields");
  if (!isObject(from.fields)) return refuse(fieldsAt, from.fields ?? null, "must be an object of fields");
  const fields: Record<string, FieldSource> = {};
  for (const [name, source] of Object.entries(from.fields)) {
    if (!COLUMNS[kind].some((column) => column.name === name))
      refuse(pathTo(fieldsAt, name), name, `is not a field of ${kind}`);
    fields[name] = parseSource(pathTo(fieldsAt, name), source, kind);
  }
  for (const { name } of COLUMNS[kind])
    if (isNeeded(kind, name) && !Object.hasOwn(fields, name))
      refuse(pathTo(fieldsAt, name), null, "needs a column or a constant");
  const given = <T>(name: string, parse: (at: string, value: unknown) => T): T | null =>
    from[name] === undefined || from[name] === null ? null : parse(pathTo(at, name), from[name]);
  return {
    kind,
    delimiter: given("delimiter", (path, value) => parseOneOf(path, value, DELIMITERS)),
    dates: given("dates", parseFormat),
    zone: given("zone", parseZone),
    numbers: given("numbers", parseNumbers),
    source: given("source", (path, value) => parseOneOf(path, value, EVIDENCE_SOURCES)),
    leaveOut: given("leaveOut", parseLeftOut) ?? [],
    fields,
  };
}

function parseSource(at: string, value: unknown, kind: Kind): FieldSource {
  if (isObject(value) && Object.hasOwn(value, "constant")) {
    const { constant } = parseObject(at, value, ["constant"]);
    return { constant: parseString(pathTo(at, "constant"), constant) };
  }
  const from = parsePart(at, value, ["column"], ["else", "values", "default", "when", "format", "timesIn"]);
  const source: ColumnSource = { column: parseText(pathTo(at, "column"), from.column) };
  if (from.else !== undefined) source.else = parseTexts(pathTo(at, "else"), from.else);
  if (from.values !== undefined) source.values = parseValues(pathTo(at, "values"), from.values);
  if (from.default !== undefined) source.default = parseString(pathTo(at, "default"), from.default);
  if (from.when !== undefined) source.when = parseWhen(pathTo(at, "when"), from.when, kind);
  if (from.format !== undefined) source.format = parseFormat(pathTo(at, "format"), from.format);
  if (from.timesIn !== undefined) source.timesIn = parseZone(pathTo(at, "timesIn"), from.timesIn);
  return source;
}

function parseLeftOut(at: string, value: unknown): LeftOut[] {
  if (!Array.isArray(value))
    return refuse(at, value, "must be a list of columns with the values to leave out");
  return value.map((one, index) => {
    const { column, is } = parseObject(`${at}[${index}]`, one, ["column", "is"]);
    return {
      column: parseText(`${at}[${index}].column`, column),
      is: parseTexts(`${at}[${index}].is`, is),
    };
  });
}

function parseTexts(at: string, value: unknown): string[] {
  if (!Array.isArray(value) || value.length === 0) return refuse(at, value, "must be a list of texts");
  return value.map((one, index) => parseString(`${at}[${index}]`, one));
}

function parseValues(at: string, value: unknown): Record<string, string> {
  if (!isObject(value)) return refuse(at, value, "must be an object of the file's values and what they mean");
  return Object.fromEntries(
    Object.entries(value).map(([from, to]) => [
      from.trim(),
      to === null ? "" : parseString(pathTo(at, from), to),
    ]),
  );
}

function parseWhen(at: string, value: unknown, kind: Kind): ColumnSource["when"] {
  const { field, is } = parseObject(at, value, ["field", "is"]);
  const name = parseOneOf(
    pathTo(at, "field"),
    field,
    COLUMNS[kind].map((column) => column.name),
  );
  return { field: name, is: parseTexts(pathTo(at, "is"), is) };
}

function parseFormat(at: string, value: unknown): DateFormat {
  if (typeof value === "string" && value.length <= 60 && isDateFormat(value)) return value;
  return refuse(
    at,
    value,
    "a date format names YYYY or YY, a month (MM, M, MMM) and a day (DD, D) once each, like DD/MM/YYYY",
  );
}

function parseNumbers(at: string, value: unknown): NumberStyle {
  const { decimal, thousands } = parseObject(at, value, ["decimal", "thousands"]);
  const style: NumberStyle = {
    decimal: parseOneOf(pathTo(at, "decimal"), decimal, [".", ","]),
    thousands: parseOneOf(pathTo(at, "thousands"), thousands, THOUSANDS),
  };
  if (style.decimal === style.thousands)
    refuse(pathTo(at, "thousands"), thousands, "must not be the decimal sign");
  return style;
}

function parseString(at: string, value: unknown): string {
  if (typeof value === "string" && value.length <= 2000) return value.trim();
  return refuse(at, value ?? null, "must be text, at most 2000 characters");
}

function parsePart(at: string, value: unknown, needed: string[], optional: string[]): JsonObject {
  if (!isObject(value)) return refuse(at, value ?? null, `must be an object with ${needed.join(", ")}`);
  for (const key of Object.keys(value))
    if (!needed.includes(key) && !optional.includes(key)) refuse(pathTo(at, key), value[key], "unknown key");
  for (const key of needed) if (!Object.hasOwn(value, key)) refuse(pathTo(at, key), null, "is missing");
  return value;
}

/** The columns of a foreign file that a field is fed by, in the order in which they are asked. */
export function columnsOf(source: FieldSource | undefined): string[] {
  return source && "column" in source ? [source.column, ...(source.else ?? [])] : [];
}
