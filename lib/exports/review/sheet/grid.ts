import type { CellStyle, Cell as SheetCell, WriteSheet } from "hucre/xlsx";
import type { Unit } from "../../../metrics/definition";
import { isDefined } from "../../../metrics/value";
import { reasonText } from "../../../metrics/value-text";
import { minorDigits } from "../../../money";
import { ACCENT, INK, INK_2, INK_3, LINE_STRONG, SUNKEN } from "../../palette";
import type { Cell } from "../section";

const rgb = (colour: string) => ({ rgb: colour.slice(1).toUpperCase() });
const font = { name: "Calibri", size: 10, color: rgb(INK) };

/** How a cell looks; its number format follows from what is in it. */
const HEAD = {
  font: { ...font, size: 9, bold: true, color: rgb(INK_2) },
  fill: { type: "pattern", pattern: "solid", fgColor: rgb(SUNKEN) },
  border: { bottom: { style: "thin", color: rgb(LINE_STRONG) } },
} as const satisfies CellStyle;

export const LOOKS = {
  plain: { font },
  title: { font: { ...font, size: 16, bold: true } },
  quiet: { font: { ...font, color: rgb(INK_2) } },
  faint: { font: { ...font, size: 9, color: rgb(INK_3) } },
  bold: { font: { ...font, bold: true } },
  link: { font: { ...font, color: rgb(ACCENT), underline: true } },
  head: HEAD,
  headRight: { ...HEAD, alignment: { horizontal: "right" } },
  total: { font: { ...font, bold: true }, border: { top: { style: "thin", color: rgb(INK) } } },
  prose: { font, alignment: { wrapText: true, vertical: "top" } },
  note: { font: { ...font, size: 9, color: rgb(INK_3) }, alignment: { wrapText: true, vertical: "top" } },
} as const satisfies Record<string, CellStyle>;
export type Look = keyof typeof LOOKS;

/** `[$USD] #,##0.00`: the code first and the currency's own decimals, as every page has it. */
export function moneyFormat(currency: string): string {
  const digits = minorDigits(currency);
  return `[$${currency}] #,##0${digits > 0 ? `.${"0".repeat(digits)}` : ""}`;
}

function formatOf(unit: Unit, reporting: string): string {
  switch (unit) {
    case "money":
      return moneyFormat(reporting);
    case "perUnit":
      return `[$${reporting}] 0.00`;
    case "share":
      return "0.0%";
    case "times":
      return '0.00" ×"';
    case "days":
      return "#,##0.0";
    case "deals":
      return "#,##0";
  }
}

/** Major units as the nearest double: exact to the cent up to 2^53 minor units. */
export const major = (amount: number, currency: string): number => amount / 10 ** minorDigits(currency);

/** A calendar day at midnight UTC, which is how a sheet counts days. */
const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** A sheet filled cell by cell. Rows and columns are counted from 0. */
export class Grid {
  private readonly cells = new Map<string, Partial<SheetCell>>();
  private readonly merges: NonNullable<WriteSheet["merges"]> = [];
  private readonly heights = new Map<number, { height: number }>();
  /** The next free row. */
  row = 0;

  constructor(
    readonly name: string,
    private readonly reporting: string,
    private readonly widths: readonly number[],
  ) {}

  /** Numbers as numbers, days as days; text always as text, whatever letter it begins with. */
  put(column: number, cell: Cell, look: Look = "plain"): void {
    const { style, ...content } = this.contentOf(cell);
    this.set(column, { ...content, style: { ...LOOKS[look], ...style } });
  }

  private contentOf(cell: Cell): Partial<SheetCell> {
    const number = (value: number, numFmt: string) => ({ value, type: "number" as const, style: { numFmt } });
    switch (cell?.is) {
      case undefined:
        return { value: null, type: "empty" };
      case "text":
        return { value: cell.text, type: "string" };
      case "day":
        return { value: dateOf(cell.day), type: "date", style: { numFmt: "yyyy-mm-dd" } };
      case "money":
        return number(major(cell.amount, cell.currency), moneyFormat(cell.currency));
      case "value": {
        const { value, unit } = cell;
        if (!isDefined(value)) return { value: `— ${reasonText(value)}`, type: "string" };
        const shown = unit === "money" ? major(value, this.reporting) : value;
        return number(shown, formatOf(unit, this.reporting));
      }
    }
  }

  text(column: number, text: string, look: Look = "plain"): void {
    this.set(column, { value: text, type: "string", style: LOOKS[look] });
  }

  /** A formula with the value it has, for readers that do not calculate. */
  formula(column: number, formula: string, result: number, numFmt: string): void {
    this.set(column, {
      value: result,
      type: "formula",
      formula,
      formulaResult: result,
      style: { ...LOOKS.total, numFmt },
    });
  }

  link(column: number, text: string, sheet: string): void {
    const location = `'${sheet.replaceAll("'", "''")}'!A1`;
    this.set(column, { value: text, type: "string", hyperlink: { target: "", location }, style: LOOKS.link });
  }

  /** A paragraph over the first columns; a sheet does not find the height of merged cells by itself. */
  wide(text: string, look: "prose" | "note" = "prose"): void {
    this.text(0, text, look);
    const endCol = Math.min(6, this.widths.length - 1);
    this.merges.push({ startRow: this.row, startCol: 0, endRow: this.row, endCol });
    const letters = this.widths.slice(0, endCol + 1).reduce((sum, width) => sum + width, 0);
    this.heights.set(this.row, { height: 14 * Math.ceil(text.length / letters) });
  }

  private set(column: number, cell: Partial<SheetCell>): void {
    this.cells.set(`${this.row},${column}`, cell);
  }

  sheet(rest: Partial<WriteSheet> = {}): WriteSheet {
    return {
      name: this.name,
      columns: this.widths.map((width) => ({ width })),
      rows: Array.from({ length: this.row }, () => []),
      cells: this.cells,
      merges: this.merges,
      rowDefs: this.heights,
      view: { showGridLines: false },
      pageSetup: {
        paperSize: "a4",
        orientation: "landscape",
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
      },
      ...rest,
    };
  }
}
