import type { WriteSheet } from "hucre/xlsx";
import type { MetricReport } from "../../../metrics/quarter-report";
import { isDefined } from "../../../metrics/value";
import { changeText, metricNotes, sidesText } from "../numbers-text";
import {
  type Block,
  type Cases,
  type Numbers,
  type Prose,
  type Section,
  type Table,
  textCell,
  valueCell,
} from "../section";
import { Grid } from "./grid";

const WIDTHS = [36, 20, 18, 18, 18, 18, 30, 30, 24, 40];

/** A section as a sheet: its blocks under each other, every number a number. */
export function sectionSheet(
  section: Section,
  reporting: string,
  sheetOf: (opens: string) => string | undefined,
): WriteSheet {
  const grid = new Grid(section.title, reporting, WIDTHS);
  grid.text(0, section.title, "title");
  grid.row++;
  grid.text(0, section.lede, "quiet");
  grid.row++;
  for (const block of section.blocks) {
    grid.row++;
    putBlock(grid, block, reporting, sheetOf);
  }
  return grid.sheet();
}

function putBlock(
  grid: Grid,
  block: Block,
  reporting: string,
  sheetOf: (opens: string) => string | undefined,
): void {
  switch (block.block) {
    case "table":
      putTable(grid, block, sheetOf);
      break;
    // Each number of a chart stands in a table of its section.
    case "chart":
      break;
    case "numbers":
      putNumbers(grid, block, reporting);
      grid.row++;
      putSeries(grid, block.metrics);
      break;
    case "trends":
      putSeries(grid, block.metrics);
      break;
    case "prose":
      putProse(grid, block);
      break;
    case "cases":
      putCases(grid, block);
  }
}

function putProse(grid: Grid, { text, by, empty }: Prose): void {
  const paragraphs = (text.trim() || empty).split(/\n+/);
  for (const paragraph of [...paragraphs, ...(by ? [by] : [])]) {
    grid.wide(paragraph);
    grid.row++;
  }
}

function putTable(grid: Grid, table: Table, sheetOf: (opens: string) => string | undefined): void {
  if (table.title) heading(grid, table.title);
  if (table.rows.length === 0) {
    grid.text(0, table.empty, "quiet");
    grid.row++;
    return;
  }
  headings(
    grid,
    table.columns.map(({ name }) => name),
    (column) => table.columns[column]?.align === "right",
  );
  for (const { cells, opens } of table.rows) {
    const sheet = opens === undefined ? undefined : sheetOf(opens);
    cells.forEach((cell, column) => {
      if (column === 0 && sheet !== undefined && cell?.is === "text") grid.link(0, cell.text, sheet);
      else grid.put(column, cell);
    });
    grid.row++;
  }
  if (table.total) {
    table.total.forEach((cell, column) => {
      grid.put(column, cell, "total");
    });
    grid.row++;
  }
  if (table.note) {
    grid.wide(table.note, "note");
    grid.row++;
  }
}

function putNumbers(grid: Grid, { metrics, prior, yearBefore }: Numbers, reporting: string): void {
  headings(grid, [
    "Number",
    "Value",
    "95 % from",
    "95 % to",
    prior,
    yearBefore,
    `Against ${prior}`,
    `Against ${yearBefore}`,
    "Deals",
    "Mind",
  ]);
  for (const metric of metrics) {
    const [large] = metric.figures;
    if (!large) continue;
    const cells = [
      textCell(metric.name),
      valueCell(large.value, large.unit),
      ...(large.interval && isDefined(large.value)
        ? [valueCell(large.interval.low, large.unit), valueCell(large.interval.high, large.unit)]
        : [null, null]),
      ...[large.prior, large.yearBefore].map((value) =>
        value === null ? null : valueCell(value, large.unit),
      ),
      textCell(changeText(large, large.prior, reporting)),
      textCell(changeText(large, large.yearBefore, reporting)),
      textCell(sidesText(metric)),
      textCell(metricNotes(metric).join(" ")),
    ];
    cells.forEach((cell, column) => {
      grid.put(column, cell);
    });
    grid.row++;
  }
}

/** The headlines over eight quarters, a quarter a row. */
function putSeries(grid: Grid, metrics: readonly MetricReport[]): void {
  headings(grid, ["Quarter", ...metrics.map(({ name }) => name)], (column) => column > 0);
  metrics[0]?.series.forEach(({ quarter }, at) => {
    grid.text(0, quarter);
    metrics.forEach(({ series, figures }, column) => {
      const unit = figures[0]?.unit ?? "deals";
      const value = series[at]?.value;
      if (value !== undefined) grid.put(column + 1, valueCell(value, unit));
    });
    grid.row++;
  });
}

function putCases(grid: Grid, { cases, facts, empty }: Cases): void {
  if (cases.length === 0) {
    grid.text(0, empty, "quiet");
    grid.row++;
    return;
  }
  const lines = [...new Set(cases.flatMap((one) => one.lines.map(({ name }) => name)))];
  headings(grid, ["Exception", ...facts, "State", ...lines]);
  for (const one of cases) {
    grid.text(0, one.title);
    one.facts.forEach((cell, at) => {
      grid.put(at + 1, cell);
    });
    grid.text(facts.length + 1, one.state);
    lines.forEach((name, at) => {
      const text = one.lines.find((line) => line.name === name)?.text;
      if (text !== undefined) grid.text(facts.length + 2 + at, text);
    });
    grid.row++;
  }
}

function heading(grid: Grid, text: string): void {
  grid.text(0, text, "bold");
  grid.row++;
}

/** A row of column names; those over figures stand right, as the figures do. */
function headings(grid: Grid, names: readonly string[], isFigure = (_column: number) => false): void {
  names.forEach((name, column) => {
    grid.text(column, name, isFigure(column) ? "headRight" : "head");
  });
  grid.row++;
}
