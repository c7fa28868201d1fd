import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvRecord, CsvSplitter, readRecords } from "./splitter";

/** Folders of CSV files and of what each says as JSON: the house's own, and one that may lie beside the checkout. */
const PAIRS = [
  { name: "fixtures/csv", csvs: "fixtures/csv", json: "fixtures/csv" },
  {
    name: "csv-spectrum",
    csvs: "../shared/data/interfaces/csv-spectrum/csvs",
    json: "../shared/data/interfaces/csv-spectrum/json",
  },
].filter(({ csvs }) => existsSync(csvs));

/** Pairs of csv-spectrum whose JSON does not say what their CSV does: other line ends, another phone number. */
const ERRATA: Record<string, unknown> = {
  newlines_crlf: [
    { a: "1", b: "2", c: "3" },
    { a: "Once upon \na time", b: "5", c: "6" },
    { a: "7", b: "8", c: "9" },
  ],
  location_coordinates: [
    {
      "Contact Phone Number": "2095257564",
      "Location Coordinates": "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W",
      Cities: "Modesto",
      Counties: "Stanislaus",
    },
  ],
};

/** The records of a text that comes in pieces of these lengths. */
function split(text: string, pieces: readonly number[] = [text.length]): CsvRecord[] {
  const splitter = new CsvSplitter();
  const records: CsvRecord[] = [];
  let at = 0;
  for (const length of pieces) {
    records.push(...splitter.push(text.slice(at, at + length)));
    at += length;
  }
  return [...records, ...splitter.push(text.slice(at)), ...splitter.end()];
}

const cells = (records: readonly CsvRecord[]) => records.map((record) => record.cells);

async function* bytes(...parts: Uint8Array[]) {
  yield* parts;
}

describe.each(PAIRS)("the files of $name", ({ csvs, json }) => {
  const names = readdirSync(csvs).flatMap((file) => (file.endsWith(".csv") ? [file.slice(0, -4)] : []));
  test.each(names)("%s", (name) => {
    const text = readFileSync(`${csvs}/${name}.csv`, "utf8");
    const expected = JSON.parse(readFileSync(`${json}/${name}.json`, "utf8"));
    const [header, ...rows] = split(text);
    const objects = rows.map(({ cells }) =>
      Object.fromEntries(header!.cells.map((column, at) => [column, cells[at]])),
    );
    expect(objects).toEqual(ERRATA[name] ?? expected);
    expect(rows.every(({ fault }) => fault === null)).toBe(true);
  });
});

describe("splitting", () => {
  const cell = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[ab,"\n\r]{0,8}$/),
    fc.constantFrom('"', '""', "a\r\nb", "é", "", "=1+1"),
  );
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 8 });
  const style = { newline: fc.constantFrom("\n", "\r\n"), bom: fc.boolean(), last: fc.boolean() };

  test("reads what csv-stringify writes, whatever the pieces, as csv-parse does", () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 12 });
    fc.assert(
      fc.property(table, fc.record(style), cuts, (rows, { newline, bom, last }, pieces) => {
        const text = stringify(rows, { record_delimiter: newline, quoted_match: /[\r\n]/, eof: last, bom });
        const records = split(text, pieces);
        expect(cells(records)).toEqual(rows);
        expect(cells(records)).toEqual(parse(text, { bom: true, relax_column_count: true }));
      }),
      { numRuns: 500 },
    );
  });

  test("counts lines through quoted breaks, blank lines and CRLF", () => {
    const records = split('a,b\r\n"1\r\n2",x\r\n\r\n3,y\n"4\n\n",z\rlast,z');
    expect(records.map(({ line, cells: [first] }) => [line, first])).toEqual([
      [1, "a"],
      [2, "1\r\n2"],
      [5, "3"],
      [6, "4\n\n"],
      [9, "last"],
    ]);
  });

  test.each([
    ['a\n"b"c,d\ne,f\n', "text follows a closing quote", 2],
    ['a\nb,"c\nd', "a quote opened in this line is never closed", 2],
    ['a\n"b\nb"c,d\ne,f\n', "text follows a closing quote; lines 2 to 3 are lost in it", 2],
  ])("%j has a fault on its line, and what follows is read", (text, fault, line) => {
    const faulty = split(text).filter((record) => record.fault !== null);
    expect(faulty.map((record) => [record.fault, record.line])).toEqual([[fault, line]]);
  });

  test("reads on after a faulty record", () => {
    expect(split('x\n"b"c,d\ne,f\n').at(-1)).toEqual({ line: 3, cells: ["e", "f"], fault: null });
    expect(split('x\na,"c\nd,e\n').at(-1)).toEqual({ line: 3, cells: ["d", "e"], fault: null });
  });

  test("a quote inside an unquoted cell is text", () => {
    expect(cells(split('19" rack,2\n'))).toEqual([['19" rack', "2"]]);
  });

  test("an endless record is refused rather than kept in memory", () => {
    const splitter = new CsvSplitter();
    expect(() => {
      for (let i = 0; i < 30; i++) splitter.push(`"${"x".repeat(50_000)}`);
    }).toThrow(/a quote not closed/);
  });
});

describe("bytes", () => {
  test("a character cut in two by the pieces is whole, and a BOM is not a column", async () => {
    const text = Buffer.from("\ufeffid,name\n1,Zürich\n");
    const cut = text.indexOf(0xc3) + 1;
    const records: CsvRecord[] = [];
    for await (const some of readRecords(bytes(text.subarray(0, cut), text.subarray(cut))))
      records.push(...some);
    expect(cells(records)).toEqual([
      ["id", "name"],
      ["1", "Zürich"],
    ]);
  });

  test("a file that is not UTF-8 is refused", async () => {
    const latin = Buffer.from("id,name\n1,Zürich\n", "latin1");
    const reading = async () => {
      for await (const _ of readRecords(bytes(latin)));
    };
    await expect(reading()).rejects.toThrow(/not UTF-8/);
  });
});
