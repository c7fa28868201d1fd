import type { ReadRow } from "./read-row";
import type { RowOfKind } from "./rows";
import type { Known, StoredOfKind } from "./stored";

/** The kinds whose rows name a partner. */
type Naming = "registrations" | "roles" | "activities";

/**
 * Rows of a file that names a record which became another one say it of that one (domain.md §1): but for a row that
 * stands here under the old record, as those of closed deals do, which the file goes on mirroring as it is.
 */
export function ofItsRecord<K extends Naming>(
  rows: readonly ReadRow<K>[],
  { became = new Map(), stored }: Pick<Known<K>, "became" | "stored">,
): readonly ReadRow<K>[] {
  if (became.size === 0) return rows;
  const standing = new Set((stored as readonly StoredOfKind[Naming][]).flatMap(placesOf));
  return rows.map((read) => {
    const row = read.row as RowOfKind[Naming];
    const into = became.get(row.partnerId);
    if (into === undefined || placesOf(row).some((place) => standing.has(place))) return read;
    return { ...read, row: { ...row, partnerId: into } } as ReadRow<K>;
  });
}

/** By its id, and of a role by its place on the deal, which a file that replaces takes over. */
const placesOf = (row: { id: string; dealId?: string | null; partnerId: string; role?: string }) => [
  JSON.stringify([row.partnerId, row.id]),
  ...(row.role === undefined ? [] : [JSON.stringify([row.partnerId, row.dealId, row.role])]),
];
