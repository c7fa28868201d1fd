import { OUTCOME_WORDS } from "../../attribution/words";
import type { Corrections, Glance } from "./pack";
import { type Cell, type Section, type Table, textCell, valueCell } from "./section";

/** The corrections of former quarters that this one's journal holds (§8.7); null where there are none. */
export function correctionsSection({ rows, numbers }: Corrections): Section | null {
  if (rows.length === 0) return null;
  return {
    title: "Corrections",
    lede: "What two people accepted of frozen quarters since. Each stays as it was sealed; this is what it would be.",
    blocks: [dealsTable(rows), numbersTable(numbers)],
  };
}

const amountCell = (glance: Glance | null): Cell =>
  glance ? { is: "money", amount: glance.amount, currency: glance.currency } : null;
const outcomeCell = (glance: Glance | null): Cell =>
  textCell(glance ? OUTCOME_WORDS[glance.outcome].label : "—");

function dealsTable(rows: Corrections["rows"]): Table {
  return {
    block: "table",
    title: "Deals",
    columns: [
      { name: "Quarter", width: 10 },
      { name: "Deal", width: 20 },
      { name: "Sealed", width: 14, align: "right" },
      { name: "Corrected", width: 14, align: "right" },
      { name: "Outcome sealed", width: 12 },
      { name: "Outcome corrected", width: 12 },
      { name: "Reason and by whom", width: 24 },
    ],
    rows: rows.map(({ quarter, dealId, sealed, corrected, reason, proposedBy, acceptedBy }) => {
      const account = (corrected ?? sealed)?.account;
      return {
        cells: [
          textCell(quarter),
          textCell(account ? `${account}, ${dealId}` : dealId),
          amountCell(sealed),
          amountCell(corrected),
          outcomeCell(sealed),
          outcomeCell(corrected),
          textCell(`${reason} (${proposedBy.name}, ${acceptedBy.name})`),
        ],
      };
    }),
    empty: "",
  };
}

function numbersTable(numbers: Corrections["numbers"]): Table {
  return {
    block: "table",
    title: "Their quarters' numbers",
    columns: [
      { name: "Quarter", width: 14 },
      { name: "Figure", width: 40 },
      { name: "Sealed", width: 23, align: "right" },
      { name: "Corrected", width: 23, align: "right" },
    ],
    rows: numbers.map(({ quarter, name, unit, sealed, corrected }) => ({
      cells: [textCell(quarter), textCell(name), valueCell(sealed, unit), valueCell(corrected, unit)],
    })),
    empty: "None of the four numbers of those quarters would be another.",
  };
}
