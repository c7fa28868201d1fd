import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Kind } from "@/lib/interchange/kinds";
import { parseMapping } from "@/lib/interchange/mapping";
import { batchesOf } from "./batches";
import { nothingRead, type Reading, readCsv } from "./reader";
import { REFUSED_HEADER, refusedLines } from "./refused-file";
import { suggestMapping } from "./suggest";

async function* file(text: string) {
  yield text;
}

async function readText(text: string, kind: Kind, mapping: unknown = null): Promise<Reading> {
  const all = nothingRead();
  for await (const reading of readCsv(
    () => file(text),
    kind,
    mapping === null ? null : parseMapping(mapping),
    "America/Los_Angeles",
  )) {
    all.rows.push(...reading.rows);
    all.refused.push(...reading.refused);
    all.notes.push(...reading.notes);
    all.leftOut += reading.leftOut;
  }
  return all;
}

const PARTNERS = "id,name,kind,parent_id,programs\n";

/** A pipeline as strangers export it: their columns, their words, their days and numbers. */
const MAPPING = {
  kind: "deals",
  dates: "DD/MM/YYYY",
  delimiter: ";",
  numbers: { decimal: ",", thousands: "." },
  fields: {
    id: { column: "Opp" },
    account: { column: "Customer", default: "" },
    owner: { column: "Rep" },
    amount: { column: "Value", default: "0" },
    currency: { constant: "EUR" },
    type: { constant: "new" },
    route: { constant: "direct" },
    created_on: { column: "Opened" },
    closed_on: { column: "Close", when: { field: "outcome", is: ["won", "lost"] } },
    outcome: { column: "Stage", values: { Won: "won", Lost: "lost", Engaging: "open" } },
  },
};
const HEADER = "Opp;Customer;Rep;Value;Opened;Close;Stage;Notes\n";

describe("a file of the format", () => {
  test("BOM, CRLF and quotes", async () => {
    const { rows, refused } = await readText(
      `\ufeff${PARTNERS.trim()}\r\n"P-1","Smith, ""Sons"" & Co",agency,,\r\n`,
      "partners",
    );
    expect(refused).toEqual([]);
    expect(rows).toEqual([
      {
        line: 2,
        values: { id: "P-1", name: 'Smith, "Sons" & Co', kind: "agency", parent_id: "", programs: "" },
      },
    ]);
  });

  test("rows that do not fit the header, faulty quotes and repeated keys come back with their line", async () => {
    const text = `${PARTNERS}P-1,A,agency,,\nP-2,B,agency,,,x\n"P-3"x,C,agency,,\nP-1,D,agency,,\nP-4,E,agency,,\n`;
    const { rows, refused } = await readText(text, "partners");
    expect(rows.map(({ values }) => values.id)).toEqual(["P-1", "P-4"]);
    expect(refused.map(({ line, field, reason }) => [line, field, reason])).toEqual([
      [3, "", "has 6 cells where the header has 5"],
      [4, "", "text follows a closing quote"],
      [5, "id", "stands on line 2 of this file already"],
    ]);
  });

  test.each([
    ["", /the file is empty/],
    ["id,name\n", /partners needs this column/],
    ["id,name,kind,colour\n", /not a column of partners; a mapping/],
    ["id,id,name,kind\n", /names two columns/],
  ])("the header %j refuses the file", async (text, reason) => {
    await expect(readText(text, "partners")).rejects.toThrow(reason);
  });
});

