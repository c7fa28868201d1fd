// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { RoleRow, type RoleRowAnswer } from "./role-row";

const MAY: RoleRowAnswer["may"] = { confirm: true, refuse: true, edit: true, withdraw: true, rewrite: true };

const row = (overrides: Partial<RoleRowAnswer> = {}): RoleRowAnswer => ({
  id: "T-1",
  partner: { id: "P-1", name: "Hallmark" },
  contact: null,
  role: "sourcer",
  touchStage: 1,
  touchedOn: "2026-01-08",
  recordedOn: "2026-01-12",
  recordedBy: "Ruth Ahn",
  confirmedOn: null,
  confirmedBy: null,
  refused: null,
  evidence: "stated",
  source: null,
  secondHandOn: null,
  outcome: "sourced",
  disputed: null,
  credit: 0,
  may: MAY,
  ...overrides,
});

function show(overrides: Partial<RoleRowAnswer> = {}, { isCited = false, onEdit = () => {} } = {}) {
  const { asked } = showOnPage(
    <table>
      <tbody>
        <RoleRow row={row(overrides)} currency="EUR" isCited={isCited} onEdit={onEdit} />
      </tbody>
    </table>,
  );
  const cells = screen.getAllByRole("cell");
  const textOf = (at: number) => (cells[at] as HTMLElement).textContent;
  return { element: screen.getByRole("row"), textOf, asked };
}

const [WHO, ROLE, TOUCHED, RECORDED, CONFIRMED, CREDIT] = [0, 1, 2, 3, 4, 5];

describe("what a row says", () => {
  test.each<[string, Partial<RoleRowAnswer>, number, string]>([
    ["a contact", { contact: "Ines Roth" }, WHO, "HallmarkInes Roth"],
    ["that it has none", {}, WHO, "Hallmarkno contact"],
    ["what it is worth", {}, ROLE, "SourcerSourced"],
    [
      "what it would be worth",
      { outcome: "disputed", disputed: "sourced" },
      ROLE,
      "SourcerDisputeddisputed: sourced",
    ],
    ["the stage and day of the touch", {}, TOUCHED, "Stage 18 Jan 2026"],
    ["who recorded it", {}, RECORDED, "Ruth Ahn12 Jan 2026Stated"],
    ["that an import did", { recordedBy: null }, RECORDED, "Import12 Jan 2026Stated"],
    [
      "that two stand behind it",
      { evidence: "countersigned", secondHandOn: "2026-01-14" },
      RECORDED,
      "Ruth Ahn12 Jan 2026Countersigned",
    ],
    [
      "who confirmed it",
      { confirmedOn: "2026-01-14", confirmedBy: "Maren Falk" },
      CONFIRMED,
      "Maren Falk14 Jan 2026",
    ],
    ["that it came confirmed", { confirmedOn: "2026-01-14" }, CONFIRMED, "Import14 Jan 2026"],
    ["its credit in the deal's currency", { credit: 1_250_000 }, CREDIT, "EUR 12,500.00"],
    ["that it has none, and not 0", { credit: 0 }, CREDIT, "none"],
  ])("%s", (_what, overrides, cell, text) => expect(show(overrides).textOf(cell)).toBe(text));

  test.each([true, false])("whether Why points at it: %s", (isCited) => {
    expect(show({}, { isCited }).element.className.includes("bg-accent-soft")).toBe(isCited);
  });
});

describe("what can be done with it", () => {
  test("is confirmed with one press, for this row", async () => {
    const { asked } = show();
    await userEvent.click(screen.getByRole("button", { name: "Confirm" }));
    await waitFor(() =>
      expect(asked).toContainEqual({ path: "/api/v1/confirm-role", body: { rowId: "T-1" } }),
    );
  });

  test("is not confirmed by whoever may not; the row says why, in the server's words", async () => {
    const why = "only Maren Falk, whose deal it is, confirms it";
    const { asked } = show({ may: { ...MAY, confirm: why } });
    const button = screen.getByRole("button", { name: "Confirm" });
    expect([button.getAttribute("aria-disabled"), screen.getByText(why).tagName]).toEqual(["true", "SPAN"]);
    await userEvent.click(button);
    expect(asked).toEqual([]);
  });

  test("a confirmed row asks for nothing more", () => {
    show({ confirmedOn: "2026-01-14" });
    expect(screen.queryByRole("button", { name: "Confirm" })).toBeNull();
  });

  const openMenu = async () => {
    await userEvent.click(screen.getByRole("button", { name: "Change Hallmark's row" }));
    return within(await screen.findByRole("menu"));
  };

  test("is edited, or withdrawn", async () => {
    const onEdit = vi.fn();
    const { asked } = show({}, { onEdit });
    await userEvent.click((await openMenu()).getByRole("menuitem", { name: "Edit row" }));
    expect(onEdit).toHaveBeenCalledOnce();
    await userEvent.click((await openMenu()).getByRole("menuitem", { name: "Withdraw row" }));
    await waitFor(() =>
      expect(asked).toContainEqual({ path: "/api/v1/withdraw-role", body: { rowId: "T-1" } }),
    );
  });

  test("neither, where it is locked: each choice rests and says why", async () => {
    const why = "the deal is closed, and the row was recorded before";
    show({ may: { ...MAY, edit: why, withdraw: why } });
    const menu = await openMenu();
    for (const name of ["Edit row", "Withdraw row"]) {
      const choice = menu.getByRole("menuitem", { name: new RegExp(`^${name}`) });
      expect([choice.getAttribute("aria-disabled"), choice.textContent]).toEqual(["true", `${name}${why}`]);
    }
  });
});
