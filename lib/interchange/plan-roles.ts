import { isRefusal, type Refusal, refuse } from "@/lib/errors";
import { namesKnown, planKeyed, told } from "./plan-keyed";
import type { ReadRow } from "./read-row";
import type { RowOfKind } from "./rows";
import type { Known, Plan, StoredOfKind } from "./stored";

const placeOf = (row: { dealId: string; partnerId: string; role: string }) =>
  [row.dealId, row.partnerId, row.role].join("\u001f");

/** A partner holds a role on a deal once: rows may change places with each other, and one that replaces takes one over. */
export function planRoles(
  rows: readonly ReadRow<"roles">[],
  known: Known<"roles">,
  replaces: boolean,
): Plan<"roles"> {
  const renamed = replaces ? renamedRoles(rows, known.stored) : new Map<string, string>();
  const idOf = ({ id }: { id: string }) => renamed.get(id) ?? id;
  const misplaced = misplacedRoles(rows, known, idOf);
  const plan = planKeyed(
    rows,
    known,
    idOf,
    (row, before) => ({
      ...row,
      contact: told(row.contact, before?.contact, null),
      ...confirmationOf(row, before),
    }),
    (row) => {
      const refusal = misplaced.get(row);
      if (refusal) throw refusal;
    },
  );
  return { ...plan, renamed: [...renamed] };
}

/** New ids of stored rows: the file is whole, holds the old id no more, and has the place under another. */
function renamedRoles(rows: readonly ReadRow<"roles">[], stored: readonly StoredRole[]): Map<string, string> {
  const given = new Set(rows.map(({ row }) => row.id));
  const known = new Set(stored.map(({ id }) => id));
  const holders = new Map(stored.map((row) => [placeOf(row), row.id]));
  const renamed = new Map<string, string>();
  for (const { row } of rows) {
    const holder = holders.get(placeOf(row));
    if (holder === undefined || given.has(holder) || known.has(row.id) || renamed.has(holder)) continue;
    renamed.set(holder, row.id);
  }
  return renamed;
}

/** The rows that name nobody known, or a place that another row keeps. Each one found keeps its own place taken. */
function misplacedRoles(
  rows: readonly ReadRow<"roles">[],
  known: Known<"roles">,
  idOf: (row: { id: string }) => string,
): Map<RowOfKind["roles"], Refusal> {
  const mustBeKnown = namesKnown(known);
  const misplaced = new Map<RowOfKind["roles"], Refusal>();
  const refuseRow = (row: RowOfKind["roles"], check: () => void) => {
    try {
      check();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      misplaced.set(row, error);
    }
  };
  for (const { row } of rows) refuseRow(row, () => mustBeKnown(row));
  for (let found = -1; found < misplaced.size; ) {
    found = misplaced.size;
    const placed = rows.map(({ row }) => row).filter((row) => !misplaced.has(row));
    const moving = new Set(placed.map(({ id }) => id));
    const holders = new Map(
      known.stored.filter((row) => !moving.has(idOf(row))).map((row) => [placeOf(row), row.id]),
    );
    for (const row of placed)
      refuseRow(row, () => {
        const holder = holders.get(placeOf(row));
        if (holder !== undefined && holder !== row.id)
          refuse(
            "role",
            row.role,
            `row ${holder} has this partner and role on the deal already; withdraw it first, or land all role rows as ` +
              "a file that replaces (--replace-roles), and this one takes its place when the file holds that id no more",
          );
        holders.set(placeOf(row), row.id);
      });
  }
  return misplaced;
}

type StoredRole = StoredOfKind["roles"];

/** A confirmation given here stands while what was confirmed does; else the file says. */
function confirmationOf(
  row: RowOfKind["roles"],
  before: StoredRole | null,
): Pick<StoredRole, "confirmedOn" | "confirmedBy"> {
  const claim = ["dealId", "partnerId", "role", "touchStage", "touchedOn"] as const;
  const stands = before !== null && claim.every((name) => before[name] === row[name]);
  if (before?.confirmedBy && stands)
    return { confirmedOn: before.confirmedOn, confirmedBy: before.confirmedBy };
  return { confirmedOn: told(row.confirmedOn, stands ? before.confirmedOn : null, null), confirmedBy: null };
}