describe("a foreign file through its mapping", () => {
  test("columns, words, days, numbers, constants, defaults and conditions", async () => {
    const { rows, refused } = await readText(
      `${HEADER}1;Acme;Ann;1.054,50;03/04/2017;05/06/2017;Won;x\n2;;Bob;;04/04/2017;31/12/2017;Engaging;\n`,
      "deals",
      MAPPING,
    );
    expect(refused).toEqual([]);
    expect(rows.map(({ values }) => values)).toEqual([
      {
        id: "1",
        account: "Acme",
        owner: "Ann",
        amount: "1054.50",
        currency: "EUR",
        type: "new",
        route: "direct",
        created_on: "2017-04-03",
        closed_on: "2017-06-05",
        outcome: "won",
      },
      expect.objectContaining({ account: "", amount: "0", closed_on: "", outcome: "open" }),
    ]);
  });

  test.each([
    ["1;Acme;Ann;1,5;;;Engaging;", "created_on", "Opened is empty and the mapping has no default for it"],
    ["1;Acme;Ann;1,5;04/13/2017;;Engaging;", "created_on", "is not a day written DD/MM/YYYY"],
    ["1;Acme;Ann;1.5;04/03/2017;;Engaging;", "amount", /is written 1\.054,00/],
    ["1;Acme;Ann;1,5;04/03/2017;;Stalled;", "outcome", /does not say what this value of Stage means/],
  ])("%s is refused", async (row, field, reason) => {
    const { refused } = await readText(`${HEADER}${row}\n`, "deals", MAPPING);
    expect(refused).toEqual([
      { line: 2, field, value: expect.any(String), reason: expect.stringMatching(reason) },
    ]);
  });

  test("an account without default is needed", async () => {
    const { default: _, ...account } = MAPPING.fields.account;
    const strict = { ...MAPPING, fields: { ...MAPPING.fields, account } };
    const { refused } = await readText(`${HEADER}1;;Ann;1,5;04/03/2017;;Engaging;\n`, "deals", strict);
    expect(refused).toEqual([
      { line: 2, field: "account", value: "", reason: expect.stringMatching(/Customer is empty/) },
    ]);
  });

  test("days with two readings refuse the file whole, before a row is read; the mapping settles it", async () => {
    const { dates: _, ...silent } = MAPPING;
    const row = (opened: string) => `${opened};Acme;Ann;1,5;${opened};;Engaging;\n`;
    await expect(readText(`${HEADER}${row("03/04/2017")}`, "deals", silent)).rejects.toThrow(
      /2017-04-03 \(D\/M\/YYYY\) or 2017-03-04 \(M\/D\/YYYY\)/,
    );
    await expect(
      readText(`${HEADER}${row("25/04/2017")}${row("04/25/2017")}`, "deals", silent),
    ).rejects.toThrow(/line 3 is written another way/);
    const { rows } = await readText(`${HEADER}${row("03/04/2017")}${row("25/04/2017")}`, "deals", silent);
    expect(rows.map(({ values }) => values.created_on)).toEqual(["2017-04-03", "2017-04-25"]);
  });

  test("a column that the file lacks refuses the file", async () => {
    await expect(readText("Opp;Rep\n", "deals", MAPPING)).rejects.toThrow(
      /mapping of account needs this column/,
    );
  });
});

