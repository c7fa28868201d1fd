import { isRefusal, type Refusal, refuse } from "@/lib/errors";
import { formsOf } from "./ids";
import { planKeyed, told } from "./plan-keyed";
import type { ReadRow } from "./read-row";
import type { RowOfKind } from "./rows";
import type { Known, Plan, StoredOfKind } from "./stored";

type Row = RowOfKind["accounts"];

/**
 * A domain is one account's alone: a row that names another's is refused, unless that one gives it up in the same
 * batch. Where a deal's name made an account that the row is called, the row is that account, under its sender's id;
 * and one that stands and is called so from now on takes it in.
 */
export function planAccounts(
  rows: readonly ReadRow<"accounts">[],
  known: Known<"accounts">,
): Plan<"accounts"> {
  const places = placesTaken(rows, known);
  const joins = joinsOf(rows, known, places);
  const stands = new Map([...places, ...joins].map(([id, { id: was }]) => [was, id]));
  const misplaced = misplacedAccounts(rows, known, stands);
  const plan = planKeyed(
    rows,
    { ...known, stored: [...known.stored, ...places.values()] },
    ({ id }) => stands.get(id) ?? id,
    ({ id, name, domains }, before) => ({
      id,
      name,
      domains: told(domains && [...new Set(domains)].sort(), domainsOf(before, joins.get(id)), []),
      ofName: false,
    }),
    (row) => {
      const refusal = misplaced.get(row);
      if (refusal) throw refusal;
    },
  );
  for (const { before, after } of plan.writes)
    if (before && before.id !== after.id) plan.renamed.push([before.id, after.id]);
  plan.joined = plan.writes.flatMap(({ after: { id: to } }) => {
    const from = joins.get(to);
    return from ? [{ from, to }] : [];
  });
  return plan;
}

type Account = StoredOfKind["accounts"];

/** Those of both; as they stand where nothing is taken in. */
function domainsOf(before: Account | null, joined: Account | undefined): string[] | undefined {
  if (!before || !joined) return before?.domains;
  return [...new Set([...before.domains, ...joined.domains])].sort();
}

/** The accounts made by a name that rows which stand are called by from now on, by the row's id. */
function joinsOf(
  rows: readonly ReadRow<"accounts">[],
  { stored, ofNames = new Map() }: Known<"accounts">,
  places: ReadonlyMap<string, Account>,
): Map<string, Account> {
  const standing = new Map(stored.map((one) => [one.id, one]));
  const taken = new Set([...rows.map(({ row }) => row.id), ...[...places.values()].map(({ id }) => id)]);
  const joins = new Map<string, Account>();
  for (const { row } of rows) {
    const before = standing.get(row.id);
    const found = ofNames.get(row.name);
    if (!before || before.name === row.name || !found || taken.has(found.id)) continue;
    joins.set(row.id, found);
    taken.add(found.id);
  }
  return joins;
}

/** The accounts made by a name whose places new rows take, by the row's id: each goes to the first that is called so. */
function placesTaken(
  rows: readonly ReadRow<"accounts">[],
  { stored, ofNames = new Map() }: Known<"accounts">,
): Map<string, StoredOfKind["accounts"]> {
  const standing = new Set(stored.map(({ id }) => id));
  const places = new Map<string, StoredOfKind["accounts"]>();
  const taken = new Set(rows.map(({ row }) => row.id));
  for (const { row } of rows) {
    if (standing.has(row.id) || places.has(row.id)) continue;
    const called = callsOf(row).map((call) => ofNames.get(call));
    const found = called.find((one) => one && !taken.has(one.id));
    if (!found) continue;
    places.set(row.id, found);
    taken.add(found.id);
  }
  return places;
}

/** What a deal may have called the account: its name, or its id where an export has no names. */
export const callsOf = ({ id, name }: Pick<Row, "id" | "name">): string[] => [name, ...formsOf(id)];

/** Each row found may keep a domain that another one wanted, so it is looked until nothing more is found. */
function misplacedAccounts(
  rows: readonly ReadRow<"accounts">[],
  { domains: owners = new Map() }: Known<"accounts">,
  stands: ReadonlyMap<string, string>,
): Map<Row, Refusal> {
  const misplaced = new Map<Row, Refusal>();
  for (let found = -1; found < misplaced.size; ) {
    found = misplaced.size;
    const placed = rows.map(({ row }) => row).filter((row) => row.domains && !misplaced.has(row));
    const rewritten = new Set(placed.map(({ id }) => id));
    const taken = new Map([...owners].filter(([, { id }]) => !rewritten.has(stands.get(id) ?? id)));
    for (const row of placed) {
      try {
        for (const domain of row.domains ?? []) {
          const other = taken.get(domain);
          if (other && (stands.get(other.id) ?? other.id) !== row.id)
            refuse("domains", domain, `is ${other.name}'s: a domain is one account's alone`);
        }
        for (const domain of row.domains ?? []) taken.set(domain, row);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        misplaced.set(row, error);
      }
    }
  }
  return misplaced;
}
