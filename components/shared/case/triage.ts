import type { ExceptionLine, Kind, Side } from "./answers";
import { isUnsettled } from "./exception-words";

/** Cases of one kind, as one row that opens. */
export interface CaseGroup {
  is: "group";
  id: string;
  kind: Kind;
  rows: readonly ExceptionLine[];
  isOpened: boolean;
}

export interface CaseRow {
  is: "case";
  id: string;
  row: ExceptionLine;
  /** Below the row of its kind. */
  isInGroup: boolean;
}

export type LogRow = CaseGroup | CaseRow;

/** So many of one kind are told as one row, until it is opened. */
export const FOLDED_FROM = 6;

/** The log's rows: kinds with many cases first, the most to decide on top, then the others as they come. */
export function logRows(rows: readonly ExceptionLine[], opened: readonly Kind[]): LogRow[] {
  const kinds = new Map<Kind, ExceptionLine[]>();
  for (const row of rows) kinds.set(row.kind, [...(kinds.get(row.kind) ?? []), row]);
  const folded = [...kinds].filter(([, of]) => of.length >= FOLDED_FROM);
  const toDecide = (of: readonly ExceptionLine[]) => of.filter(({ state }) => state === "open").length;
  folded.sort(([, a], [, b]) => toDecide(b) - toDecide(a) || b.length - a.length);
  const groups = folded.flatMap(([kind, of]): LogRow[] => {
    const isOpened = opened.includes(kind);
    const group: LogRow = { is: "group", id: `kind:${kind}`, kind, rows: of, isOpened };
    return isOpened ? [group, ...of.map((row) => caseRow(row, true))] : [group];
  });
  const isFolded = new Set(folded.map(([kind]) => kind));
  return [...groups, ...rows.filter(({ kind }) => !isFolded.has(kind)).map((row) => caseRow(row, false))];
}

const caseRow = (row: ExceptionLine, isInGroup: boolean): CaseRow => ({
  is: "case",
  id: row.id,
  row,
  isInGroup,
});

const rowsOf = (one: LogRow) => (one.is === "group" ? one.rows : [one.row]);

/** Whether a side has still to say something: it has not decided, or the two differ. */
export function waitsFor(row: Pick<ExceptionLine, "state" | "votes" | "split">, side: Side): boolean {
  return isUnsettled(row) && (row.split || row.votes.every((vote) => vote.side !== side));
}

/** What a press on a row takes: those that wait for one's side, else whatever is not settled. */
export function takenBy(rows: readonly LogRow[], side: Side | null): string[] {
  const unsettled = rows.flatMap(rowsOf).filter(isUnsettled);
  const waiting = side ? unsettled.filter((row) => waitsFor(row, side)) : unsettled;
  return [...new Set((waiting.length > 0 ? waiting : unsettled).map(({ id }) => id))];
}

/** The rows from one to another, both included, whichever comes first. */
export function between(rows: readonly LogRow[], from: string, to: string): LogRow[] {
  const [a, b] = [from, to].map((id) => rows.findIndex((row) => row.id === id)) as [number, number];
  if (a < 0 || b < 0) return rows.filter(({ id }) => id === to);
  return rows.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** A selection with these added, or without them where all of them were in it. */
export function toggled(selected: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const next = new Set(selected);
  const has = ids.length > 0 && ids.every((id) => selected.has(id));
  for (const id of ids) {
    if (has) next.delete(id);
    else next.add(id);
  }
  return next;
}

/** At stake in cases, each deal once, by currency: a deal may be gray in several ways. */
export function atStake(rows: readonly ExceptionLine[]): { amount: number; currency: string } | null {
  const deals = new Map<string, ExceptionLine>();
  for (const row of rows) if ((deals.get(row.dealId)?.amount ?? -1) < row.amount) deals.set(row.dealId, row);
  const [first, ...rest] = [...deals.values()];
  if (!first || rest.some(({ currency }) => currency !== first.currency)) return null;
  return { amount: rest.reduce((sum, { amount }) => sum + amount, first.amount), currency: first.currency };
}
