import type { RefusedRow } from "./kinds";
import type { ReadRow } from "./read-row";
import type { StageRow } from "./rows";
import type { Plan, StoredOfKind } from "./stored";

type Entry = StoredOfKind["stage_history"];
type Row = ReadRow<"stage_history">;

/**
 * Plans stage entries, which have no id: a row is the entry of its deal with the same stage and day.
 * When the rows are the deal's whole history, a row left over corrects the entry it shares the day
 * with, else the stage; any other is a new entry. Nothing is ever removed. Entries of one day keep the
 * order of the file, before those that only stand here. Source: imports.md, first paragraph.
 *
 * @param rows all rows of a deal must be in one batch
 * @param stored all entries of the deals
 */
export function planHistory(
  rows: readonly Row[],
  stored: readonly Entry[],
  deals: ReadonlySet<string>,
): Plan<"stage_history"> {
  const plan: Plan<"stage_history"> = { created: 0, updated: 0, unchanged: 0, refused: [], writes: [] };
  const standing = groupBy(stored, (entry) => entry.dealId);
  for (const [dealId, given] of groupBy(rows, ({ row }) => row.dealId)) {
    if (deals.has(dealId)) planDeal(plan, given, standing.get(dealId) ?? []);
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

function planDeal(plan: Plan<"stage_history">, given: readonly Row[], stored: readonly Entry[]): void {
  const rows = given.map(({ row }) => row).sort((a, b) => compare(a.enteredOn, b.enteredOn));
  const entries = [...stored].sort((a, b) => a.seq - b.seq);
  const entryOf = match(rows, entries);

  const only = entries.filter((entry) => ![...entryOf.values()].includes(entry));
  const order = [...rows, ...only].sort((a, b) => compare(a.enteredOn, b.enteredOn));
  const last = entries.at(-1)?.seq ?? 0;
  const writes = order.flatMap((row, at) => {
    const before = entries[at] ?? null;
    const seq = before?.seq ?? last + 1 + at - entries.length;
    const after = { dealId: row.dealId, seq, stage: row.stage, enteredOn: row.enteredOn };
    return before && isSame(before, after) ? [] : [{ before, after }];
  });

  const created = rows.filter((row) => !entryOf.has(row)).length;
  let updated = rows.filter((row) => entryOf.has(row) && !isSame(row, entryOf.get(row)!)).length;
  // The same entries in another order of the day.
  if (created === 0 && updated === 0) updated = Math.min(writes.length, rows.length);
  plan.created += created;
  plan.updated += updated;
  plan.unchanged += rows.length - created - updated;
  plan.writes.push(...writes);
}

/** Which entry each row is; a row without one is new. */
function match(rows: readonly StageRow[], entries: readonly Entry[]): Map<StageRow, Entry> {
  const found = new Map<StageRow, Entry>();
  const free = new Set(entries);
  const take = (is: (row: StageRow, entry: Entry) => boolean) => {
    for (const row of rows) {
      if (found.has(row)) continue;
      for (const entry of free) {
        if (!is(row, entry)) continue;
        found.set(row, entry);
        free.delete(entry);
        break;
      }
    }
  };
  take(isSame);
  const isWhole = rows.length >= entries.length && (found.size > 0 || rows[0]?.stage === entries[0]?.stage);
  if (isWhole) {
    take((row, entry) => row.enteredOn === entry.enteredOn);
    take((row, entry) => row.stage === entry.stage);
  }
  return found;
}

const isSame = (a: StageRow, b: StageRow) => a.stage === b.stage && a.enteredOn === b.enteredOn;

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
