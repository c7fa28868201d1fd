// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Outputs } from "@/lib/api/client";
import { showOnPage } from "./page.fixture";
import { TagForm } from "./tag-form";

type Tagging = Outputs["tagging"];

const PARTNERS = [
  { id: "P-1", name: "Northgate", kind: "integrator", lastActivityOn: null },
  { id: "P-2", name: "Harbour", kind: "reseller", lastActivityOn: null },
];
const SUGGESTED: Tagging["suggestions"] = [
  {
    partner: { id: "P-2", name: "Harbour" },
    reasons: [
      { of: "registered", on: "2026-04-02", status: "approved" },
      { of: "account_deals", deals: 3, won: 2 },
    ],
  },
];
const DEAL = { id: "D-1", account: "Larkfield", owner: "Ana Ruiz", stage: 2, partners: [] } as const;

function show(tagging: Partial<Tagging>) {
  showOnPage(
    <TagForm deal={DEAL} onDone={() => {}} />,
    {},
    {
      "partners-list": () => ({ partners: PARTNERS }),
      "deals-list": () => ({ rows: [] }),
      tagging: () => ({ suggestions: [], stages: [], isCreditPaid: false, ...tagging }),
      "activity-menu": () => ({ types: [] }),
    },
  );
  return screen.findByLabelText<HTMLInputElement>("Partner", { selector: "input" });
}
const PAID = /Ana Ruiz's own credit stays whole/;

test("who would help most is filled in, with why; while nobody is chosen the note says who might", async () => {
  const field = await show({ suggestions: SUGGESTED });
  await waitFor(() => expect(field.value).toBe("Harbour"));
  const why = "egistered on 2 Apr 2026, approved and on 3 other deals of the account, 2 won.";
  expect(screen.getByText(`R${why}`)).toBeTruthy();
  await userEvent.clear(field);
  expect(await screen.findByText(`Might help: Harbour, r${why}`)).toBeTruthy();
});

test("of a partner that nothing speaks for, nothing is said", async () => {
  const field = await show({ suggestions: SUGGESTED });
  await waitFor(() => expect(field.value).toBe("Harbour"));
  await userEvent.clear(field);
  await userEvent.type(field, "Northg");
  await userEvent.click(await screen.findByRole("option", { name: /Northgate/, hidden: true }));
  await waitFor(() => expect(screen.queryByText(/egistered on 2 Apr 2026/)).toBeNull());
});

test("what a partner earns is spoken of only while a compensation plan pays", async () => {
  await show({ isCreditPaid: true });
  expect(await screen.findByText(PAID)).toBeTruthy();
});

test("with no plan the form says nothing of pay", async () => {
  const field = await show({ suggestions: SUGGESTED });
  await waitFor(() => expect(field.value).toBe("Harbour"));
  expect(screen.queryByText(PAID)).toBeNull();
});
