// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { ClosingSoon, useClosingSoon } from "./closing-soon";
import { type Selection, SelectionProvider } from "./selection";

const SELECTION: Selection = {
  ...{ selected: new Set<string>(), isAll: false, toggle: () => {}, toggleAll: () => {} },
  ...{ tagAt: () => {}, sayNoPartner: () => {}, peekAt: () => {} },
};
const CLOSING: Outputs["dealsList"] = {
  ...{ total: 8, more: false, sum: null, rates: null, opened: null, next: null },
  rows: [
    {
      ...{
        id: "D-1",
        account: "Rivertown",
        owner: "Maren Falk",
        stage: 4,
        amount: 5_000_000,
        currency: "USD",
      },
      ...{
        type: "new",
        createdOn: "2026-01-10",
        closedOn: null,
        expectedCloseOn: "2026-05-12",
        state: "open",
      },
      ...{ cycleDays: null, set: null, outcome: "none", evidence: null, disputed: false, partners: [] },
      ...{ proof: "none", status: "to_decide", attributionConfirmed: false, version: 1 },
      may: { tag: true, noPartner: true, confirm: [] },
    },
  ],
};

function Strip({ first }: { first: Outputs["dealsList"] | null }) {
  return (
    <SelectionProvider value={SELECTION}>
      <ClosingSoon data={useClosingSoon(first)} />
    </SelectionProvider>
  );
}

test("what closes soon stands there with the page, before anything is answered", () => {
  showOnPage(<Strip first={CLOSING} />);
  expect(screen.getByRole("heading", { name: "Closing soon" })).toBeTruthy();
  expect(screen.getByText("12 May")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Tag partner on Rivertown, closing soon" })).toBeTruthy();
});

test("nothing takes room where nothing closes soon", () => {
  showOnPage(<Strip first={{ ...CLOSING, total: 0, rows: [] }} />);
  expect(screen.queryByRole("heading")).toBeNull();
});
