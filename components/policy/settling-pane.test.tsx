// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { PRESETS } from "@/lib/attribution/policy";
import { SettlingPane } from "./settling-pane";

const FOUND: Outputs["settlingClauses"] = {
  ...{ from: "2025-04-30", cases: 9 },
  clauses: [
    {
      ...{
        clause: "edge-cases.late-tagging",
        before: "Late rows count for nothing.",
        after: "Late rows count with evidence.",
      },
      ...{ document: PRESETS.roi_buckets, settles: 6, against: 1 },
    },
  ],
};
const page = (answer: Outputs["settlingClauses"]) =>
  showOnPage(
    <SettlingPane policyId="PO-1" quarters={() => ["2026-Q1"]} currency="USD" />,
    {},
    {
      "settling-clauses": () => answer,
    },
  );

test("tells the clause, how many cases it would have settled, and what it would say, with its backtest beside", async () => {
  page(FOUND);
  const clauses = await screen.findByRole("list", { name: "Clauses, those that settle most first" });
  expect(clauses.textContent).toContain(
    "Late tagging would have settled 6 of 9 cases, and judged 1 otherwise than it was decided.",
  );
  expect(clauses.querySelector("del")?.textContent).toBe("Late rows count for nothing.");
  expect(clauses.querySelector("ins")?.textContent).toBe("Late rows count with evidence.");
  expect(screen.getByRole("button", { name: "Backtest it" })).not.toBeNull();
});

test("says where no case was, and where no clause would have settled any", async () => {
  const { unmount } = page({ ...FOUND, cases: 0, clauses: [] });
  expect((await screen.findByText("No case was opened in the last twelve months.")).isConnected).toBe(true);
  unmount();
  page({ ...FOUND, clauses: [] });
  const none = "No single clause, read otherwise, would have settled any of the year's 9 cases.";
  expect((await screen.findByText(none)).isConnected).toBe(true);
});
