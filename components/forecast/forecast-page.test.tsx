// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { ForecastPage } from "./forecast-page";
import type { Forecast } from "./forecast-params";

const COUNTS = { deals: 0, undated: 0, overdue: 0, withoutStep: 0 };
const EMPTY: Forecast = {
  ...{ asOf: "2026-04-30", quarter: "2026-Q2", reportingCurrency: "USD" },
  policy: { hash: "a".repeat(64), model: "two_bucket", signed: null, proposed: null, unsignedBefore: null },
  ...{ probabilities: [0, 5, 10, 30, 60, 80, 100], rates: [], missing: [], cells: [] },
  ...{ commit: { deals: 0, amount: 0, weighted: 0 }, context: { deals: 0, amount: 0, weighted: 0 } },
  ...{ leftOut: { deals: 0, amounts: [] }, inspection: { commit: COUNTS, direct: COUNTS } },
  ...{ week: { monday: "2026-04-27", takenOn: null }, total: 0, sum: null, rows: [] },
  may: { setProbabilities: true, take: true },
};
const WEEK: Outputs["forecastWeeks"]["weeks"][number] = {
  ...{ week: "2026-04-27", takenOn: "2026-04-27", currency: "USD", digest: "b".repeat(64) },
  ...{ commit: { deals: 3, amount: 900_000, weighted: 450_000 }, signed: null, may: { sign: true } },
};
const BEFORE = {
  ...{ ...WEEK, week: "2026-04-20", takenOn: "2026-04-20" },
  signed: { by: "Fay Chen", at: "2026-04-21T09:00:00Z" },
};
const TARGETS: Outputs["targets"] = {
  ...{ quarter: { label: "2026-Q2", from: "2026-04-01", to: "2026-06-30" }, currency: "USD" },
  targets: [
    {
      ...{ line: "sourced", owner: null, target: 1_000_000, won: 200_000, open: 400_000 },
      pace: { missing: 800_000, expected: 330_000, ahead: -130_000, coverage: 0.5 },
    },
    { line: "influenced", owner: null, target: null, won: 0, open: 0, pace: null },
  ],
  may: { set: "Ana may not set targets" },
};

function show(weeks: readonly (typeof WEEK)[] = [WEEK, BEFORE], address = "") {
  return showOnPage(
    <ForecastPage first={null} />,
    {},
    {
      forecast: () => EMPTY,
      "forecast-weeks": () => ({ weeks }),
      targets: () => TARGETS,
      "take-forecast-snapshot": () => ({ request: "r", answer: { week: "2026-04-27", taken: true } }),
      "sign-forecast": () => ({ request: "r", answer: { week: "2026-04-27" } }),
    },
    {},
    address,
  );
}
const bodies = (asked: ReturnType<typeof show>["asked"], verb: string) =>
  asked.filter(({ path }) => path.endsWith(verb)).map(({ body }) => body);

test("an empty commit says what would come here; whoever may takes the week from it", async () => {
  const { asked } = show();
  expect(await screen.findByText("Nothing is in commit")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Take this week" }));
  await waitFor(() => expect(bodies(asked, "take-forecast-snapshot")).toEqual([{}]));
});

test("the weeks: the last one is looked at, each says who signed it, and one is signed in person", async () => {
  const { asked } = show();
  await screen.findByText("Nothing is in commit");
  await userEvent.click(screen.getByRole("radio", { name: "Weeks" }));
  const table = within(await screen.findByRole("table", { name: "Weeks that were taken" }));
  expect(table.getByRole("button", { pressed: true }).textContent).toBe("27 Apr 2026");
  expect(table.getByText("Fay Chen, 21 Apr 2026")).toBeTruthy();
  await userEvent.click(table.getByRole("button", { name: "20 Apr 2026" }));
  await waitFor(() => expect(table.getByRole("button", { pressed: true }).textContent).toBe("20 Apr 2026"));
  await userEvent.click(table.getByRole("button", { name: "Sign" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Sign the week of 27 Apr 2026" }));
  await userEvent.type(dialog.getByLabelText("Your own password"), "correct horse battery");
  await userEvent.click(dialog.getByRole("button", { name: "Sign this commit" }));
  const { week, digest } = WEEK;
  await waitFor(() =>
    expect(bodies(asked, "sign-forecast")).toEqual([{ week, digest, password: "correct horse battery" }]),
  );
});

test("no week yet: it says how one comes about", async () => {
  show([], "view=weeks");
  expect(await screen.findByText("No week was taken yet")).toBeTruthy();
});

test("the targets: how far behind, what covers what is missing, and none where none is set; whoever may not sets none", async () => {
  show([], "view=targets");
  const sourced = within(await screen.findByRole("table", { name: "Sourced targets of 2026-Q2" }));
  const [, row] = sourced.getAllByRole("row");
  expect(row?.textContent).toMatch(/^Everybody.*10,000.*2,000.*1,300.*behind.*8,000.*4,000.*0\.5 ×/);
  expect(sourced.getByRole("button", { name: /Set/ }).getAttribute("aria-disabled")).toBe("true");
  const influenced = within(screen.getByRole("table", { name: "Influenced targets of 2026-Q2" }));
  expect(influenced.getByText("none set")).toBeTruthy();
});
