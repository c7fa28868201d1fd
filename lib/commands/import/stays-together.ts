import type { Kind } from "@/lib/interchange/kinds";
import type { BackRow } from "./stays";

/** What else stands where the rows of a file would go. */
export interface Neighbours {
  /** Of roles: every row on the deals. */
  stored: readonly Readonly<Record<string, unknown>>[];
  /** Of partners: who is below those that the file made. */
  children: readonly { id: string; above: string }[];
}

/**
 * Of rows that would go back each by itself, those that cannot together with what stays, and why: a place in a role
 * table that another row has taken, a partner that others are below. Each one found may keep another from going.
 */
export function staysTogether(
  kind: Kind,
  rows: readonly BackRow[],
  neighbours: Neighbours,
): Map<string, string> {
  const rule = RULES[kind];
  const found = new Map<string, string>();
  for (let before = -1; rule && before < found.size; ) {
    before = found.size;
    const going = rows.filter(({ id }) => !found.has(id));
    for (const [id, why] of rule(going, neighbours)) found.set(id, why);
  }
  return found;
}

type Rule = (going: readonly BackRow[], neighbours: Neighbours) => [id: string, why: string][];

const placeOf = (row: Readonly<Record<string, unknown>>) =>
  [row.dealId, row.partnerId, row.role].join("\u001f");

const RULES: { readonly [K in Kind]?: Rule } = {
  roles: (going, { stored }) => {
    const moves = new Set(going.map(({ id }) => id));
    const taken = new Set(stored.filter(({ id }) => !moves.has(id as string)).map(placeOf));
    return going.flatMap(({ id, before }) =>
      before && taken.has(placeOf(before))
        ? [[id, "Another row has its partner and role on the deal now"]]
        : [],
    );
  },
  partners: (going, { children }) => {
    const moves = new Map(going.map((row) => [row.id, row]));
    return children.flatMap(({ id, above }) => {
      const child = moves.get(id);
      const leaves = child && (child.before === null || child.before.parentId !== above);
      return leaves || !moves.has(above) ? [] : [[above, "Another partner is below it"]];
    });
  },
};
