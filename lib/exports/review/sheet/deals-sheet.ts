import type { WriteSheet } from "hucre/xlsx";
import { ascending, medianOf } from "../../../metrics/statistics";
import { type Cell, type DealsBehind, dayCell, textCell, valueCell } from "../section";
import { Grid, major, moneyFormat } from "./grid";

const FIRST_ROW = 4;
const CONTENTS = "Contents";
const WIDTHS = [14, 30, 18, 14, 12, 12, 12, 10, 14, 18, 18, 14, 20];
const FIRST_FIGURE = 9;

/** The deals that a part of a number is made of, and what they add up to. */
export function dealsSheet(name: string, { title, deals, sum }: DealsBehind, reporting: string): WriteSheet {
  const grid = new Grid(name, reporting, WIDTHS);
  grid.text(0, title, "title");
  grid.row++;
  grid.link(0, CONTENTS, CONTENTS);
  grid.row = FIRST_ROW - 1;
  const heads = [
    "Deal",
    "Account",
    "Owner",
    "Type",
    "Route",
    "Created",
    "Closed",
    "State",
    "Outcome",
    "Amount",
    `In ${reporting}`,
    "Days to close",
    "Activities in the quarter",
  ];
  heads.forEach((head, column) => {
    grid.text(column, head, column < FIRST_FIGURE ? "head" : "headRight");
  });
  grid.row++;
  for (const deal of deals) {
    const cells: Cell[] = [
      ...[deal.id, deal.account, deal.owner, deal.type, deal.route].map(textCell),
      dayCell(deal.createdOn),
      dayCell(deal.closedOn),
      textCell(deal.state),
      textCell(deal.outcome),
      { is: "money", amount: deal.amount, currency: deal.currency },
      { is: "money", amount: deal.reporting, currency: reporting },
      deal.days === null ? null : valueCell(deal.days, "deals"),
      deal.activities === null ? null : valueCell(deal.activities, "deals"),
    ];
    cells.forEach((cell, column) => {
      grid.put(column, cell);
    });
    grid.row++;
  }
  const range = (column: string) => `${column}${FIRST_ROW + 1}:${column}${FIRST_ROW + deals.length}`;
  const money = moneyFormat(reporting);
  for (let column = 0; column < heads.length; column++) grid.put(column, null, "total");
  grid.text(0, "Sum", "total");
  grid.formula(1, `COUNTA(${range("A")})`, deals.length, '#,##0" deals"');
  grid.formula(10, `SUM(${range("K")})`, major(sum, reporting), money);
  grid.row++;
  const days = deals.flatMap((deal) => (deal.days === null ? [] : [deal.days]));
  grid.text(0, "Median", "bold");
  grid.formula(
    10,
    `MEDIAN(${range("K")})`,
    major(medianOf(ascending(deals.map((deal) => deal.reporting))), reporting),
    money,
  );
  if (days.length > 0) grid.formula(11, `MEDIAN(${range("L")})`, medianOf(ascending(days)), "#,##0.0");
  grid.row++;
  return grid.sheet({
    freezePane: { rows: FIRST_ROW },
    autoFilter: { range: `A${FIRST_ROW}:M${FIRST_ROW + deals.length}` },
  });
}
