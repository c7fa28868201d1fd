import type pptxgen from "pptxgenjs";
import { isDefined } from "../../../metrics/value";
import { intervalText, numberText, reasonText } from "../../../metrics/value-text";
import { ACCENT, INK, INK_2, INK_3, LINE, LINE_STRONG, WARN } from "../../palette";
import { benchmarkText, changeText, metricNotes, STANDS, sidesText } from "../numbers-text";
import {
  type CaseGroup,
  type Cases,
  type Cell,
  cellText,
  type Numbers,
  type Prose,
  reasonsOf,
  type Table,
  type Trends,
} from "../section";
import { addTrend } from "./charts";
import { BODY, type Deck, hex, MARGIN } from "./deck";

const LINE_HEIGHT = 0.2;
const ROW = 0.3;
/** Letters of 11 points that an inch holds. */
const LETTERS = 13;

const rule = (colour: string) => ({ type: "solid", pt: 0.75, color: hex(colour) }) as const;
const NO_RULE = { type: "none" } as const;
const bordered = (colour: string): pptxgen.TableCellProps["border"] => [
  NO_RULE,
  NO_RULE,
  rule(colour),
  NO_RULE,
];

const linesOf = (text: string, width: number) => Math.max(1, Math.ceil(text.length / (width * LETTERS)));

/** A table, as many rows to a slide as it holds, its head on each. */
export function addTable(deck: Deck, table: Table, reporting: string, x = MARGIN, w = BODY): void {
  if (table.rows.length === 0) {
    addLine(deck, table.empty);
    return;
  }
  const whole = table.columns.reduce((sum, { width }) => sum + width, 0);
  const widths = table.columns.map(({ width }) => (w * width) / whole);
  // A number is not torn from its unit by the end of a line.
  const texts = (cells: Cell[]) =>
    cells.map((cell) => {
      const text = cellText(cell, reporting);
      return cell?.is === "text" ? text : text.replaceAll(" ", "\u00a0");
    });
  const rows = table.rows.map(({ cells, colour }) => ({ texts: texts(cells), colour, bold: false }));
  if (table.total) rows.push({ texts: texts(table.total), colour: undefined, bold: true });
  const heights = rows.map(
    (row) =>
      ROW + LINE_HEIGHT * (Math.max(...row.texts.map((text, at) => linesOf(text, widths[at] ?? 1))) - 1),
  );
  // What fits a slide of its own is not torn apart for the rest of this one.
  const all = heights.reduce((sum, height) => sum + height, 2 * ROW);
  if (all <= deck.whole) deck.room(all);
  for (let first = 0; first < rows.length; ) {
    deck.room(ROW * 3 + (table.title && first === 0 ? ROW : 0));
    if (table.title && first === 0) addTitle(deck, table.title, x, w);
    let last = first;
    let height = ROW;
    while (last < rows.length && (last === first || height + (heights[last] ?? 0) <= deck.left)) {
      height += heights[last] ?? 0;
      last++;
    }
    deck.now.addTable(
      [
        table.columns.map(({ name, align }) => ({
          text: name,
          options: { fontSize: 10, color: hex(INK_3), align: align ?? "left", border: bordered(LINE_STRONG) },
        })),
        ...rows.slice(first, last).map(({ texts, colour, bold }) =>
          texts.map((text, at) => ({
            text,
            options: {
              bold,
              align: table.columns[at]?.align ?? ("left" as const),
              color: hex(at === 0 && colour ? colour : INK),
              border: bordered(LINE),
            },
          })),
        ),
      ],
      {
        x,
        y: deck.y,
        w,
        colW: widths,
        rowH: ROW,
        fontSize: 11,
        margin: [0.03, 0.06, 0.03, 0.02],
        valign: "top",
      },
    );
    deck.y += height + 0.08;
    first = last;
  }
  const reasons = reasonsOf(table.rows.flatMap(({ cells }) => cells)).map((reason) => `— ${reason}`);
  const note = [...(table.note ? [table.note] : []), ...reasons].join(" ");
  if (note !== "") addLine(deck, note, x, w);
}

function addTitle(deck: Deck, text: string, x: number, w: number): void {
  deck.now.addText(text, { x, y: deck.y, w, h: ROW, fontSize: 13, bold: true, color: hex(INK), margin: 0 });
  deck.y += ROW;
}

/** Small print. */
function addLine(deck: Deck, text: string, x = MARGIN, w = BODY): void {
  const h = 0.17 * linesOf(text, w * 1.25) + 0.08;
  deck.room(h);
  deck.now.addText(text, { x, y: deck.y, w, h, fontSize: 9.5, color: hex(INK_3), margin: 0, valign: "top" });
  deck.y += h + 0.05;
}

