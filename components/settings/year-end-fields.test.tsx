// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { YearEnd } from "@/lib/calendar";
import { YearEndFields } from "./year-end-fields";

function shown(value: YearEnd) {
  const chosen: YearEnd[] = [];
  showOnPage(
    <YearEndFields firstMonth={2} value={value} onChange={(next) => chosen.push(next)} isDisabled={false} />,
  );
  return chosen;
}

async function choose(label: string, option: RegExp): Promise<void> {
  fireEvent.click(screen.getByRole("button", { name: new RegExp(label) }));
  fireEvent.click(within(await screen.findByRole("listbox")).getByRole("option", { name: option }));
}

test("a year ends on a month's last day, or on a weekday near it, a Saturday until another is chosen", async () => {
  const chosen = shown("month_end");
  expect(screen.getByRole("button", { name: /The last day of January/ })).toBeTruthy();
  expect(screen.queryByText(/13 weeks/)).toBeNull();
  await choose("Ends on", /nearest to January's end/);
  expect(chosen).toEqual(["nearest_saturday"]);
});

test("of whole weeks the weekday is asked, and the kind keeps it", async () => {
  const chosen = shown("nearest_friday");
  expect(screen.getByText(/13 weeks/)).toBeTruthy();
  await choose("Its last weekday", /Sunday/);
  await choose("Ends on", /last such weekday of January/);
  expect(chosen).toEqual(["nearest_sunday", "last_friday"]);
});
