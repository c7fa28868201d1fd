import { checkAncestry } from "@/lib/attribution/field-rules";
import { isRefusal, type Refusal, refuse } from "@/lib/errors";
import { contactsTold } from "./contacts";
import { accountsTold } from "./memberships";
import { accountKnown, ownerKnown, planKeyed, told } from "./plan-keyed";
import { programsTold } from "./programs";
import type { ReadRow } from "./read-row";
import type { RowOfKind } from "./rows";
import type { Known, Plan, StoredOfKind } from "./stored";

/** A parent may stand later in the batch; a new partner below one that is refused is refused with it. */
export function planPartners(
  rows: readonly ReadRow<"partners">[],
  known: Known<"partners">,
): Plan<"partners"> {
  const misplaced = misplacedPartners(rows, known.parents);
  return planKeyed(
    rows,
    known,
    ({ id }) => id,
    (row, before) => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      parentId: told(row.parentId, before?.parentId, null),
      programs: row.programs ? programsTold(row.programs, before?.programs ?? []) : (before?.programs ?? []),
      ownerId: told(row.owner && known.people?.get(row.owner), before?.ownerId, null),
      ...peopleAndPlaces(row, before, known),
    }),
    (row) => {
      const refusal = misplaced.get(row);
      if (refusal) throw refusal;
      ownerKnown(known)(row);
      for (const id of row.accounts ?? []) accountKnown(known, "accounts", id);
    },
  );
}

/**
 * Its contacts and the accounts that it is in, as files say them: what people entered here is beside it, and stays. A
 * record that became another one has none of its own any more (domain.md §1).
 */
function peopleAndPlaces(
  { id, contacts, accounts }: RowOfKind["partners"],
  before: StoredOfKind["partners"] | null,
  { entered, became, today = "" }: Known<"partners">,
): Pick<StoredOfKind["partners"], "contacts" | "accounts"> {
  const stood = { contacts: before?.contacts ?? [], accounts: before?.accounts ?? [] };
  if (became?.has(id)) return stood;
  const here = entered?.get(id) ?? { contacts: [], accounts: [] };
  return {
    contacts: contacts ? contactsTold(contacts, here.contacts) : stood.contacts,
    accounts: accounts ? accountsTold(accounts, stood.accounts, here.accounts, today) : stood.accounts,
  };
}

/** The rows whose parent is unknown or below them. Each one found may leave others without their parent. */
function misplacedPartners(
  rows: readonly ReadRow<"partners">[],
  standing: ReadonlyMap<string, string | null>,
): Map<RowOfKind["partners"], Refusal> {
  const misplaced = new Map<RowOfKind["partners"], Refusal>();
  for (let found = -1; found < misplaced.size; ) {
    found = misplaced.size;
    const placed = rows.map(({ row }) => row).filter((row) => !misplaced.has(row));
    const ids = new Set([...standing.keys(), ...placed.map(({ id }) => id)]);
    const parents = new Map(standing);
    for (const row of placed) {
      const { id, parentId } = row;
      if (parentId === undefined) continue;
      try {
        if (parentId !== null && !ids.has(parentId))
          refuse("parent_id", parentId, "there is no partner with this id");
        checkAncestry("parent_id", id, parentId, (above) => parents.get(above) ?? null);
        parents.set(id, parentId);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        misplaced.set(row, error);
      }
    }
  }
  return misplaced;
}