/** The four numbers, two by two, each with its line over eight quarters. */
export function addNumbers(deck: Deck, { metrics, prior, yearBefore }: Numbers, reporting: string): void {
  const w = (BODY - 0.35) / 2;
  const h = 2.62;
  metrics.forEach((metric, nth) => {
    const [large] = metric.figures;
    if (!large) return;
    const x = MARGIN + (nth % 2) * (w + 0.35);
    const y = deck.y + Math.floor(nth / 2) * (h + 0.12);
    const { value, unit, interval } = large;
    const benchmarks = metric.figures.flatMap((figure) =>
      figure.benchmark
        ? [
            `${figure.benchmark.words}: ${benchmarkText(figure, reporting)}, ${STANDS[figure.benchmark.stands ?? "none"]}`,
          ]
        : [],
    );
    const lines = [
      `${prior}: ${changeText(large, large.prior, reporting)}`,
      `${yearBefore}: ${changeText(large, large.yearBefore, reporting)}`,
      ...benchmarks,
      sidesText(metric),
      ...metricNotes(metric),
    ];
    const slide = deck.now;
    slide.addShape("line", { x, y, w, h: 0, line: { color: hex(INK), width: 1 } });
    slide.addText(metric.name, {
      x,
      y: y + 0.07,
      w,
      h: 0.28,
      fontSize: 13,
      bold: true,
      color: hex(INK),
      margin: 0,
    });
    slide.addText(isDefined(value) ? numberText(value, unit, reporting) : "—", {
      x,
      y: y + 0.35,
      w: w * 0.5,
      h: 0.5,
      fontSize: 26,
      bold: true,
      color: hex(ACCENT),
      margin: 0,
    });
    const range = interval ? `95 % interval ${intervalText(interval, unit, reporting)}` : large.name;
    slide.addText(
      [isDefined(value) ? range : reasonText(value), ...lines].map((text, at) => ({
        text,
        options: { breakLine: true, color: hex(at === 0 ? INK_2 : INK) },
      })),
      { x, y: y + 0.87, w: w * 0.56, h: h - 0.95, fontSize: 10.5, margin: 0, valign: "top" },
    );
    addTrend(slide, metric, reporting, { x: x + w * 0.56, y: y + 0.3, w: w * 0.44, h: h - 0.4 });
  });
  deck.y += 2 * (h + 0.12);
}

/** Headlines side by side, each with its line. */
export function addTrends(deck: Deck, { metrics }: Trends, reporting: string): void {
  const w = (BODY - 0.6) / 3;
  metrics.forEach((metric, nth) => {
    const [large] = metric.figures;
    if (!large) return;
    const x = MARGIN + nth * (w + 0.3);
    const text = isDefined(large.value) ? numberText(large.value, large.unit, reporting) : "—";
    deck.now.addText(metric.name, {
      x,
      y: deck.y,
      w,
      h: 0.28,
      fontSize: 13,
      bold: true,
      color: hex(INK),
      margin: 0,
    });
    deck.now.addText(text, {
      x,
      y: deck.y + 0.28,
      w,
      h: 0.45,
      fontSize: 22,
      bold: true,
      color: hex(ACCENT),
      margin: 0,
    });
    addTrend(deck.now, metric, reporting, { x, y: deck.y + 0.75, w, h: 1.55 });
  });
  deck.y += 2.45;
}

/** What people wrote, as many letters to a slide as can be read. */
export function addProse(deck: Deck, { title, text, by, empty }: Prose): void {
  if (title) addTitle(deck, title, MARGIN, BODY);
  const paragraphs = text.split(/\n+/).filter((line) => line.trim() !== "");
  if (paragraphs.length === 0) {
    addLine(deck, empty);
    return;
  }
  for (const paragraph of [...paragraphs, ...(by ? [by] : [])]) {
    const isBy = paragraph === by;
    const h = 0.3 * Math.ceil(paragraph.length / 105) + 0.08;
    deck.room(h);
    deck.now.addText(paragraph, {
      x: MARGIN,
      y: deck.y,
      w: BODY - 1,
      h,
      fontSize: isBy ? 12 : 17,
      color: hex(isBy ? INK_3 : INK),
      margin: 0,
      valign: "top",
    });
    deck.y += h + 0.05;
  }
}

/** The exceptions one under the other, each whole on one slide. */
/** Cases on a slide, a line each, before the next one is begun. */
const CASES_A_SLIDE = 22;

export function addCases(deck: Deck, { groups, empty }: Cases, reporting: string): void {
  if (groups.length === 0) {
    addLine(deck, empty);
    return;
  }
  for (const group of groups) {
    const lines = group.each.map((cells) =>
      cells
        .map((cell) => cellText(cell, reporting))
        .filter((text) => text !== "")
        .join("  ·  "),
    );
    addGroup(deck, group, lines.length === 1 ? lines : []);
    for (let from = 0; lines.length > 1 && from < lines.length; from += CASES_A_SLIDE)
      addCaseLines(deck, lines.slice(from, from + CASES_A_SLIDE));
  }
}

/** What holds of a group, and of its only case what it is about. */
function addGroup(deck: Deck, { title, state, isOpen, lines }: CaseGroup, only: string[]): void {
  const h = 0.55 + lines.reduce((sum, { text }) => sum + 0.2 * Math.ceil((text.length + 14) / 150), 0);
  deck.room(h);
  const slide = deck.now;
  slide.addShape("line", {
    x: MARGIN,
    y: deck.y,
    w: BODY,
    h: 0,
    line: { color: hex(LINE_STRONG), width: 0.75 },
  });
  slide.addText(
    [
      { text: title, options: { bold: true, fontSize: 13, color: hex(INK) } },
      {
        text: `   ${state}`,
        options: { fontSize: 11, bold: true, color: hex(isOpen ? WARN : ACCENT), breakLine: true },
      },
      ...only.map((text) => ({ text, options: { fontSize: 10, color: hex(INK_3), breakLine: true } })),
      ...lines.flatMap(({ name, text }) => [
        { text: `${name}  `, options: { fontSize: 11, color: hex(INK_3) } },
        { text, options: { fontSize: 11, color: hex(INK), breakLine: true } },
      ]),
    ],
    { x: MARGIN, y: deck.y + 0.04, w: BODY, h: h - 0.06, margin: 0, valign: "top" },
  );
  deck.y += h + 0.05;
}

function addCaseLines(deck: Deck, lines: string[]): void {
  const h = 0.2 * lines.length + 0.1;
  deck.room(h);
  deck.now.addText(
    lines.map((text) => ({ text, options: { fontSize: 10, color: hex(INK_3), breakLine: true } })),
    { x: MARGIN, y: deck.y, w: BODY, h, margin: 0, valign: "top" },
  );
  deck.y += h;
}
