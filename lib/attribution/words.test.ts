import { expect, test } from "vitest";
import { memoOf } from "./memo";
import { PRESETS } from "./policy";
import { programLabel } from "./words";

test("a program is read by the memo's word for it, else by its own words, and never by its code", () => {
  const definitions = [
    { program: "pe_vc_pricing", label: "Portfolio pricing", definition: "Priced for funds." },
  ];
  expect(programLabel("pe_vc_pricing", definitions)).toBe("Portfolio pricing");
  expect(programLabel("pe_vc_pricing")).toBe("PE / VC pricing");
  expect(programLabel("founders_circle", definitions)).toBe("Founders circle");
  expect(programLabel("Launch 2026")).toBe("Launch 2026");
});

test("no memo names a program by its code, nor an amount in minor units", () => {
  const policy = {
    ...PRESETS.two_bucket,
    updates: { above: 4_000_050, perMonth: 1, consequence: "dispute" as const },
  };
  const { programs, ...memo } = memoOf(policy);
  const read = JSON.stringify([memo, programs.map(({ label, definition }) => [label, definition])]);
  expect(read).toContain("need neither registration nor the AE's confirmation: PE / VC pricing.");
  expect(read).toContain("40,000.50 of its currency (4,000,050 where that has no cents)");
  expect(read).not.toMatch(/pe_vc|minor units/);
});
