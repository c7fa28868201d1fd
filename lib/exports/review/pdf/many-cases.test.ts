import { getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { ascending } from "../../../metrics/statistics";
import type { ExceptionRow } from "../pack";
import { samplePack } from "../pack.fixture";
import { packDocument } from "../sections";
import { reviewPdf } from "./review-pdf";

const { review, ...rest } = samplePack();
/** From line to line of small print, in points. */
const SMALL_PRINT = 11.9;
const SAMPLE = review.exceptions.rows;

/** What is written on each page and where, a line each in reading order. */
async function linesOf(rows: readonly ExceptionRow[]) {
  const exceptions = { ...review.exceptions, rows };
  const pack = packDocument({ ...rest, review: { ...review, exceptions } });
  const pdf = await getDocumentProxy(new Uint8Array(await reviewPdf(pack)));
  const pages = Array.from({ length: pdf.numPages }, async (_, at) => {
    const page = await pdf.getPage(at + 1);
    const [, , width = 0, height = 0] = page.view;
    const lines = new Map<string, { x: number; text: string; fits: boolean }>();
    for (const item of (await page.getTextContent()).items) {
      if (!("str" in item) || item.str.trim() === "") continue;
      const [x, y] = [item.transform[4] as number, item.transform[5] as number];
      const key = y.toFixed(2);
      const line = lines.get(key) ?? { x, text: "", fits: y > 0 && y < height };
      lines.set(key, {
        x: Math.min(x, line.x),
        text: line.text + item.str.replace(/\s/g, ""),
        fits: line.fits && x > 0 && x + item.width < width,
      });
    }
    return [...lines].map(([y, line]) => ({ y: Number(y), ...line }));
  });
  return Promise.all(pages);
}

const many = (count: number, over: (nth: number) => Partial<ExceptionRow>): ExceptionRow[] =>
  Array.from({ length: count }, (_, nth) => ({
    ...SAMPLE[nth % SAMPLE.length]!,
    dealId: `D-many-${nth}`,
    ...over(nth),
  }));

/** High ones, each as high as it likes: what lies far down a page without an end is told apart least. */
const high = (nth: number) => "\n".repeat(10 + (nth % 7));

test.each([
  [
    "most of them each another",
    many(280, (nth) =>
      // Every fourth is alike, and one of many lines.
      nth % 4 === 3 ? {} : { kind: "other", claim: `Claim ${nth}:${high(nth)}they brought us the buyer.` },
    ),
  ],
  ["all alike", many(800, () => SAMPLE[0]!).map((row, nth) => ({ ...row, dealId: `D-many-${nth}` }))],
  [
    "in letters from right to left",
    many(120, (nth) => ({ kind: "other", claim: `${nth} ש`, account: "חברה" })),
  ],
])(
  "every one of many cases stands on a page, %s",
  async (_, rows) => {
    const pages = await linesOf(rows);
    for (const [at, lines] of pages.entries())
      for (const line of lines) expect(line, `page ${at + 1}`).toMatchObject({ fits: true });
    const shown = pages.flat().map(({ text }) => text);
    for (const { dealId } of rows) {
      const name = new RegExp(`${dealId}(?!\\d)`);
      expect(shown.filter((text) => name.test(text))).toHaveLength(1);
    }
    // None is printed over another.
    for (const lines of pages) {
      const places = lines.filter(({ text }) => text.includes("D-many")).map(({ y }) => y);
      const apart = [...ascending(places)].flatMap((y, at, all) => (at > 0 ? [y - all[at - 1]!] : []));
      expect(Math.min(SMALL_PRINT, ...apart)).toBeGreaterThan(SMALL_PRINT - 0.1);
    }
  },
  120_000,
);

test("a case that is laid out here stands as the renderer sets it", async () => {
  const claim = (nth: number) => `Claim ${nth}: Οδός, Мир, Żółta Łódź and 日本の会社.`;
  const rows = many(12, (nth) => ({ kind: "other", claim: claim(nth) }));
  const here = await linesOf(rows);
  // What this partner is called, nobody but the renderer can set.
  const theirs = await linesOf(rows.map((row) => ({ ...row, partner: { name: "חברה" } })));
  expect(here).toHaveLength(theirs.length);
  let compared = 0;
  for (const [at, lines] of here.entries()) {
    const others = theirs[at]!.filter(({ text }) => !text.includes("D-many"));
    for (const { text, x, y } of lines.filter((line) => !line.text.includes("D-many"))) {
      const same = others.find((other) => Math.abs(other.y - y) < 0.02);
      expect(same).toMatchObject({ text });
      expect(Math.abs(same!.x - x)).toBeLessThan(0.02);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(12 * 4);
}, 120_000);
