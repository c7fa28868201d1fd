// Long: a table of what public files hold, each with its right value.
import { describe, expect, test } from "vitest";
import { parseMapping } from "@/lib/interchange/mapping";
import { readRows } from "@/lib/interchange/read-row";
import { nothingRead, readCsv } from "./reader";

/** What public files hold, and the right value of each: a mapping, some lines, what they come to. */

const CLOCK = { today: "2026-06-30", zone: "America/New_York" };

async function* pieces(text: string) {
  yield text;
}

async function read(document: object, ...lines: string[]) {
  const mapping = parseMapping(document);
  const all = nothingRead();
  for await (const { rows, refused, leftOut, notes } of readCsv(
    () => pieces(`${lines.join("\n")}\n`),
    mapping.kind,
    mapping,
    CLOCK.zone,
  )) {
    all.rows.push(...rows);
    all.refused.push(...refused);
    all.notes.push(...notes);
    all.leftOut += leftOut;
  }
  const { good, refused } = readRows(mapping.kind, all.rows, CLOCK);
  return {
    values: all.rows.map(({ values }) => values),
    landed: good.map(({ row }) => row as unknown as Record<string, unknown>),
    refused: [...all.refused, ...refused].map(({ line, field, reason }) => `${line} ${field}: ${reason}`),
    notes: all.notes.map(({ text }) => text),
    leftOut: all.leftOut,
  };
}

const FIELDS = {
  id: { column: "Id" },
  account: { column: "Account", default: "" },
  owner: { column: "Owner" },
  amount: { column: "Amount" },
  currency: { constant: "USD" },
  type: { constant: "new" },
  route: { constant: "direct" },
  created_on: { column: "Created" },
  closed_on: { column: "Closed", when: { field: "outcome", is: ["won", "lost"] } },
  outcome: { column: "Stage", values: { Won: "won", Lost: "lost", Open: "open" } },
};
const DEALS = { kind: "deals", fields: FIELDS };
const HEADER = "Id,Account,Owner,Amount,Created,Closed,Stage";
const fields = (changes: object) => ({ ...DEALS, fields: { ...FIELDS, ...changes } });

describe("a format is a column's", () => {
  test("instants in one column and days in the next, unsaid", async () => {
    const { landed, refused, notes } = await read(
      DEALS,
      HEADER,
      "A01,Acme,Rep,12000.0,2024-01-15T10:20:30.000Z,2024-03-31,Won",
    );
    expect(refused).toEqual([]);
    expect(landed).toMatchObject([{ createdOn: "2024-01-15", closedOn: "2024-03-31", amount: 1200000 }]);
    expect(notes).toEqual([
      "Created: day and time (YYYY-MM-DDTHH:mm:ssZ), by the clock in New York, e.g. 2024-01-15T10:20:30.000Z → 15 Jan 2024",
      "Closed: day (YYYY-MM-DD), e.g. 2024-03-31 → 31 Mar 2024",
    ]);
  });

  test.each([
    ["20-10-16", "DD-MM-YY", "2016-10-20"],
    ["2024-01-15 10:20", undefined, "2024-01-15"],
    ["2024-01-15T10:20:30.000+0000", undefined, "2024-01-15"],
    ["15-Jan-2024", undefined, "2024-01-15"],
    ['"1/15/2024, 10:20 AM"', undefined, "2024-01-15"],
    ["2024-04-01T03:30:00Z", undefined, "2024-03-31"],
    ["28.09.2025", undefined, "2025-09-28"],
  ])("%s in %s is %s", async (cell, format, day) => {
    const mapping = fields({ created_on: { column: "Created", ...(format && { format }) } });
    const { landed } = await read(mapping, HEADER, `1,Acme,Rep,5,${cell},,Open`);
    expect(landed).toMatchObject([{ createdOn: day }]);
  });

  test("one format for all, as mappings say it that stand today", async () => {
    const mapping = { ...DEALS, dates: "DD-MM-YY" };
    const { landed } = await read(mapping, HEADER, "1,Acme,Rep,5,20-10-16,21-10-16,Won");
    expect(landed).toMatchObject([{ createdOn: "2016-10-20", closedOn: "2016-10-21" }]);
  });

  test("a column of its own zone, days of the mapping's", async () => {
    const mapping = {
      ...fields({ created_on: { column: "Created", timesIn: "UTC" } }),
      zone: "Europe/Berlin",
    };
    const { landed } = await read(mapping, HEADER, "1,Acme,Rep,5,2024-03-31 23:30:00,,Open");
    expect(landed).toMatchObject([{ createdOn: "2024-04-01" }]);
  });

  test("no format is said to be found where none is", async () => {
    const { refused, notes } = await read(DEALS, HEADER, "1,Acme,Rep,5,soon,,Open");
    expect(notes).toEqual(["Created: no date format found; the first cell is “soon”"]);
    expect(refused).toEqual([
      "2 created_on: no date format was found for Created; its first cell is “soon”: say one in the mapping",
    ]);
  });
});

