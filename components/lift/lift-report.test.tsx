// @vitest-environment happy-dom
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Outputs } from "@/lib/api/client";
import type { Compared } from "./compared-table";
import { LiftReport } from "./lift-report";

type Answer = Outputs["lift"];

afterEach(cleanup);

const compared = (difference: number, spread: number, deals = 40): Compared => ({
  with: { deals, value: 0.5 },
  without: { deals: 60, value: 0.5 - difference },
  ...{ difference, low: difference - spread, high: difference + spread, placebo: 0.37 },
});
const NONE: Compared = {
  with: { deals: 0, value: { undefined: "no_matched_days" } },
  without: { deals: 0, value: { undefined: "no_matched_days" } },
  ...{ difference: { undefined: "no_matched_days" }, low: null, high: null, placebo: null },
};

const found = {
  ...{ stage: 2, closed: 140, reportingCurrency: "USD" },
  winRate: { plain: compared(0.2, 0.05), landmark: compared(0.01, 0.05) },
  cycleDays: { plain: NONE, landmark: NONE },
  dealSize: { plain: compared(120_00, 20_00, 4), landmark: compared(-50_00, 20_00) },
  confirmed: { won: { deals: 80, confirmed: 60 }, lost: { deals: 60, confirmed: 15 } },
} as unknown as Answer;

const rowOf = (region: string, name: RegExp) =>
  within(screen.getByRole("region", { name: region }))
    .getAllByRole("row")
    .find((row) => name.test(row.textContent ?? ""))?.textContent;

test("a measure stands both ways with its numbers, and says where they disagree", () => {
  render(<LiftReport found={found} matched />);
  expect(rowOf("Win rate", /By outcome/)).toMatch(
    /50\.0 %40 deals30\.0 %60 deals\+20\.0 pts\+15\.0 to \+25\.0 pts.*37 %/,
  );
  expect(rowOf("Win rate", /From the landmark/)).toContain("−4.0 to +6.0 pts");
  expect(screen.getByRole("region", { name: "Win rate" }).textContent).toContain("The two disagree");
});

test("too few and undefined are said, never shown as a number to lean on", () => {
  render(<LiftReport found={found} matched />);
  expect(rowOf("Deal size, median", /By outcome/)).toContain("too few deals to tell");
  expect(rowOf("Cycle, median", /From the landmark/)).toContain(
    "No deal type, currency and size has won deals",
  );
});

test("the confirmed shares stand apart, with what follows from it", () => {
  render(<LiftReport found={found} matched />);
  expect(screen.getByText("60 of 80").parentElement?.textContent).toContain("75.0 %");
  expect(screen.getByText("15 of 60").parentElement?.textContent).toContain("25.0 %");
  expect(screen.getByText(/flatters partners/)).toBeTruthy();
});

test("what is not matched says so", () => {
  render(<LiftReport found={found} matched={false} />);
  expect(rowOf("Win rate", /By outcome/)).toContain("as they are");
});
