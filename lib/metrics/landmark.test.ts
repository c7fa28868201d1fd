import { describe, expect, it, test } from "vitest";
import type { Facts } from "../attribution/facts";
import { daysFrom, daysInStages, landmarkOf, sightingOf } from "./landmark";

const CLOSE = "2026-06-30";

describe("the landmark", () => {
  const facts = (overrides: Partial<Facts>): Facts => ({
    asOf: "2026-07-31",
    deal: {
      ...{ id: "D-1", amount: 1, currency: "USD", type: "new", route: "direct", createdOn: "2026-01-01" },
      ...{ closedOn: CLOSE, outcome: "won", firstEngagedOn: null, recreatedFrom: null, amendedOn: null },
    },
    stages: [],
    partners: [],
    registrations: [],
    roles: [],
    activities: [],
    rulings: [],
    cohort: { medianCycleDays: null },
    ...overrides,
  });
  const hands = { source: null, secondHandOn: null };
  const row = (recordedOn: string) => ({
    ...({ id: "T", partnerId: "P", role: "sourcer", touchStage: 0, touchedOn: "2026-01-02" } as const),
    ...{ recordedOn, confirmedOn: null, ...hands },
  });
  const activity = (recordedOn: string, stage: 1 | 5 | 6) => ({
    ...({
      id: "A",
      partnerId: "P",
      type: "joint_demo",
      stage,
      occurredOn: "2026-01-02",
      recordedOn,
    } as const),
    ...({ proof: null, involvement: "direct", ...hands } as const),
  });
  const registration = (recordedOn: string) => ({
    ...({ id: "R", partnerId: "P", submittedOn: "2026-01-02", recordedOn } as const),
    ...({ status: "rejected", decidedOn: "2026-01-03", ...hands } as const),
  });

  test.each([
    [
      "the first entry of it or a later one",
      [
        [1, "2026-02-01"],
        [3, "2026-03-05"],
        [2, "2026-03-09"],
      ],
      "2026-03-05",
    ],
    ["not a former one", [[1, "2026-02-01"]], undefined],
    ["not what the day does not know yet", [[2, "2026-08-01"]], undefined],
    [
      "the earliest day, whatever the order of entry",
      [
        [5, "2026-05-01"],
        [2, "2026-02-03"],
      ],
      "2026-02-03",
    ],
  ] as const)("is %s", (_, entries, on) => {
    const stages = entries.map(([stage, enteredOn]) => ({ stage, enteredOn }));
    expect(landmarkOf(sightingOf(facts({ stages })), 2)?.on).toBe(on);
  });

  test.each([
    ["a row recorded that day", { roles: [row("2026-03-05")] }, true],
    ["a row recorded the day after, however early the touch", { roles: [row("2026-03-06")] }, false],
    ["a registration, though it was rejected", { registrations: [registration("2026-03-01")] }, true],
    ["a registration recorded late", { registrations: [registration("2026-03-06")] }, false],
    ["an activity without proof", { activities: [activity("2026-03-04", 5)] }, true],
    ["an activity recorded late", { activities: [activity("2026-03-06", 1)] }, false],
    ["an activity after the sale", { activities: [activity("2026-03-04", 6)] }, false],
    ["nothing", {}, false],
  ])("tells a partner by %s", (_, given, partner) => {
    const stages = [{ stage: 2, enteredOn: "2026-03-05" } as const];
    expect(landmarkOf(sightingOf(facts({ stages, ...given })), 2)?.partner).toBe(partner);
  });

  it("counts days to the close, and none when it was entered after it", () => {
    expect(daysFrom({ on: "2026-06-01", partner: true }, CLOSE)).toBe(29);
    expect(daysFrom({ on: CLOSE, partner: true }, CLOSE)).toBe(0);
    expect(daysFrom({ on: "2026-07-01", partner: true }, CLOSE)).toBeNull();
    expect(daysFrom({ on: "2026-06-01", partner: true }, null)).toBeNull();
  });

  it("adds up the visits to a stage until the close", () => {
    const stages = (
      [
        [1, "2026-06-01"],
        [2, "2026-06-04"],
        [1, "2026-06-10"],
        [3, "2026-06-11"],
        [6, "2026-07-09"],
      ] as const
    ).map(([stage, enteredOn]) => ({ stage, enteredOn }));
    expect([...daysInStages(stages, CLOSE)]).toEqual([
      [1, 4],
      [2, 6],
      [3, 19],
    ]);
    expect(daysInStages(stages, null).size).toBe(0);
  });
});
