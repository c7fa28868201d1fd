import { expect, test } from "vitest";
import { findFormats } from "@/lib/connectors/csv/find-formats";
import { readCsv } from "@/lib/connectors/csv/reader";
import { parseMapping } from "@/lib/interchange/mapping";
import { cellsOf, cellsOfField, fixedFile } from "./fixes";
import type { QueuedFile } from "./queue";
import { piecesOf, surveyFile } from "./survey";

const MAPPING = parseMapping({
  kind: "rates",
  fields: {
    quarter: { column: "Quarter" },
    currency: { column: "Code", else: ["Currency"] },
    rate: { column: "Rate" },
  },
});

async function queued(lines: readonly string[]): Promise<QueuedFile> {
  const file = new File([`${lines.join("\r\n")}\r\n`], "rates.csv");
  return {
    ...{ key: "one", file, survey: await surveyFile(file), kind: "rates", mapping: MAPPING },
    ...{ replaces: true, bringsBack: false, fixes: [], mappingName: null, state: { at: "ready" } },
  };
}

const LINES = [
  "Quarter;Code;Currency;Rate",
  '2026-Q1;CHF;"a ""b""\nc";1,0835',
  "2026-Q2;;XXQ;1,083",
  "2026-Q3;EUR",
  "2026-Q4;EUR;;1;2",
];

test("a refused line shows its own cells, short ones filled up; one with too many has none to show", async () => {
  const file = await queued(LINES);
  expect(await cellsOf(file, new Set([2, 4, 5, 6]))).toEqual(
    new Map([
      [2, ["2026-Q1", "CHF", 'a "b"\nc', "1,0835"]],
      [4, ["2026-Q2", "", "XXQ", "1,083"]],
      [5, ["2026-Q3", "EUR", "", ""]],
    ]),
  );
  expect(cellsOfField(file, "currency")).toEqual([1, 2]);
  expect(cellsOfField(file, "")).toEqual([]);
  expect(cellsOfField({ ...file, mapping: null }, "Rate")).toEqual([3]);
});

test("rows written anew are a file of their own, read as the first one is written, with the lines of that one", async () => {
  const file = await queued(LINES);
  const anew = fixedFile(file, [
    { line: 2, cells: ["2026-Q1", "CHF", 'a "b"\nc', "1,05"] },
    { line: 4, cells: ["2026-Q2", "USD", "", "1,083"] },
  ]);
  expect(anew).toMatchObject({ replaces: false, fixes: [], fixed: { of: file.file } });
  expect(anew.file.name).toBe("rates (fixed rows).csv");
  // By itself the second would read two ways; the first file says which.
  const formats = await findFormats(piecesOf(file.file), MAPPING, "UTC");
  const rows = [];
  for await (const read of readCsv(() => piecesOf(anew.file), "rates", MAPPING, "UTC", formats))
    rows.push(
      ...read.rows.map(({ line, values }) => [anew.fixed?.lines.get(line), values.currency, values.rate]),
    );
  expect(rows).toEqual([
    [2, "CHF", "1.05"],
    [4, "USD", "1.083"],
  ]);
});