describe("a mapping document", () => {
  test.each([
    [{ ...MAPPING, kind: "contacts" }, "kind"],
    [{ ...MAPPING, dates: "DD/MM" }, "dates"],
    [{ ...MAPPING, zone: "+02:00" }, "zone"],
    [{ ...MAPPING, source: "abacus" }, "source"],
    [{ ...MAPPING, delimiter: "^" }, "delimiter"],
    [{ ...MAPPING, leaveOut: [{ column: "Stage" }] }, "leaveOut[0].is"],
    [{ ...MAPPING, fields: { ...MAPPING.fields, owner: { column: "Rep", else: [] } } }, "fields.owner.else"],
    [
      { ...MAPPING, fields: { ...MAPPING.fields, created_on: { column: "O", format: "soon" } } },
      "fields.created_on.format",
    ],
    [{ ...MAPPING, colour: "red" }, "colour"],
    [{ ...MAPPING, numbers: { decimal: ",", thousands: "," } }, "numbers.thousands"],
    [{ ...MAPPING, fields: { ...MAPPING.fields, owner: undefined } }, "fields.owner"],
    [{ ...MAPPING, fields: { ...MAPPING.fields, mood: { constant: "" } } }, "fields.mood"],
    [{ ...MAPPING, fields: { id: { column: "Opp" } } }, "fields.account"],
    [null, ""],
  ])("%#. is refused at its path", (document, field) => {
    expect(() => parseMapping(document)).toThrow(expect.objectContaining({ field }));
  });

  test("reads what it wrote", () => {
    const mapping = parseMapping(MAPPING);
    expect(parseMapping(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping);
  });

  test("a suggestion takes the columns whose names fit and leaves words to people", () => {
    const header = ["Opportunity ID", "Account Name", "Close Date", "Stage"];
    expect(suggestMapping("deals", header)).toMatchObject({
      dates: null,
      numbers: null,
      fields: {
        id: { column: "Opportunity ID" },
        account: { column: "Account Name" },
        closed_on: { column: "Close Date" },
        outcome: { column: "Stage" },
      },
    });
  });
});

describe("what goes out", () => {
  test("a refused value that a spreadsheet would run is disarmed", () => {
    const rows = ['=HYPERLINK("http://x")', "+1", "-1", "@sum", "\t=1", "plain"].map((value, at) => ({
      line: at + 2,
      field: "amount",
      value,
      reason: 'is "bad", really',
    }));
    const text = REFUSED_HEADER + refusedLines(rows);
    const read = parse(text, { columns: true }) as Record<string, string>[];
    expect(read.map(({ value }) => value)).toEqual([
      `'=HYPERLINK("http://x")`,
      "'+1",
      "'-1",
      "'@sum",
      "'\t=1",
      "plain",
    ]);
    expect(read[0]).toMatchObject({ line: "2", field: "amount", reason: 'is "bad", really' });
  });

  test("batches are cut anywhere and lose nothing; of a file that replaces, a deal's rows come in one", async () => {
    async function* readings() {
      for (const stage of [1, 2, 3])
        for (let deal = 0; deal < 1500; deal++)
          yield {
            rows: [{ line: 1, values: { deal_id: `D-${deal}`, stage: `${stage}` } }],
            refused: deal % 2 ? [{ line: 1, field: "", value: "", reason: "" }] : [],
            leftOut: 1,
            notes: [],
          };
    }
    const cut = async (replaces: boolean) => {
      const batches: Reading[] = [];
      for await (const batch of batchesOf(readings(), "stage_history", replaces)) batches.push(batch);
      const dealsIn = ({ rows }: Reading) => new Set(rows.map(({ values }) => values.deal_id)).size;
      return {
        sizes: batches.map(({ rows }) => rows.length).filter((size) => size > 0),
        refused: batches.reduce((sum, { refused }) => sum + refused.length, 0),
        deals: batches.reduce((sum, batch) => sum + dealsIn(batch), 0),
      };
    };
    expect(await cut(false)).toMatchObject({ sizes: [2000, 2000, 500], refused: 2250 });
    expect(await cut(true)).toEqual({ sizes: [1998, 1998, 504], refused: 2250, deals: 1500 });
  });

  test("rates are read by the rule of amounts: a separator stands between groups of three", async () => {
    const rates = async (rate: string, decimal: string, thousands: string) => {
      const mapping = {
        kind: "rates",
        delimiter: ";",
        numbers: { decimal, thousands },
        fields: { quarter: { column: "Q" }, currency: { column: "C" }, rate: { column: "R" } },
      };
      const { rows, refused } = await readText(`Q;C;R\n2024-Q1;CHF;${rate}\n`, "rates", mapping);
      return rows[0]?.values.rate ?? refused[0]?.field;
    };
    expect(await rates("1.05", ",", ".")).toBe("rate");
    expect(await rates("10,83", ".", ",")).toBe("rate");
    expect(await rates("1,0,8", ".", ",")).toBe("rate");
    expect(await rates("1,083", ".", ",")).toBe("1083");
    expect(await rates("1.234,5", ",", ".")).toBe("1234.5");
  });
});
