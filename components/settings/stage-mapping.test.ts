import { describe, expect, test } from "vitest";
import { type Mapping, parseMapping } from "@/lib/interchange/mapping";
import { knownStages, meaningOf, meaningsOf, stageFields, told, UNTOLD } from "./stage-mapping";

const constant = (text: string) => ({ constant: text });
const stage = {
  column: "Stage",
  values: { Prospecting: "1", Proposal: "4", "Closed Won": "", "Closed Lost": "" },
};
const outcome = {
  column: "Stage",
  values: { Prospecting: "open", Proposal: "open", "Closed Won": "won", "Closed Lost": "lost" },
};
const mappingOf = (more: Record<string, unknown>): Mapping =>
  parseMapping({
    kind: "deals",
    fields: {
      ...{ id: { column: "Id" }, account: { column: "Account" }, owner: { column: "Owner" } },
      ...{ amount: { column: "Amount" }, currency: constant("USD"), type: constant("new") },
      ...{ route: constant("direct"), created_on: { column: "Created" }, outcome, stage, ...more },
    },
  });
const DEALS = mappingOf({});

test("knows the CRM's stages in our order, and how those that close a deal close it", () => {
  expect(knownStages(DEALS).map((name) => [name, meaningOf(DEALS, name)])).toEqual([
    ["Prospecting", "1"],
    ["Proposal", "4"],
    ["Closed Lost", "lost"],
    ["Closed Won", "won"],
  ]);
  expect(meaningOf(DEALS, "Pilot")).toBe(UNTOLD);
});

describe("a stage that is told", () => {
  test.each([
    ["2", "2", "open"],
    ["won", "", "won"],
    ["", "", "open"],
  ])("as %j is stage %j, and the deal is %s", (meaning, atStage, isOutcome) => {
    const now = told(DEALS, "Pilot", meaning);
    expect(now.fields.stage).toMatchObject({ values: { Pilot: atStage, Proposal: "4" } });
    expect(now.fields.outcome).toMatchObject({ values: { Pilot: isOutcome, "Closed Won": "won" } });
    expect(meaningOf(now, "Pilot")).toBe(meaning);
    expect(parseMapping(JSON.parse(JSON.stringify(now)))).toEqual(now);
  });

  test("and taken back refuses its rows again", () => {
    expect(told(told(DEALS, "Pilot", "2"), "Pilot", UNTOLD)).toEqual(DEALS);
  });

  test("says nothing of an outcome that another column gives", () => {
    const apart = mappingOf({ outcome: { column: "Status", values: { Open: "open", Won: "won" } } });
    expect(told(apart, "Pilot", "2").fields.outcome).toEqual(apart.fields.outcome);
    expect(stageFields(apart)).toEqual(["stage"]);
    expect(meaningsOf(apart).map(({ value }) => value)).not.toContain("won");
  });
});

test("a mapping whose cells are stages already, or that has none, is none of stages", () => {
  expect(stageFields(mappingOf({ stage: { column: "Stage" } }))).toEqual([]);
  expect(
    stageFields(
      parseMapping({
        kind: "rates",
        fields: { quarter: { column: "Q" }, currency: { column: "C" }, rate: { column: "R" } },
      }),
    ),
  ).toEqual([]);
});
