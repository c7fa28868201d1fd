import { expect, test } from "vitest";
import { toldFacts } from "./told-facts";

test("roles and acts stand together in the order of their days, each saying what it lacks", () => {
  const facts = {
    roles: [
      { role: "co_seller", touchedOn: "2026-03-02", confirmedOn: null },
      { role: "sourcer", touchedOn: "2026-01-10", confirmedOn: "2026-01-12" },
    ],
    activities: [
      { type: "joint_pitch", on: "2026-02-01", proven: true },
      { type: "executive_intro", on: "2026-04-01", proven: false },
    ],
  } as const;
  expect(toldFacts(facts)).toBe(
    "Sourcer 10 Jan 2026 · Joint pitch 1 Feb 2026 · Co-seller 2 Mar 2026 (not confirmed yet) · Executive introduction 1 Apr 2026 (no proof)",
  );
  expect(toldFacts({ roles: [], activities: [] })).toBe("No role and no activity recorded.");
});
