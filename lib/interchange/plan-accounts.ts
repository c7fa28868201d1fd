import { isRefusal, type Refusal, refuse } from "@/lib/errors";
import { planKeyed, told } from "./plan-keyed";
import type { ReadRow } from "./read-row";
import type { RowOfKind } from "./rows";
import type { Known, Plan } from "./stored";

type Row = RowOfKind["accounts"];

/** A domain is one account's alone: a row that names another's is refused, unless that one gives it up in the same batch. */
export function planAccounts(
  rows: readonly ReadRow<"accounts">[],
  known: Known<"accounts">,
): Plan<"accounts"> {
  const misplaced = misplacedAccounts(rows, known);
  return planKeyed(
    rows,
    known,
    ({ id }) => id,
    ({ id, name, domains }, before) => ({
      id,
      name,
      domains: told(domains && [...new Set(domains)].sort(), before?.domains, []),
    }),
    (row) => {
      const refusal = misplaced.get(row);
      if (refusal) throw refusal;
    },
  );
}

/** Each row found may keep a domain that another one wanted, so it is looked until nothing more is found. */
function misplacedAccounts(
  rows: readonly ReadRow<"accounts">[],
  { domains: owners = new Map() }: Known<"accounts">,
): Map<Row, Refusal> {
  const misplaced = new Map<Row, Refusal>();
  for (let found = -1; found < misplaced.size; ) {
    found = misplaced.size;
    const placed = rows.map(({ row }) => row).filter((row) => row.domains && !misplaced.has(row));
    const rewritten = new Set(placed.map(({ id }) => id));
    const taken = new Map([...owners].filter(([, { id }]) => !rewritten.has(id)));
    for (const row of placed) {
      try {
        for (const domain of row.domains ?? []) {
          const other = taken.get(domain);
          if (other && other.id !== row.id)
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
