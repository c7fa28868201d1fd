// Long: PDF, slides and workbook are read back and held against the same pack.
import { unzipSync } from "fflate";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { dayNumber } from "../../calendar";
import type { MetricReport } from "../../metrics/quarter-report";
import { isDefined } from "../../metrics/value";
import { numberText } from "../../metrics/value-text";
import { minorDigits } from "../../money";
import { DIGEST, samplePack } from "./pack.fixture";
import { reviewPdf } from "./pdf/review-pdf";
import {
  all,
  type Files,
  pdfText,
  readSheets,
  type SheetRow,
  sharedStrings,
  slideText,
  squeeze,
  unzip,
} from "./read-back.fixture";
import { type Cell, cellText, type PackDocument, type Section, type Table, valueCell } from "./section";
import { packDocument } from "./sections";
import { reviewSheet, sheetName } from "./sheet/review-sheet";
import { reviewSlides } from "./slides/review-slides";

const pack = samplePack();
const document = packDocument(pack);
const { review } = pack;
const METRICS: MetricReport[] = [
  review.pipeline,
  review.revenue,
  review.economics,
  ...review.indicators,
  ...review.headline,
];

const tablesOf = (section: Section) =>
  section.blocks.filter((block): block is Table => block.block === "table");
const rowsOf = (table: Table) => [
  ...table.rows.map(({ cells }) => cells),
  ...(table.total ? [table.total] : []),
];
const tableRows = ({ sections }: PackDocument) => sections.flatMap(tablesOf).flatMap(rowsOf);
const rowText = (cells: Cell[]) => squeeze(cells.map((cell) => cellText(cell, "USD")).join(""));
const major = (minor: number, currency: string) => minor / 10 ** minorDigits(currency);
const DAY_ZERO = dayNumber("1899-12-30");

/** A cell as a sheet must hold it. */
function sheetValue(cell: Cell): string | number | null {
  switch (cell?.is) {
    case undefined:
      return null;
    case "text":
      return cell.text;
    case "day":
      return dayNumber(cell.day) - DAY_ZERO;
    case "money":
      return major(cell.amount, cell.currency);
    case "value":
      if (!isDefined(cell.value)) return expect.stringMatching(/^— /);
      return cell.unit === "money" ? major(cell.value, "USD") : cell.value;
  }
}

const pdfOf = async (from: PackDocument) => pdfText(await reviewPdf(from));

let pdf: string;
let slides: Files;
let sheets: Map<string, SheetRow[]>;
let sheetXml: Files;
beforeAll(async () => {
  pdf = await pdfOf(document);
  slides = unzip(await reviewSlides(document), /^ppt\/(slides\/slide|charts\/chart)\d+\.xml$/);
  sheetXml = unzip(await reviewSheet(document), /\.xml$/);
  sheets = readSheets(sheetXml);
}, 60_000);

test("every figure of the answer stands in the pack, unrounded", () => {
  const rows = tableRows(document);
  const figures = METRICS.flatMap((metric) => metric.figures);
  expect(figures.length).toBeGreaterThan(30);
  for (const { name, value, unit } of figures) {
    expect(rows).toContainEqual(
      expect.arrayContaining([
        { is: "text", text: name },
        { is: "value", value, unit },
      ]),
    );
  }
});

test("every amount is split by who stands behind it, and the parts add up", () => {
  const { blocks } = document.sections.find(({ title }) => title === "Evidence")!;
  const [table] = blocks.filter((block) => block.block === "table");
  // The economics are one of the four numbers again.
  const figures = new Map(METRICS.map((metric) => [metric.key, metric.figures]));
  const split = [...figures.values()].flat().filter(({ evidence }) => evidence !== null);
  expect(split.length).toBeGreaterThan(0);
  expect(table?.rows).toHaveLength(split.length);
  for (const { cells } of table!.rows) {
    const [amount, ...parts] = cells
      .slice(2)
      .map((cell) => (cell?.is === "value" ? Number(cell.value) : NaN));
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
  }
});

describe("PDF", () => {
  test("has every row of every table, cell by cell", () => {
    for (const cells of tableRows(document)) expect(pdf).toContain(rowText(cells));
  });

  test("has the four numbers with their intervals and the deals compared", () => {
    for (const { figures, sides } of review.headline) {
      const [{ value, unit } = {}] = figures;
      expect(pdf).toContain(squeeze(numberText(value as number, unit!, "USD")));
      for (const { deals, name } of sides) expect(pdf).toContain(squeeze(`${deals} ${name.toLowerCase()}`));
    }
  });

  test("has what people wrote and decided, in any script", () => {
    const said = [
      review.meeting?.ask,
      review.meeting?.minutes,
      ...review.exceptions.rows.flatMap(({ account, votes }) => [
        account,
        ...votes.map(({ reason }) => reason),
      ]),
    ];
    for (const text of said) expect(pdf).toContain(squeeze(text as string));
  });
});

