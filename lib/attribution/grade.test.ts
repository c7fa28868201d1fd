import { describe, expect, it, test } from "vitest";
import type { Witness } from "./facts";
import { gradeOf, reaches } from "./grade";
import { GRADES } from "./vocabulary";

const STATED: Witness = { source: null, secondHandOn: null };
const COUNTERSIGNED: Witness = { source: null, secondHandOn: "2026-02-01" };
const WITNESSED: Witness = { source: "crm", secondHandOn: null };

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
  });
});
