import { OUTCOME_WORDS } from "../../attribution/words";
import { thousands } from "../../text/numbers";
import type { Restatements, Stand } from "./pack";
import { type Cell, type Table, textCell, valueCell } from "./section";

const KIND_NAMES = { changed: "Changed", deleted: "Deleted", added: "Added" } as const;

const outcomeCell = (stand: Stand | null): Cell =>
  stand ? textCell(OUTCOME_WORDS[stand.outcome].label) : null;
const amountCell = (stand: Stand | null): Cell =>
  stand ? { is: "money", amount: stand.amount, currency: stand.currency } : null;

/** What differs from the seal, sealed beside current (§8.7): the numbers, then the deals that move them. */
export function restatementTables({ rows, numbers, counts }: Restatements): Table[] {
  const moved = numbers.filter(({ sealed, current }) => JSON.stringify(sealed) !== JSON.stringify(current));
  const { changed, deleted, added, movesNumbers } = counts;
  return [
    {
      block: "table",
      title: "Numbers",
      columns: [
        { name: "Figure", width: 50 },
        { name: "Sealed", width: 25, align: "right" },
        { name: "Would be now", width: 25, align: "right" },
      ],
      rows: moved.map(({ name, unit, sealed, current }) => ({
        cells: [
          textCell(name),
          ...[sealed, current].map((value) =>
            typeof value === "number" ? valueCell(value, unit) : textCell("—"),
          ),
        ],
      })),
      empty: "Every one of the four numbers would be the same today.",
    },
    {
      block: "table",
      title: "Deals",
      columns: [
        { name: "Deal", width: 24 },
        { name: "What", width: 10 },
        { name: "Sealed", width: 16, align: "right" },
        { name: "Now", width: 16, align: "right" },
        { name: "Outcome sealed", width: 13 },
        { name: "Outcome now", width: 13 },
        { name: "By", width: 18 },
      ],
      rows: rows.map(({ dealId, kind, sealed, current, by }) => {
        const account = (sealed ?? current)?.account;
        return {
          cells: [
            textCell(account ? `${account}, ${dealId}` : dealId),
            textCell(KIND_NAMES[kind]),
            amountCell(sealed),
            amountCell(current),
            outcomeCell(sealed),
            outcomeCell(current),
            textCell([...new Set(by.map(({ name }) => name))].join(", ")),
          ],
        };
      }),
      empty: "No deal moves a number.",
      note: `Since the freeze ${thousands(changed)} changed, ${thousands(deleted)} deleted, ${thousands(added)} added; ${thousands(movesNumbers)} of them would move a number, ${thousands(rows.length)} listed.`,
    },
  ];
}