describe("amounts and rates", () => {
  test.each([
    ['"$12,000.00"', 1200000],
    ["USD 12000", 1200000],
    ["12000 $", 1200000],
    ["12000.0000", 1200000],
    ['"12,500.00"', 1250000],
    ["€12000", "2 amount: € does not stand for USD, the row's currency"],
    ["12000.123", "2 amount: USD has at most 2 decimals"],
    [
      '"3,100"',
      expect.stringMatching(/can be written 1054,00 or 1,054.00|can be written 1,054.00 or 1054,00/),
    ],
  ])("%s in a row of USD", async (cell, right) => {
    const { landed, refused } = await read(DEALS, HEADER, `1,Acme,Rep,${cell},2024-01-15,,Open`);
    expect(landed[0]?.amount ?? refused[0]).toEqual(right);
  });

  test("yen have no decimals but zeros", async () => {
    const mapping = fields({ currency: { constant: "JPY" } });
    const { landed, refused } = await read(
      mapping,
      HEADER,
      "1,Acme,Rep,5000.00,2024-01-15,,Open",
      "2,Acme,Rep,5000.5,2024-01-15,,Open",
    );
    expect(landed).toMatchObject([{ id: "1", amount: 5000 }]);
    expect(refused).toEqual(["3 amount: JPY has at most 0 decimals"]);
  });

  test("one bad cell never changes how the others are read", async () => {
    const rows = ['"12,500.00"', "48000", "abc"].map((cell, at) => `${at},Acme,Rep,${cell},2024-01-15,,Open`);
    const { landed, refused } = await read(DEALS, HEADER, ...rows);
    expect(landed.map(({ amount }) => amount)).toEqual([1250000, 4800000]);
    expect(refused).toEqual(["4 amount: an amount of money is written 1,054.00"]);
  });

  test("thousands are not taken for a zero too many", async () => {
    const { landed, refused } = await read(DEALS, HEADER, "1,Acme,Rep,12.000,2024-01-15,,Open");
    expect(landed).toEqual([]);
    expect(refused[0]).toMatch(/2 amount: can be written 1054\.00 or 1\.054,00/);
  });

  test("a rate with a comma is found, and one that may be a thousand asks", async () => {
    const rates = {
      kind: "rates",
      fields: { quarter: { column: "Quarter" }, currency: { column: "Currency" }, rate: { column: "Rate" } },
    };
    const found = await read(rates, "Quarter;Currency;Rate", "2024-Q1;CHF;1,0835");
    expect(found.landed).toMatchObject([{ rate: "1.0835" }]);
    const asked = await read(rates, "Quarter;Currency;Rate", "2024-Q1;CHF;1,083");
    expect(asked.refused[0]).toMatch(/rate: can be written/);
  });
});

