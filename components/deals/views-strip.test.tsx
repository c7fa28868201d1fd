// @vitest-environment happy-dom
// First: the client takes the browser's fetch, which this stands in for, when it is loaded.

import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { DealsParams } from "./deals-filters";
import { addressOf, paramsOf, type SavedView, type Shown } from "./views";
import { Views } from "./views-strip";

const NOTHING = paramsOf("") as DealsParams;
const view = (more: Partial<SavedView> = {}): SavedView => ({
  ...{ id: "SV-1", name: "Depots", address: "state=open&sort=amount", by: null, shared: false, may: true },
  ...more,
});
const BOARD = view({
  id: "SV-2",
  name: "Board",
  address: "state=won",
  by: "Pam Lind",
  shared: true,
  may: "Not yours",
});

function show(shown: Shown, views: SavedView[] = [view(), BOARD], save: true | string = true) {
  const chosen: Shown[] = [];
  const done = () => ({ request: "R-1", answer: { viewId: "SV-3" } });
  const { asked } = showOnPage(
    <Views params={{ ...NOTHING, ...shown }} onShow={(next) => chosen.push(next)} />,
    {},
    {
      "saved-views-list": () => ({ views, may: { save } }),
      "save-view": done,
      "edit-view": done,
      "remove-view": done,
    },
  );
  return { chosen, written: () => asked.filter(({ path }) => !path.endsWith("/saved-views-list")) };
}
const pressed = () => screen.getAllByRole("button", { pressed: true }).map(({ textContent }) => textContent);

describe("an address", () => {
  test.each<[string, Shown]>([
    ["nothing", {}],
    ["filters", { q: "a & b", scope: "mine", stage: [4, 5], decision: true }],
    [
      "order and columns",
      { sort: "expectedOn", dir: "asc", hide: ["owner", "proof"], columns: ["amount", "stage"] },
    ],
  ])("says %s, and is read as it was said", (_what, shown) => {
    expect(paramsOf(addressOf(shown))).toMatchObject(shown);
    expect(addressOf(paramsOf(addressOf(shown)))).toBe(addressOf(shown));
  });

  test("leaves out what it says wrongly, and the peek", () => {
    expect(addressOf(paramsOf("state=sold&sort=luck&peek=D-1&q=x"))).toBe("q=x");
  });
});

describe("the views over the list", () => {
  test("are one's own and those that others share, the shown one marked by filters and order", async () => {
    const { chosen } = show({ state: "open", sort: "amount" });
    await screen.findByRole("button", { name: "Board" });
    expect(pressed()).toEqual(["Depots"]);
    await userEvent.click(screen.getByRole("button", { name: "Board" }));
    expect(chosen).toMatchObject([{ state: "won", sort: "createdOn" }]);
    await userEvent.click(screen.getByRole("button", { name: "Closing soon" }));
    expect(chosen[1]).toMatchObject({ closing: true, sort: "expectedOn", dir: "asc" });
  });

  test("save what is shown under a name, order and columns with it", async () => {
    const { written } = show({ state: "open", sort: "owner", hide: ["type"] });
    await userEvent.click(await screen.findByRole("button", { name: "Save view" }));
    await userEvent.type(await screen.findByLabelText("Name"), "By owner{Enter}");
    await waitFor(() => expect(written()).toHaveLength(1));
    expect(written()[0]).toEqual({
      path: "/api/v1/save-view",
      body: { name: "By owner", address: "state=open&sort=owner&hide=type" },
    });
  });

  test.each<[string, Shown, true | string]>([
    ["a view that is kept already", { state: "open", sort: "amount" }, true],
    ["a built-in one", { disputed: true }, true],
    ["an opened number", { number: "sourcedPipeline", quarter: "2026-Q1" }, true],
    ["who keeps none", { state: "open", sort: "owner" }, "Auditor may not keep views of the deals list"],
  ])("offer no save for %s", async (_what, shown, save) => {
    show(shown, [view()], save);
    await screen.findByRole("button", { name: "Depots" });
    expect(screen.queryByRole("button", { name: "Save view" })).toBeNull();
  });

  test("of one’s own the menu shares it", async () => {
    const { written } = show({ state: "open", sort: "amount" });
    await userEvent.click(await screen.findByRole("button", { name: /with the view Depots/ }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Share with everybody" }));
    await waitFor(() =>
      expect(written()).toEqual([
        { path: "/api/v1/edit-view", body: { viewId: "SV-1", changes: { shared: true } } },
      ]),
    );
  });

  test("of another's view the menu copies its link alone", async () => {
    show({ state: "won" });
    await userEvent.click(await screen.findByRole("button", { name: /with the view Board/ }));
    const items = await screen.findAllByRole("menuitem");
    expect(items.map(({ textContent }) => textContent)).toEqual(["Copy link"]);
  });

  test("are one stop: arrows move within them, Tab leaves them, and who comes back is where they were", async () => {
    show({ state: "open", sort: "amount" });
    await screen.findByRole("button", { name: "Board" });
    await screen.findByRole("button", { name: /with the view Depots/ });
    const all = within(await screen.findByRole("toolbar", { name: "Views" })).getAllByRole("button");
    const [first, second] = all as [HTMLElement, HTMLElement];
    first.focus();
    await userEvent.keyboard("{ArrowRight}");
    expect(document.activeElement).toBe(second);
    // From its last stop the browser goes on past the strip.
    fireEvent.keyDown(second, { key: "Tab" });
    expect(document.activeElement).toBe(all.at(-1));
    (document.activeElement as HTMLElement).blur();
    first.focus();
    expect(document.activeElement).toBe(second);
  });
});
