// @vitest-environment happy-dom
import "./page.fixture";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { EraseDialog } from "./erase-dialog";
import { refusal, showOnPage } from "./page.fixture";

const OTTO = { kind: "partner_contact", id: "CT-1", name: "Otto Brandt" } as const;
const DONE = {
  called: "Erased person 3",
  erased: [
    { table: "audit_personal", rows: 12 },
    { table: "role_rows", rows: 2 },
  ],
  kept: [{ table: "sealed_deals", rows: 1, why: "sealed" }],
};
const rehearsed = { answer: DONE, deals: [], touched: 0, leftOut: [] };

test("says what goes, what stays and why, and erases with a reason alone", async () => {
  const { asked } = showOnPage(
    <EraseDialog person={OTTO} onClose={() => {}} />,
    {},
    { rehearse: () => rehearsed, "erase-person": () => ({ request: "r", answer: DONE }) },
  );
  expect(await screen.findByText("Goes from 12 parts of the audit log and 2 roles.")).toBeTruthy();
  expect(screen.getByText(/1 record of frozen quarters: a seal proves/)).toBeTruthy();
  const erase = screen.getByRole("button", { name: "Erase for good" });
  expect(erase).toHaveProperty("disabled", true);
  await userEvent.type(screen.getByRole("textbox", { name: /Reason/ }), "Asked for it");
  await userEvent.click(erase);
  await waitFor(() =>
    expect(asked.find(({ path }) => path.endsWith("erase-person"))?.body).toEqual({
      ...{ kind: "partner_contact", id: "CT-1", reason: "Asked for it" },
    }),
  );
});

test("says what forbids it, and offers nothing", async () => {
  const rule =
    "Otto Brandt still has 1 link by which they answer: give that to somebody else, or end it, first";
  showOnPage(
    <EraseDialog person={OTTO} onClose={() => {}} />,
    {},
    { rehearse: () => refusal(400, { code: "invalid", field: "", value: null, rule }) },
  );
  expect(await screen.findByText(/still has 1 link by which they answer/)).toBeTruthy();
  await userEvent.type(screen.getByRole("textbox", { name: /Reason/ }), "Asked for it");
  expect(screen.getByRole("button", { name: "Erase for good" })).toHaveProperty("disabled", true);
});