describe("words in cells", () => {
  test("a default stands for what `when` leaves out", async () => {
    const when = { field: "outcome", is: ["won", "lost"] };
    const mapping = fields({ amount: { column: "Amount", default: "0", when } });
    const { landed } = await read(mapping, HEADER, "1,Acme,Rep,-1,2024-01-15,,Open");
    expect(landed).toMatchObject([{ amount: 0 }]);
  });

  test("values of what is no choice list only what they change", async () => {
    const mapping = fields({
      account: { column: "Account", values: { null: null, "#N/A": "" } },
      created_on: { column: "Created", values: { "0000-00-00": "2020-01-01" } },
    });
    const { landed, refused } = await read(
      mapping,
      HEADER,
      "1,null,Rep,5,0000-00-00,,Open",
      "2,Cancity,Rep,5,2024-01-15,,Open",
      "3,#N/A,Rep,5,2024-01-15,,Open",
    );
    expect(refused).toEqual([]);
    expect(landed.map(({ account, createdOn }) => [account, createdOn])).toEqual([
      [null, "2020-01-01"],
      ["Cancity", "2024-01-15"],
      [null, "2024-01-15"],
    ]);
  });

  test("a choice that is not listed refuses its row", async () => {
    const { refused } = await read(DEALS, HEADER, "1,Acme,Rep,5,2024-01-15,,Stalled");
    expect(refused).toEqual(["2 outcome: the mapping does not say what this value of Stage means"]);
  });

  test("the first filled of several columns feeds a field, each in a format of its own", async () => {
    const mapping = fields({ closed_on: { column: "Won time", else: ["Lost time"] } });
    const { landed } = await read(
      mapping,
      "Id,Account,Owner,Amount,Created,Won time,Lost time,Stage",
      "1,Acme,Rep,5,2024-01-15,2024-03-31 10:00:00,,Won",
      "2,Acme,Rep,5,2024-01-15,,30.04.2024,Lost",
    );
    expect(landed.map(({ closedOn }) => closedOn)).toEqual(["2024-03-31", "2024-04-30"]);
  });

  test("rows that the mapping leaves out are counted, not refused", async () => {
    const history = {
      kind: "stage_history",
      leaveOut: [{ column: "Stage", is: ["Closed Won", "Closed Lost"] }],
      fields: {
        deal_id: { column: "Deal" },
        stage: { column: "Stage", values: { Prospecting: "1", Qualification: "2" } },
        entered_on: { column: "Day" },
      },
    };
    const read3 = await read(
      history,
      "Deal,Stage,Day",
      "D,Qualification,2024-02-20T20:00:00.000Z",
      "D,Prospecting,2024-02-20T14:00:00.000Z",
      "D,Closed Won,2024-03-20T14:00:00.000Z",
    );
    expect(read3).toMatchObject({ refused: [], leftOut: 1 });
    expect(read3.landed).toMatchObject([
      { stage: 2, enteredOn: "2024-02-20", enteredTime: "15:00:00" },
      { stage: 1, enteredOn: "2024-02-20", enteredTime: "09:00:00" },
    ]);
  });
});

