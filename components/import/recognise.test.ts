import { describe, expect, test } from "vitest";
import { delimiterOf } from "@/lib/connectors/csv/splitter";
import { Refusal } from "@/lib/errors";
import { parseMapping } from "@/lib/interchange/mapping";
import { draftMapping, fittingMapping, likelyKind } from "./recognise";
import { type Survey, surveyFile } from "./survey";

const CRM = `opportunity_id,sales_agent,account,deal_stage,engage_date,close_date,close_value
1,Moses,Acme,Won,2016-10-20,2017-03-01,1054
2,Darcel,,Engaging,2016-10-25,,
3,Moses,Acme,Lost,2016-10-25,2017-03-11,4514
`;

const file = (text: string) => new Blob([text]);

describe("a survey", () => {
  test("counts rows, fills and different values", async () => {
    const survey = await surveyFile(file(CRM));
    expect(survey.rows).toBe(3);
    expect(survey.columns.map(({ name, filled }) => [name, filled])).toContainEqual(["account", 2]);
    const stages = survey.columns.find(({ name }) => name === "deal_stage");
    expect(Object.fromEntries(stages!.values)).toEqual({ Won: 1, Engaging: 1, Lost: 1 });
  });

  test("finds the delimiter outside of quotes", () => {
    expect(delimiterOf('"a, b";c;d')).toBe(";");
    expect(delimiterOf("a\tb\tc")).toBe("\t");
    expect(delimiterOf("a|b|c")).toBe("|");
    expect(delimiterOf("a,b")).toBe(",");
    expect(delimiterOf("\ufeffsep=;")).toBe(";");
  });

  test("counts no line that is no row", async () => {
    const survey = await surveyFile(file(`sep=,\n${CRM},,,,,,\nGrand Total,,,,,,5568\nConfidential\n`));
    expect(survey.rows).toBe(3);
    expect(survey.columns.map(({ filled }) => filled)).toEqual([3, 3, 2, 3, 3, 2, 2]);
  });

  test("refuses an empty file whole", async () => {
    await expect(surveyFile(file(""))).rejects.toThrow(Refusal);
  });

  test("reads a file of many pieces as one", async () => {
    const rows = 30_000;
    const text = `id,name\n${Array.from({ length: rows }, (_, at) => `P-${at},"Partner, ${at}"`).join("\n")}`;
    const survey = await surveyFile(file(text));
    expect(survey.rows).toBe(rows);
    expect(survey.columns[1]).toMatchObject({ filled: rows, more: true });
  });
});

const surveyOf = (header: string[], values: Record<string, string[]> = {}): Survey => ({
  delimiter: ",",
  header,
  rows: 9,
  columns: header.map((name) => ({
    name,
    filled: 9,
    values: new Map((values[name] ?? []).map((value) => [value, 1])),
    more: false,
  })),
});

test("a foreign header of opportunities is taken for deals", async () => {
  expect(likelyKind(await surveyFile(file(CRM)), "sales_pipeline.csv")).toBe("deals");
});

test("a draft maps what it recognises, and a complete one parses", async () => {
  const survey = await surveyFile(file(CRM));
  const draft = draftMapping("deals", survey, "EUR");
  expect(draft.fields.id).toEqual({ column: "opportunity_id" });
  expect(draft.fields.currency).toEqual({ constant: "EUR" });
  expect(draft.fields.outcome).toEqual({
    column: "deal_stage",
    values: { Won: "won", Engaging: "open", Lost: "lost" },
  });
  expect(draft.dates).toBeNull();
  expect(parseMapping(draft)).toMatchObject({ kind: "deals" });
});

test("a saved mapping is offered only where the file has all of its columns", async () => {
  const survey = await surveyFile(file(CRM));
  const document = draftMapping("deals", survey, "USD");
  const saved = [{ id: "M-1", name: "CRM", kind: "deals", document }];
  expect(fittingMapping(survey, saved)?.name).toBe("CRM");
  expect(fittingMapping(surveyOf(["opportunity_id", "owner"]), saved)).toBeNull();
  expect(fittingMapping(survey, [{ ...saved[0]!, document: { kind: "deals" } }])).toBeNull();
});
