// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import type { InboxKind } from "@/lib/metrics/inbox-kinds";
import { InboxTrend } from "./inbox-trend";

type Week = Outputs["inboxTrend"]["weeks"][number];

const WEEKS: Week[] = [
  { week: "2026-04-13", countedOn: "2026-04-19", left: 9, kinds: [{ kind: "silent", left: 9 }] },
  { week: "2026-04-20", countedOn: null, left: null, kinds: [] },
  {
    ...{ week: "2026-04-27", countedOn: "2026-04-30", left: 5 },
    kinds: [
      { kind: "row_waits", left: 2 },
      { kind: "silent", left: 3 },
    ],
  },
];

function show(weeks: Week[], kind: InboxKind | null = null) {
  return showOnPage(
    <InboxTrend params={{ scope: "team", kind }} />,
    {},
    { "inbox-trend": () => ({ weeks }) },
  );
}
const rows = async () => {
  await userEvent.click(await screen.findByRole("button"));
  const table = await screen.findByRole("table");
  return within(table)
    .getAllByRole("row")
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole("cell")
        .map((cell) => cell.textContent),
    );
};

describe("what is left, week by week", () => {
  test("says where it came from and where it is, and lists what the line is drawn from", async () => {
    const { container } = show(WEEKS);
    expect((await screen.findByRole("button")).textContent).toBe("9 → 5 left");
    expect(container.querySelectorAll("circle")).toHaveLength(2);
    expect(await rows()).toEqual([
      ["27 Apr 2026", "30 Apr 2026", "5", "Roles to confirm 2, Silent partners 3"],
      ["20 Apr 2026", "not counted", "–", ""],
      ["13 Apr 2026", "19 Apr 2026", "9", "Silent partners 9"],
    ]);
  });

  test("of one kind is that kind's, none of it where a week had none", async () => {
    show(WEEKS, "row_waits");
    expect((await screen.findByRole("button")).textContent).toBe("0 → 2 left");
    expect((await rows()).map(([, , left]) => left)).toEqual(["2", "–", "0"]);
  });

  test("of one counted week is no trend", async () => {
    const { asked } = show(WEEKS.slice(0, 2));
    await expect.poll(() => asked.length).toBe(1);
    expect(screen.queryByRole("button")).toBeNull();
  });
});
