import { OUTCOME_WORDS } from "../../attribution/words";
import type { Restatements } from "./pack";
import { type Cell, type Table, textCell } from "./section";

const KIND_NAMES = { changed: "Changed", deleted: "Deleted", added: "Added" } as const;
type Stand = Restatements["rows"][number]["sealed"];

const outcomeCell = (stand: Stand): Cell => (stand ? textCell(OUTCOME_WORDS[stand.outcome].label) : null);
const amountCell = (stand: Stand): Cell =>
  stand ? { is: "money", amount: stand.amount, currency: stand.currency } : null;

/** What differs from the seal, sealed beside current; what moves a number first (§8.6). */
export function restatementsTable({ rows, total }: Restatements): Table {
  return {
    block: "table",
    title: null,
    columns: [
      { name: "Deal", width: 24 },
      { name: "What", width: 10 },
      { name: "Sealed amount", width: 16, align: "right" },
      { name: "Amount now", width: 16, align: "right" },
      { name: "Sealed outcome", width: 13 },
      { name: "Outcome now", width: 13 },
      { name: "By", width: 18 },
    ],
    rows: rows.map(({ dealId, account, kind, sealed, current, by }) => ({
      cells: [
        textCell(account ? `${account}, ${dealId}` : dealId),
        textCell(KIND_NAMES[kind]),
        amountCell(sealed),
        amountCell(current),
        outcomeCell(sealed),
        outcomeCell(current),
        textCell([...new Set(by.map(({ name }) => name))].join(", ")),
      ],
    })),
    empty: "Nothing changed since the freeze.",
    note: rows.length < total ? `${rows.length} of ${total} are listed here.` : undefined,
  };
}