describe("what is no row", () => {
  const GOOD = "1,Acme,Rep,5,2024-01-15,,Open";
  const tell = ({ refused, notes, landed }: Awaited<ReturnType<typeof read>>) => ({
    refused,
    notes: notes.filter((text) => !text.startsWith("Created:")),
    ids: landed.map(({ id }) => id),
  });

  test("a line for spreadsheets, separators, rows that end early, the closing lines of a report", async () => {
    const told = await read(
      DEALS,
      "sep=,",
      HEADER,
      GOOD,
      ",,,,,,",
      "2,Acme,Rep,5,2024-01-15,2024-03-31,Won,,",
      '3,Acme,Rep,"5",2024-01-15,,Open',
      "",
      "Grand Total,,,15,,,",
      "My report",
      '"Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."',
      "Confidential Information - Do Not Distribute",
    );
    expect(tell(told)).toEqual({
      refused: [],
      ids: ["1", "2", "3"],
      notes: [
        "the line that tells a spreadsheet what stands between cells was passed over",
        "Closed: day (YYYY-MM-DD), e.g. 2024-03-31 → 31 Mar 2024",
        "one line of nothing but separators was passed over (line 4)",
        "4 lines after the last of data were passed over (lines 8, 9, 10, 11)",
      ].sort((a, b) => Number(b.startsWith("Closed")) - Number(a.startsWith("Closed"))),
    });
  });

  test("with defaults for all else, a total is still no deal", async () => {
    const mapping = fields({
      owner: { column: "Owner", default: "Rep" },
      created_on: { column: "Created", default: "2024-01-01" },
      outcome: { ...FIELDS.outcome, default: "open" },
    });
    expect(tell(await read(mapping, HEADER, GOOD, "Grand Total,,,12000,,,")).ids).toEqual(["1"]);
    const between = tell(await read(mapping, HEADER, "Grand Total,,,12000,,,", GOOD));
    expect(between).toMatchObject({ ids: ["1"], refused: ["2 : looks like a total, and rows follow it"] });
  });

  test("a row that ends early has empty cells; one too long is refused", async () => {
    const mapping = fields({ outcome: { ...FIELDS.outcome, default: "open" } });
    const told = tell(
      await read(mapping, HEADER, "1,Acme,Rep,5,2024-01-15", "2,Acme,Rep,5,2024-01-15,,Open,x"),
    );
    expect(told).toEqual({
      ids: ["1"],
      refused: ["3 : has 8 cells where the header has 7"],
      notes: ["one line ends early and was read with empty cells (line 2)"],
    });
  });

  test("a header that stands twice matters only where it is read", async () => {
    const twice = await read(DEALS, `${HEADER},Note,Note`, `${GOOD},a,b`);
    expect(tell(twice)).toEqual({ refused: [], notes: [], ids: ["1"] });
    await expect(read(DEALS, `${HEADER},Stage`, `${GOOD},Won`)).rejects.toThrow(/names two columns/);
  });

  test.each([";", "\t", "|", ","])("%j between the cells is found", async (sign) => {
    const told = await read(DEALS, HEADER.replaceAll(",", sign), GOOD.replaceAll(",", sign));
    expect(tell(told).ids).toEqual(["1"]);
  });

  test("a quote that is never closed costs its own line", async () => {
    const told = tell(
      await read(DEALS, HEADER, GOOD, '2,"Acme,Rep,5,2024-01-15,,Open', "3,Acme,Rep,5,2024-01-15,,Open"),
    );
    expect(told).toMatchObject({
      ids: ["1", "3"],
      refused: ["3 : a quote opened in this line is never closed"],
    });
  });

  test("lines that a quote swallows are named", async () => {
    const told = tell(
      await read(DEALS, HEADER, '2,"Acme,Rep,5,2024-01-15,,Open', '3,"Acme",Rep,5,2024-01-15,,Open', GOOD),
    );
    expect(told.ids).toEqual(["1"]);
    expect(told.refused).toEqual(["2 : text follows a closing quote; lines 2 to 3 are lost in it"]);
  });
});

describe("ids", () => {
  test("15 and 18 characters of Salesforce are one deal", async () => {
    const { landed, refused } = await read(
      DEALS,
      HEADER,
      "0063h00000ABcDeAAL,Acme,Rep,5,2024-01-15,,Open",
      "0063h00000ABcDe,Acme,Rep,6,2024-01-15,,Open",
      "0063h00000AbcDe,Acme,Rep,6,2024-01-15,,Open",
    );
    expect(landed.map(({ id }) => id)).toEqual(["0063h00000ABcDe", "0063h00000AbcDe"]);
    expect(refused).toEqual(["3 id: stands on line 2 of this file already"]);
  });

  test("one that a spreadsheet turned into a number is refused, and why", async () => {
    const { refused } = await read(DEALS, HEADER, "1.23457E+10,Acme,Rep,5,2024-01-15,,Open");
    expect(refused).toEqual([
      "2 id: a spreadsheet has turned this id into a number; export it again, as text",
    ]);
  });
});
