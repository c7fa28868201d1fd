import { describe, expect, test } from "vitest";
import { findFormats } from "@/lib/connectors/csv/find-formats";
import { nothingRead, readCsv } from "@/lib/connectors/csv/reader";
import { type Mapping, parseMapping } from "@/lib/interchange/mapping";
import { readRows } from "@/lib/interchange/read-row";
import { openQuestion } from "./open-question";
import { draftMapping, isTold, likelyKind, shippedMapping } from "./recognise";
import { piecesOf, surveyFile } from "./survey";

const CLOCK = { today: "2026-06-30", zone: "America/New_York" };

/** A file as the page takes it when nobody says a word: surveyed, drafted, looked through, read. */
async function asPage(
  name: string,
  lines: readonly string[],
  change: (mapping: Mapping) => Mapping = (one) => one,
) {
  const file = new File([`${lines.join("\n")}\n`], name);
  const survey = await surveyFile(file);
  const shipped = shippedMapping(survey, "USD");
  const drafted = shipped?.mapping ?? draftMapping(likelyKind(survey, name), survey, "USD");
  const mapping = parseMapping(change(drafted));
  const question = openQuestion(mapping, await findFormats(piecesOf(file), mapping, CLOCK.zone));
  const all = nothingRead();
  if (question === null)
    for await (const { rows, refused } of readCsv(() => piecesOf(file), mapping.kind, mapping, CLOCK.zone)) {
      all.rows.push(...rows);
      all.refused.push(...refused);
    }
  const { good, refused } = readRows(mapping.kind, all.rows, CLOCK);
  return {
    kind: mapping.kind,
    shipped: shipped?.name ?? null,
    isTold: isTold(mapping, survey),
    question,
    landed: good.map(({ row }) => row as unknown as Record<string, unknown>),
    refused: [...all.refused, ...refused].map(({ line, field }) => `${line} ${field}`),
  };
}

const HEADER = "Id,Account,Owner,Amount,Created,Closed,Stage";

describe("the page reads what public files hold, and asks only where two readings are possible", () => {
  test("instants in one column, days in the next", async () => {
    const read = await asPage("export.csv", [
      HEADER,
      "A01,Acme,Rep,12000.0,2024-01-15T10:20:30.000Z,2024-03-31,Won",
    ]);
    expect(read).toMatchObject({ question: null, refused: [], isTold: true });
    expect(read.landed).toMatchObject([{ createdOn: "2024-01-15", closedOn: "2024-03-31", amount: 1200000 }]);
  });

  test("HubSpot's minutes", async () => {
    const read = await asPage("deals.csv", [HEADER, "1,Acme,Rep,5,2024-01-15 10:20,2024-03-31 23:59,Won"]);
    expect(read).toMatchObject({
      question: null,
      landed: [{ createdOn: "2024-01-15", closedOn: "2024-03-31" }],
    });
  });

  test("signs of the currency, and one bad cell among good ones", async () => {
    const amounts = ['"$12,500.00"', "48000", "abc"].map(
      (cell, at) => `${at},Acme,Rep,${cell},2024-01-15,,Open`,
    );
    const read = await asPage("deals.csv", [HEADER, ...amounts]);
    expect(read.question).toBeNull();
    expect(read.landed.map(({ amount }) => amount)).toEqual([1250000, 4800000]);
    expect(read.refused).toEqual(["4 amount"]);
  });

  test("a rate with a comma is read, one with two readings asks", async () => {
    const rate = (cell: string) => asPage("rates.csv", ["Quarter;Currency;Rate", `2024-Q1;CHF;${cell}`]);
    expect(await rate("1,0835")).toMatchObject({
      kind: "rates",
      question: null,
      landed: [{ rate: "1.0835" }],
    });
    expect((await rate("1,083")).question).toBe("Rate: say how the numbers in Rate are written.");
  });

  test("a day with two readings asks, of its own column only; said, it is read", async () => {
    const lines = [HEADER, "1,Acme,Rep,5,2024-01-15,03/04/2024,Won"];
    expect((await asPage("deals.csv", lines)).question).toBe(
      "Closed on: say how the days in Closed are written.",
    );
    const said = await asPage("deals.csv", lines, (mapping) => ({
      ...mapping,
      fields: { ...mapping.fields, closed_on: { column: "Closed", format: "M/D/YYYY" } },
    }));
    expect(said).toMatchObject({
      question: null,
      landed: [{ createdOn: "2024-01-15", closedOn: "2024-03-04" }],
    });
  });

  test("a line for spreadsheets, a header that stands twice, a report's end", async () => {
    const read = await asPage("deals.csv", [
      "sep=;",
      `${HEADER.replaceAll(",", ";")};Note;Note`,
      "1;Acme;Rep;5;2024-01-15;;Open;a;b",
      ";;;;;;;;",
      "Grand Total;;;5",
    ]);
    expect(read).toMatchObject({ question: null, refused: [], landed: [{ id: "1" }] });
  });

  test("a deal lands in the stage that the file names", async () => {
    const stages = ["Negotiation", "Closed Won"].map(
      (stage, at) => `${at},Acme,Rep,5,2024-01-15,2024-03-31,${stage}`,
    );
    const read = await asPage("deals.csv", [HEADER, ...stages]);
    expect(read.landed).toMatchObject([
      { outcome: "open", closedOn: null, stands: { stage: 5, enteredOn: CLOCK.today } },
      { outcome: "won", closedOn: "2024-03-31", stands: null },
    ]);
  });

  test("a common system's file needs no answer, until it has a stage of the company's own", async () => {
    const hubspot = (stage: string) => [
      "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date",
      `18273646,Globex,${stage},2026-09-30 10:00,Ann Lee,,2026-06-01 10:20`,
    ];
    expect(await asPage("x.csv", hubspot("Contract Sent"))).toMatchObject({
      shipped: "HubSpot deals",
      isTold: true,
      refused: [],
    });
    expect(await asPage("x.csv", hubspot("Legal review"))).toMatchObject({
      shipped: "HubSpot deals",
      isTold: false,
    });
  });
});
