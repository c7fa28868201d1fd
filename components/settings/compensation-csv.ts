import type { Outputs } from "@/lib/api/client";
import { formatMajor, formatMoney, sumMinor } from "@/lib/money";
import { type Evidence, evidenceLine } from "@/lib/text/evidence-line";

type Statement = Outputs["compensationStatement"];
type Entry = Statement["due"][number];

const HEADER = [
  ...["quarter", "run", "paid_on", "payee_id", "payee", "line", "partner_id", "partner", "deal_id", "amount"],
  "currency",
];

/** The rows of a payroll file: every line of every run, then what is due and not paid yet, its run left empty. */
export function payrollRows(statement: Statement, quarter: string): string[][] {
  const names = new Map(statement.payees.map(({ id, name }) => [id, name]));
  const row = (entry: Entry, run: string, paidOn: string) => [
    ...[quarter, run, paidOn, entry.payeeId, names.get(entry.payeeId) ?? "", entry.line, entry.partnerId],
    ...[statement.partners[entry.partnerId] ?? "", entry.dealId],
    ...[formatMajor(entry.amount, statement.currency), statement.currency],
  ];
  return [
    HEADER,
    ...statement.payments.flatMap(({ run, paidOn, entries }) =>
      entries.map((entry) => row(entry, String(run), paidOn)),
    ),
    ...statement.due.map((entry) => row(entry, "", "")),
  ];
}

/** What a spreadsheet would read as a formula; a clawback's minus is none. */
const text = (cell: string) =>
  /^[=+\-@\t\r]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;

/** As CSV text, formulas escaped, under a line of what it stands on. */
export async function payrollCsv(
  statement: Statement,
  quarter: string,
  on: Omit<Evidence, "asked" | "rows" | "sum">,
): Promise<string> {
  const { stringify } = await import("csv-stringify/browser/esm/sync");
  const rows = payrollRows(statement, quarter);
  const amounts = [...statement.payments.flatMap(({ entries }) => entries), ...statement.due];
  const line = evidenceLine({
    ...on,
    asked: ["compensation", `quarter ${quarter}`],
    rows: rows.length - 1,
    sum: formatMoney(sumMinor(amounts.map(({ amount }) => amount)), statement.currency),
  });
  return line + stringify(rows.map((row) => row.map(text)));
}
