import { stringify } from "csv-stringify/sync";

type Row = Record<string, unknown>;

/** Whether a read is asked for as a table. */
export const wantsCsv = ({ method, headers }: Request): boolean =>
  method === "GET" && /^text\/csv\b/i.test(headers.get("accept")?.trim() ?? "");

/** The list of an answer: its `rows`, else the only one there is; null where there is none, or several. */
function rowsOf(answer: unknown): Row[] | null {
  if (typeof answer !== "object" || answer === null) return null;
  const { rows: named } = answer as { rows?: unknown };
  const lists = Array.isArray(named)
    ? [named]
    : Object.values(answer).filter((value) => Array.isArray(value));
  const [rows] = lists as Row[][];
  return lists.length === 1 && rows!.every((row) => typeof row === "object" && row !== null) ? rows! : null;
}

/** A cell: what is no text, number or truth stands as JSON; money as its whole minor units. */
const cell = (value: unknown): string | number | boolean | null => {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  return typeof value === "string" ? value : JSON.stringify(value);
};

/**
 * A list's answer as CSV (RFC 4180), a line a row under the names of its fields, formulas escaped; the page after it
 * is named in `Link`. Null where an answer is no list: it stays as it is.
 */
export function csvOf(answer: unknown, address: URL): Response | null {
  const rows = rowsOf(answer);
  if (!rows) return null;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => cell(row[column])));
  const body = stringify([columns, ...lines], {
    ...{ escape_formulas: true, record_delimiter: "\r\n" },
    cast: { boolean: String },
  });
  const headers: Record<string, string> = { "content-type": "text/csv; charset=utf-8" };
  const { next } = answer as { next?: unknown };
  if (typeof next === "string") {
    const following = new URL(address);
    following.searchParams.set("after", next);
    headers.link = `<${following.pathname}${following.search}>; rel="next"`;
  }
  return new Response(body, { headers });
}
