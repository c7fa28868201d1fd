import { refuse } from "@/lib/errors";
import type { Kind } from "./kinds";
import { type ReadRow, refusedRow } from "./read-row";
import type { RowOfKind } from "./rows";
import { emptyPlan, type Known, type Plan, type StoredOfKind } from "./stored";

/** What the file tells, else what is stored, else `otherwise`. */
export function told<T>(value: T | undefined, stored: T | undefined, otherwise: T): T {
  return value !== undefined ? value : stored !== undefined ? stored : otherwise;
}

/** Plans rows that have a key: each is new, or changes what stands under its key, or says the same. */
export function planKeyed<K extends Kind>(
  rows: readonly ReadRow<K>[],
  known: Known<K>,
  keyOf: (row: RowOfKind[K] | StoredOfKind[K]) => string,
  merge: (row: RowOfKind[K], before: StoredOfKind[K] | null) => StoredOfKind[K],
  check: (row: RowOfKind[K], before: StoredOfKind[K] | null) => void = () => {},
): Plan<K> {
  const stored = new Map(known.stored.map((row) => [keyOf(row), row]));
  const seen = new Set<string>();
  const plan = emptyPlan<K>();
  for (const { line, row } of rows) {
    const key = keyOf(row);
    const before = stored.get(key) ?? null;
    try {
      // A file's reader sees to this for the whole file; a batch may come from anywhere.
      if (seen.has(key)) refuse("", key.replaceAll("\u001f", " "), "stands on an earlier line already");
      check(row, before);
    } catch (error) {
      plan.refused.push(refusedRow(line, error));
      continue;
    }
    seen.add(key);
    const after = merge(row, before);
    if (before && isSame(before, after)) {
      plan.unchanged++;
      continue;
    }
    if (before) plan.updated++;
    else plan.created++;
    plan.writes.push({ line, before, after });
  }
  return plan;
}

function isSame<S extends object>(before: S, after: S): boolean {
  for (const name in after) {
    const was = before[name];
    const is = after[name];
    if (was === is) continue;
    if (!Array.isArray(was) || !Array.isArray(is)) return false;
    if (was.length !== is.length || was.some((member, at) => member !== is[at])) return false;
  }
  return true;
}

/** Refuses a row that names a deal or a partner which is not there. */
export function namesKnown({ deals, parents }: Known<Kind>) {
  return ({ dealId, partnerId }: { dealId?: string | null; partnerId: string }) => {
    if (dealId && !deals.has(dealId)) refuse("deal_id", dealId, "there is no deal with this id");
    if (!parents.has(partnerId)) refuse("partner_id", partnerId, "there is no partner with this id");
  };
}

/** Refuses whom nobody knows, and whoever granted a partner's programs as who looks after it (domain.md §9). */
export const ownerKnown =
  ({ people, granters }: Pick<Known<Kind>, "people" | "granters">) =>
  ({ id, owner }: { id: string; owner?: string | null }) => {
    if (!owner) return;
    const person = people?.get(owner) ?? refuse("owner", owner, "nobody here has this mail address");
    if (granters?.get(id)?.has(person))
      refuse("owner", owner, "granted its program: somebody else looks after it");
  };

/** What the account of this id is called; refuses one that is not there. */
export function accountKnown({ accounts }: Pick<Known<Kind>, "accounts">, field: string, id: string): string {
  return accounts?.get(id) ?? refuse(field, id, "there is no account with this id");
}
