import { isObject, type JsonObject, parseObject, pathTo } from "@/lib/attribution/document";
import { parseOneOf, parseText } from "@/lib/attribution/field-rules";
import { refuse } from "@/lib/errors";
import { type NumberStyle, PLAIN } from "@/lib/money";
import { type DateFormat, isDateFormat } from "./dates";
import { COLUMNS, KINDS, type Kind } from "./kinds";

/** Where a field of the interchange format comes from in a foreign file. */
export type FieldSource = ColumnSource | { constant: string };

export interface ColumnSource {
  /** The header's name of the column. */
  column: string;
  /** How its values translate; a value that is not listed refuses the row. Absent: they stand as they are. */
  values?: Record<string, string>;
  /** Stands for an empty cell, in the interchange format; `""` says "none". Absent: an empty needed cell refuses. */
  default?: string;
  /** The cell counts only where another field, once mapped, is one of these: a close date of closed deals. */
  when?: { field: string; is: string[] };
}

/**
 * How a foreign CSV becomes the interchange format: which column feeds which field, how its values
 * translate, how days and numbers are written. JSON, saved and reused. Source: imports.md, "Mappings".
 */
export interface Mapping {
  kind: Kind;
  /** `,` unless told. */
  delimiter: "," | ";" | "\t";
  /** How days are written; null to find out, which refuses a file with two readings. */
  dates: DateFormat | null;
  numbers: NumberStyle;
  fields: Record<string, FieldSource>;
}

const DELIMITERS = [",", ";", "\t"] as const;
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
  const from = parsePart(at, input, ["kind", "fields"], ["delimiter", "dates", "numbers"]);
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
  return {
    kind,
    delimiter: parseOneOf(pathTo(at, "delimiter"), from.delimiter ?? ",", DELIMITERS),
    dates: parseDates(pathTo(at, "dates"), from.dates ?? null),
    numbers: parseNumbers(pathTo(at, "numbers"), from.numbers ?? PLAIN),
    fields,
  };
}

function parseSource(at: string, value: unknown, kind: Kind): FieldSource {
  if (isObject(value) && Object.hasOwn(value, "constant")) {
    const { constant } = parseObject(at, value, ["constant"]);
    return { constant: parseString(pathTo(at, "constant"), constant) };
  }
  const from = parsePart(at, value, ["column"], ["values", "default", "when"]);
  const source: ColumnSource = { column: parseText(pathTo(at, "column"), from.column) };
  if (from.values !== undefined) source.values = parseValues(pathTo(at, "values"), from.values);
  if (from.default !== undefined) source.default = parseString(pathTo(at, "default"), from.default);
  if (from.when !== undefined) source.when = parseWhen(pathTo(at, "when"), from.when, kind);
  return source;
}

function parseValues(at: string, value: unknown): Record<string, string> {
  if (!isObject(value)) return refuse(at, value, "must be an object of the file's values and what they mean");
  return Object.fromEntries(
    Object.entries(value).map(([from, to]) => [from.trim(), parseString(pathTo(at, from), to)]),
  );
}

function parseWhen(at: string, value: unknown, kind: Kind): ColumnSource["when"] {
  const { field, is } = parseObject(at, value, ["field", "is"]);
  const name = parseOneOf(
    pathTo(at, "field"),
    field,
    COLUMNS[kind].map((column) => column.name),
  );
  if (!Array.isArray(is) || is.length === 0) return refuse(pathTo(at, "is"), is, "must be a list of values");
  return { field: name, is: is.map((word, index) => parseString(`${at}.is[${index}]`, word)) };
}

function parseDates(at: string, value: unknown): DateFormat | null {
  if (value === null || (typeof value === "string" && value.length <= 40 && isDateFormat(value)))
    return value;
  return refuse(at, value, "a date format names YYYY, MM or M, and DD or D once each, like DD/MM/YYYY");
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