describe("slides", () => {
  test("have every row of every table, cell by cell", () => {
    const text = slideText(slides);
    for (const cells of tableRows(document)) expect(text).toContain(rowText(cells));
  });

  test("draw charts of the presentation's own from the same numbers", () => {
    const plotted = Object.entries(slides)
      .filter(([name]) => name.startsWith("ppt/charts/"))
      .map(([, xml]) => ({
        kind: /<c:(bar|line)Chart>/.exec(xml)?.[1],
        series: [...xml.matchAll(/<c:val>(.*?)<\/c:val>/gs)].map(([, cache = ""]) =>
          all(cache, /<c:v>([^<]*)<\/c:v>/g).map((value) => (value === "" ? null : Number(value))),
        ),
      }));
    const drawn = ({ value, unit }: { value: unknown; unit: string }) =>
      typeof value !== "number" ? null : unit === "money" ? major(value, "USD") : value;
    const charts = document.sections.flatMap(({ blocks }) =>
      blocks.filter((block) => block.block === "chart"),
    );
    expect(charts).toHaveLength(2);
    for (const { series, unit } of charts) {
      expect(plotted).toContainEqual({
        kind: "bar",
        series: series.map(({ values }) => values.map((value) => drawn({ value, unit }))),
      });
    }
    for (const { series, figures } of [...review.headline, ...review.indicators]) {
      const unit = figures[0]!.unit;
      expect(plotted).toContainEqual({
        kind: "line",
        series: [series.map(({ value }) => drawn({ value, unit }))],
      });
    }
  });

  test("carry a workbook in each chart, to be edited", async () => {
    const files = Object.keys(unzipSync(await reviewSlides(document)));
    const books = files.filter((name) => name.startsWith("ppt/embeddings/") && name.endsWith(".xlsx"));
    expect(books).toHaveLength(Object.keys(slides).filter((name) => name.startsWith("ppt/charts/")).length);
  });
});

describe("spreadsheet", () => {
  test("has a sheet a section with every row of its tables, numbers as numbers and days as days", () => {
    for (const section of document.sections) {
      const rows = (sheets.get(section.title) ?? []).map(({ values }) => values);
      for (const cells of tablesOf(section).flatMap(rowsOf)) {
        const expected = cells.map(sheetValue);
        while (expected.at(-1) === null) expected.pop();
        expect(rows.map((row) => row.slice(0, expected.length))).toContainEqual(expected);
      }
    }
  });

  test("has of every number its interval and the quarters that it is held against as numbers", () => {
    const rows = [...sheets.values()].flat().map(({ values }) => values);
    let intervals = 0;
    for (const { name, figures } of review.headline) {
      const [large] = figures;
      if (!large || !isDefined(large.value)) continue;
      const row = rows.find((values) => values[0] === name && values.length > 6)!;
      const inCell = (value: unknown) => sheetValue(valueCell(value as never, large.unit));
      expect(row[1]).toEqual(inCell(large.value));
      if (large.interval) {
        expect(row.slice(2, 4)).toEqual([inCell(large.interval.low), inCell(large.interval.high)]);
        intervals++;
      }
      if (large.prior !== null && isDefined(large.prior)) expect(row[4]).toEqual(inCell(large.prior));
    }
    expect(intervals).toBeGreaterThan(0);
  });

  test("has of every case its owner as a name and its age as a number", () => {
    const rows = [...sheets.values()].flat().map(({ values }) => values);
    for (const { dealId, owner, ageDays } of review.exceptions.rows) {
      const row = rows.find((values) => values[1] === dealId)!;
      expect(row[4] ?? null).toBe(owner?.name ?? null);
      expect(row[6]).toBe(ageDays);
    }
  });

  test("has the deals behind every part of every number, and they add up to it", () => {
    let sums = 0;
    for (const metric of METRICS) {
      for (const figure of metric.figures) {
        for (const { part, deals: count } of figure.opens) {
          const behind = pack.behind.find((one) => one.metric === metric.key && one.part === part)!;
          expect(behind.deals).toHaveLength(count);
          if (count === 0) continue;
          const title = `${behind.metricName}: ${behind.name}`;
          const rows = [...sheets.values()].find(([first]) => first?.values[0] === title)!;
          const end = rows.findIndex(({ values }) => values[0] === "Sum");
          const listed = rows.slice(4, end).map(({ values }) => values);
          expect(listed.map(([id]) => id)).toEqual(behind.deals.map(({ id }) => id));
          expect(listed.map((values) => values[9])).toEqual(
            behind.deals.map(({ amount, currency }) => major(amount, currency)),
          );
          const sum = rows[end]!;
          expect(sum.values[1]).toBe(count);
          expect(sum.formulas).toEqual([`COUNTA(A5:A${end})`, `SUM(K5:K${end})`]);
          if (figure.unit === "money" && figure.opens.length === 1 && isDefined(figure.value)) {
            expect(sum.values[10]).toBe(major(figure.value, "USD"));
            sums++;
          }
        }
      }
    }
    expect(sums).toBeGreaterThan(8);
  });

  test("calculates nothing that a deal's name asks for", () => {
    const texts = sharedStrings(sheetXml);
    for (const name of [
      '=HYPERLINK("http://evil.test","Halden")',
      "+1 Logistics",
      "@Work GmbH",
      "-Minus & Söhne <AG>",
    ]) {
      expect(texts).toContain(name);
    }
    const formulas = [...sheets.values()].flatMap((rows) => rows.flatMap((row) => row.formulas));
    for (const formula of formulas) expect(formula).toMatch(/^(COUNTA|SUM|MEDIAN)\([AKL]\d+:[AKL]\d+\)$/);
    expect(Object.values(sheetXml).join("")).not.toContain("evil.test&quot;,&quot;Halden&quot;)</f>");
  });

  test("names sheets as a workbook allows, each once", () => {
    expect(sheetName("Cycle: Won [2] closed/before created again", [])).toBe("Cycle Won 2 closed before…");
    expect(sheetName("Minutes", ["minutes"])).toBe("Minutes 2");
    expect(sheetName("a".repeat(40), [`${"a".repeat(30)}…`])).toBe(`${"a".repeat(28)}… 2`);
    expect(sheetName("Pipeline: Sourced, open at the end", [])).toBe("Pipeline Sourced, open at the…");
    expect(sheetName("Pipeline: Sourced, open, at end", [])).toBe("Pipeline Sourced, open, at end");
    for (const name of sheets.keys()) expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
  });
});

