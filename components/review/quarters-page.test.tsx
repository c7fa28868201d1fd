// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { QuarterLine } from "./answers";
import { QuartersPage } from "./quarters-page";

const line = (label: string, rest: Partial<QuarterLine> = {}): QuarterLine => ({
  label,
  from: "2026-01-01",
  to: "2026-03-31",
  state: "over",
  seal: null,
  reviewStarted: false,
  hasClosed: false,
  exceptions: { open: 0, deferred: 0, settled: 0 },
  ...rest,
});

/** As an importer of old deals finds it: nothing for years, then what was imported. */
const QUARTERS = [
  line("2026-Q4", { state: "under_way" }),
  line("2026-Q3"),
  line("2026-Q2"),
  line("2017-Q4", { hasClosed: true }),
  line("2017-Q3", { hasClosed: true, exceptions: { open: 3, deferred: 0, settled: 0 } }),
  line("2016-Q4", { exceptions: { open: 0, deferred: 1, settled: 0 } }),
  line("2016-Q3"),
];

const rows = () =>
  screen.getAllByRole("row").flatMap((row) => row.textContent?.match(/\d{4}-Q\d/)?.[0] ?? []);

describe("the quarters to review", () => {
  test("are those with something in them; the others are a press away", async () => {
    showOnPage(<QuartersPage first={{ quarters: QUARTERS }} />);
    expect(rows()).toEqual(["2026-Q4", "2017-Q4", "2017-Q3", "2016-Q4"]);
    await userEvent.click(
      await screen.findByRole("button", { name: "Show 3 quarters without a closed deal" }),
    );
    expect(rows()).toEqual(QUARTERS.map(({ label }) => label));
  });

  test.each([
    ["the last with closed deals", QUARTERS, "Review 2017-Q4"],
    [
      "the oldest that was begun",
      QUARTERS.map((one) => ({ ...one, reviewStarted: one.label === "2017-Q3" })),
      "Go on with 2017-Q3",
    ],
  ])("begin with %s", (_, quarters, name) => {
    showOnPage(<QuartersPage first={{ quarters }} />);
    expect(screen.getByRole("link", { name })).toBeTruthy();
  });

  test("offer none where nothing closed that is over", () => {
    showOnPage(<QuartersPage first={{ quarters: [QUARTERS[0]!, QUARTERS[1]!] }} />);
    expect(screen.queryByRole("link", { name: /^Review/ })).toBeNull();
  });
});
