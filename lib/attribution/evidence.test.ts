import { describe, expect, it, test } from "vitest";
import { type Evidence, evidenceFrom, fillGaps, firstDay, gapsOf, gradeOf, reaches } from "./evidence";
import type { Activity, Registration, RoleRow, Witness } from "./facts";
import { betterGrade } from "./grade";
import { GRADES } from "./vocabulary";

const STATED: Witness = { source: null, secondHandOn: null };
const COUNTERSIGNED: Witness = { source: null, secondHandOn: "2026-02-01" };
const WITNESSED: Witness = { source: "crm", secondHandOn: null };

const registration = (id: string, overrides: Partial<Registration> = {}): Registration => ({
  ...{ id, partnerId: "P-1", submittedOn: "2026-01-05", recordedOn: "2026-01-06" },
  ...{ status: "approved", decidedOn: "2026-01-07", ...STATED },
  ...overrides,
});
const row = (id: string, overrides: Partial<RoleRow> = {}): RoleRow => ({
  ...{ id, partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-01-04" },
  ...{ recordedOn: "2026-01-08", confirmedOn: "2026-01-09", ...STATED },
  ...overrides,
});
const activity = (id: string, overrides: Partial<Activity> = {}): Activity => ({
  ...{ id, partnerId: "P-1", type: "joint_pitch", stage: 2, occurredOn: "2026-01-20" },
  ...{ recordedOn: "2026-01-21", proof: "note:1", involvement: "direct", ...STATED },
  ...overrides,
});
const evidence = (overrides: Partial<Evidence> = {}): Evidence => ({
  ...{ partnerId: "P-1", registrations: [], roles: [], activities: [], ruling: null },
  ...overrides,
});

describe("grades", () => {
  test.each([
    [STATED, "stated"],
    [COUNTERSIGNED, "countersigned"],
    [WITNESSED, "witnessed"],
    [{ ...WITNESSED, ...{ secondHandOn: "2026-02-01" } }, "witnessed"],
  ] as const)("%j is %s", (witness, grade) => {
    expect(gradeOf(witness)).toBe(grade);
  });

  it("stand in their order", () => {
    const reached = GRADES.map((grade) => GRADES.filter((least) => reaches(grade, least)).length);
    expect(reached).toEqual([1, 2, 3]);
    expect(betterGrade("stated", "countersigned")).toBe("countersigned");
    expect(betterGrade("witnessed", "countersigned")).toBe("witnessed");
    expect(betterGrade(null, "stated")).toBe("stated");
    expect(betterGrade("stated", null)).toBe("stated");
    expect(betterGrade(null, null)).toBeNull();
  });

  it("of a memo leave out what falls short, and nothing where nothing does", () => {
    const all = evidence({
      registrations: [registration("R-1"), registration("R-2", WITNESSED)],
      roles: [row("T-1", COUNTERSIGNED), row("T-2")],
      activities: [activity("A-1"), activity("A-2", COUNTERSIGNED), activity("A-3", WITNESSED)],
    });
    const ids = ({ registrations, roles, activities }: Evidence) =>
      [...registrations, ...roles, ...activities].map(({ id }) => id);
    expect(evidenceFrom(all, "stated")).toBe(all);
    expect(ids(evidenceFrom(all, "countersigned"))).toEqual(["R-2", "T-1", "A-2", "A-3"]);
    expect(ids(evidenceFrom(all, "witnessed"))).toEqual(["R-2", "A-3"]);
    const witnessed = evidence({ roles: [row("T-1", WITNESSED)] });
    expect(evidenceFrom(witnessed, "witnessed")).toBe(witnessed);
  });
});

describe("gaps", () => {
  const lacking = evidence({
    registrations: [
      registration("R-2", { status: "pending", decidedOn: null }),
      registration("R-1", { status: "rejected" }),
      registration("R-0", WITNESSED),
    ],
    roles: [
      row("T-2", { confirmedOn: null }),
      row("T-1", { ...COUNTERSIGNED, confirmedOn: null }),
      row("T-0"),
    ],
    activities: [activity("A-2", { proof: null }), activity("A-1")],
  });
  const own = [
    ["T-1", "confirmation"],
    ["T-2", "confirmation"],
    ["A-2", "proof"],
    ["R-2", "approval"],
  ];

  it.each(["stated", "witnessed"] as const)(
    "of %s are what proof, the AE and a decision could fill",
    (least) => {
      expect(gapsOf(lacking, least).map(({ factId, lacks }) => [factId, lacks])).toEqual(own);
    },
  );

  it("of two hands are a second one behind every stated fact as well", () => {
    expect(gapsOf(lacking, "countersigned").map(({ factId, lacks }) => [factId, lacks])).toEqual([
      ...["A-1", "A-2", "R-1", "R-2", "T-0", "T-2"].map((id) => [id, "second_hand"]),
      ...own,
    ]);
  });

  it("are filled where they are named, and nowhere else; the days of record stay", () => {
    const filled = fillGaps(lacking, [
      { factId: "T-2", lacks: "confirmation" },
      { factId: "A-2", lacks: "proof" },
      { factId: "R-2", lacks: "approval" },
      { factId: "R-1", lacks: "second_hand" },
    ]);
    expect(filled.roles).toEqual([
      row("T-2", { confirmedOn: "2026-01-08" }),
      row("T-1", { ...COUNTERSIGNED, confirmedOn: null }),
      row("T-0"),
    ]);
    expect(filled.activities).toEqual([activity("A-2", { proof: "note:filled" }), activity("A-1")]);
    expect(filled.registrations).toEqual([
      registration("R-2", { decidedOn: "2026-01-06" }),
      registration("R-1", { status: "rejected", secondHandOn: "2026-01-06" }),
      registration("R-0", WITNESSED),
    ]);
  });
});

test("the first day is the earliest of touched, submitted and occurred", () => {
  const all = { registrations: [registration("R-1")], roles: [row("T-1")], activities: [activity("A-1")] };
  expect(firstDay(evidence(all))).toBe("2026-01-04");
  expect(firstDay(evidence({ ...all, roles: [] }))).toBe("2026-01-05");
  expect(
    firstDay(evidence({ activities: [activity("A-1"), activity("A-2", { occurredOn: "2026-01-19" })] })),
  ).toBe("2026-01-19");
  expect(firstDay(evidence())).toBeNull();
});