describe("the same pack", () => {
  afterEach(() => void vi.useRealTimers());

  test.each([
    ["PDF", reviewPdf],
    ["slides", reviewSlides],
    ["spreadsheet", reviewSheet],
  ])("is the same %s whenever it is made", async (_, write) => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-05-01T10:00:00Z") });
    const first = Buffer.from(await write(document));
    vi.setSystemTime(new Date("2027-11-30T23:59:58Z"));
    expect(Buffer.from(await write(document)).equals(first)).toBe(true);
    const later = { ...document, cover: { ...document.cover, at: "2026-04-17T14:05:00.000Z" } };
    expect(Buffer.from(await write(later)).equals(first)).toBe(false);
  });
});

describe("many cases", () => {
  test("of one kind that came to the same are said once, and each is a line", async () => {
    const sample = samplePack();
    const [one, ...others] = sample.review.exceptions.rows;
    const rows = Array.from({ length: 300 }, (_, nth) => ({ ...one!, dealId: `D-many-${nth}` }));
    const exceptions = { ...sample.review.exceptions, rows: [...rows, ...others] };
    const many = packDocument({ ...sample, review: { ...sample.review, exceptions } });
    const paper = await pdfOf(many);
    expect(paper.split(squeeze(one!.votes[0]!.reason))).toHaveLength(2);
    expect(paper).toContain(squeeze("Late record: 300 cases"));
    for (const { dealId } of rows) expect(paper).toContain(dealId);
  });
});

describe("state", () => {
  test("a frozen quarter's pack carries the digest in every format", () => {
    expect(pdf).toContain(DIGEST);
    for (const [name, xml] of Object.entries(slides)) {
      if (name.startsWith("ppt/slides/")) expect(xml).toContain(DIGEST);
    }
    expect(sheets.get("Contents")?.some(({ values }) => values.includes(DIGEST))).toBe(true);
  });

  test("a quarter that is not frozen, under a policy that is not signed, says both in every format", async () => {
    const open = packDocument(samplePack({ frozen: false, signed: false }));
    const paper = await pdfOf(open);
    const deck = unzip(await reviewSlides(open), /^ppt\/slides\/slide1\.xml$/)["ppt/slides/slide1.xml"]!;
    const contents = readSheets(unzip(await reviewSheet(open), /\.xml$/)).get("Contents")!;
    const book = contents.flatMap(({ values }) => values).join("\n");
    for (const words of ["Over and not frozen", "not signed, so every number here is provisional"]) {
      expect(paper).toContain(squeeze(words));
      expect(deck).toContain(words);
      expect(book).toContain(words);
    }
    expect(paper).not.toContain(DIGEST);
    expect(open.sections.map(({ title }) => title)).not.toContain("Restatements");
  });
});
