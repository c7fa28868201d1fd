import type { RefusedRow } from "./kinds";
import type { ReadRow } from "./read-row";
import type { StageRow } from "./rows";
import { emptyPlan, type Plan, type StoredOfKind } from "./stored";

type Entry = StoredOfKind["stage_history"];
type Row = ReadRow<"stage_history">;

/** An entry on its way to its place; `before` is how it stands stored, null for a new one. */
interface Placed extends StageRow {
  before: Entry | null;
  /** Of the row that says it. */
  line?: number;
}

/**
 * Plans stage entries, which have no id: an entry is its deal, stage and day, and its time when the file has one.
 * Rows add entries and never move or drop one; those of one day stand in the order of their times, those without
 * a time after them in the order of the file. Only where the file replaces does an entry go that it does not hold.
 * Source: imports.md, "History".
 *
 * @param stored all entries of the deals
 * @param replaces the rows are the whole history of their deals
 */
export function planHistory(
  rows: readonly Row[],
  stored: readonly Entry[],
  deals: ReadonlySet<string>,
  replaces = false,
): Plan<"stage_history"> {
  const plan = emptyPlan<"stage_history">();
  const standing = groupBy(stored, (entry) => entry.dealId);
  for (const [dealId, given] of groupBy(rows, ({ row }) => row.dealId)) {
    if (deals.has(dealId)) planDeal(plan, given, standing.get(dealId) ?? [], replaces);
    else plan.refused.push(...given.map(unknownDeal));
  }
  plan.refused.sort((a, b) => a.line - b.line);
  return plan;
}

const unknownDeal = ({ line, row }: Row): RefusedRow => ({
  line,
  field: "deal_id",
  value: row.dealId,
  reason: "there is no deal with this id",
});

function planDeal(
  plan: Plan<"stage_history">,
  given: readonly Row[],
  stored: readonly Entry[],
  replaces: boolean,
): void {
  const entries = [...stored].sort((a, b) => a.seq - b.seq);
  const standing: Placed[] = entries.map((entry) => ({ ...contentOf(entry), before: entry }));
  const placed = [...standing];
  const named = new Set<Placed>();
  for (const { line, row } of given) {
    let one = placed.find((other) => isEntry(other, row)) ?? placed.find((other) => takesTime(other, row));
    if (!one) {
      one = { ...row, before: null };
      placed.push(one);
    } else if (row.enteredTime !== null) one.enteredTime = row.enteredTime;
    one.line ??= line;
    named.add(one);
  }
  const gone = replaces ? standing.filter((one) => !named.has(one)) : [];
  const kept = inOrder(replaces ? [...named] : placed);
  const seats =
    gone.length === 0 ? entries : entries.filter((entry) => !gone.some(({ before }) => before === entry));
  const last = seats.at(-1)?.seq ?? 0;

  plan.told ??= [];
  let created = 0;
  let updated = 0;
  let stood = 0;
  for (const [at, one] of kept.entries()) {
    const seat = seats[at] ?? null;
    // One that stands is of the file that brought it, wherever it is moved to.
    const brought = one.before?.importId;
    const seq = seat?.seq ?? last + 1 + at - seats.length;
    const { dealId, stage, enteredOn, enteredTime } = one;
    const after: Entry = { dealId, stage, enteredOn, enteredTime, seq };
    if (brought !== undefined) after.importId = brought;
    if (!seat || !isSame(seat, after)) plan.writes.push({ before: seat, after });
    const hasMoved = replaces && one.before !== null && seats[stood] !== one.before;
    if (one.before) stood++;
    if (one.before && isSame(one.before, after) && !hasMoved) continue;
    if (one.before) updated++;
    else created++;
    plan.told.push({ line: one.line, before: one.before, after });
  }
  for (const { before } of gone) if (before) plan.removed.push(before);
  plan.created += created;
  plan.updated += updated;
  plan.unchanged += given.length - created - updated;
}

/** Whether `row` says an entry that stands: one told by its day alone is any of that day. */
const isEntry = (one: StageRow, row: StageRow) =>
  isOfDay(one, row) && (row.enteredTime === null || one.enteredTime === row.enteredTime);

/** Whether `row` says the time of an entry that stands without one. */
const takesTime = (one: StageRow, row: StageRow) => isOfDay(one, row) && one.enteredTime === null;

const isOfDay = (a: StageRow, b: StageRow) => a.stage === b.stage && a.enteredOn === b.enteredOn;

const isSame = (a: StageRow, b: StageRow) => isOfDay(a, b) && a.enteredTime === b.enteredTime;

const contentOf = ({ dealId, stage, enteredOn, enteredTime }: StageRow): StageRow => ({
  dealId,
  stage,
  enteredOn,
  enteredTime,
});

/** By day, then time, of one time by stage; what has no time comes last in its day, in the order it came. */
function inOrder(placed: readonly Placed[]): Placed[] {
  return [...placed].sort(
    (a, b) =>
      compare(a.enteredOn, b.enteredOn) ||
      compare(a.enteredTime ?? "~", b.enteredTime ?? "~") ||
      (a.enteredTime === null ? 0 : a.stage - b.stage),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function groupBy<T>(members: readonly T[], keyOf: (member: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const member of members) {
    const group = groups.get(keyOf(member));
    if (group) group.push(member);
    else groups.set(keyOf(member), [member]);
  }
  return groups;
}
