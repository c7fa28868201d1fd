// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { DealsEmpty } from "./deals-empty";
import type { DealsParams } from "./deals-filters";
import { MINE_OPEN, paramsOf } from "./views";

const at = (address: string) => paramsOf(address) as DealsParams;

function show(params: DealsParams, inHouse: number) {
  const cleared: unknown[] = [];
  const made: string[] = [];
  showOnPage(
    <DealsEmpty params={params} onClear={(filters) => cleared.push(filters)} />,
    { may: { "deal.create": "own" } },
    { "deals-list": () => ({ rows: Array.from({ length: inHouse }, (_, n) => ({ id: `D-${n}` })) }) },
    {
      make: async (kind) => {
        made.push(kind);
        return null;
      },
    },
  );
  return { cleared, made };
}

test.each(["", "scope=mine&state=open", "decision=true"])(
  "a house without deals says in the view ?%s what to do first, and never to clear a filter",
  async (address) => {
    const { made } = show(at(address), 0);
    expect(await screen.findByText("No deals yet")).toBeTruthy();
    expect(
      screen.getByText(/which an admin runs, or one by one by hand; yours under the name Maren Falk/),
    ).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Clear the filters" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "New deal" }));
    expect(made).toEqual(["deal"]);
  },
);

test("whose open deals are none reads so, and can look at all", async () => {
  const { cleared } = show({ ...at(""), ...MINE_OPEN } as DealsParams, 1);
  expect(await screen.findByText("You have no open deals")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "All deals" }));
  expect(cleared).toHaveLength(1);
});

test("a view that matches nothing is cleared", async () => {
  show(at("q=zzqx&scope=mine&state=open"), 1);
  expect(await screen.findByText("No deal matches")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Clear the filters" })).toBeTruthy();
});
