// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import type { Plan } from "./compensation-answers";
import { CompensationSettings } from "./compensation-settings";

type Statement = Outputs["compensationStatement"];

const HASH = "c".repeat(64);
const HOPE = { name: "Hope Adler", at: "2026-04-02T09:00:00Z" };
const waits = (seat: Plan["seats"][number]["seat"], name: string, maySign: true | string) => ({
  ...{ seat, name, holders: [`${name} person`], signature: null, maySign },
});
const PLAN: Plan = {
  ...{ id: "CP-1", hash: HASH, canonical: '{"format":1}', title: "Compensation 2026", currency: "USD" },
  ...{ paidTo: "partner_manager", from: "2026-Q1", to: null, drafted: HOPE, withdrawn: null, signed: false },
  lines: {
    sourced: { pays: { of: "rate", basisPoints: 550 }, capPerDeal: 500_000, capPerQuarter: null },
    influenced: { pays: { of: "nothing" }, capPerDeal: null, capPerQuarter: null },
  },
  seats: [
    waits("cro", "CRO", "Only the CRO signs in this seat"),
    waits("finance", "Finance", true),
    {
      ...waits("head_of_partnerships", "Head of partnerships", "x"),
      signature: { ...HOPE, hash: HASH, method: "password" as const },
    },
  ],
  may: { withdraw: true },
};
const ENTRY = { payeeId: "pam", line: "sourced", dealId: "D-1", partnerId: "P-1", amount: 70_000 } as const;
const STATEMENT: Statement = {
  ...{
    currency: "USD",
    frozen: true,
    payments: [],
    due: [ENTRY],
    unassigned: 1,
    partners: { "P-1": "Northgate" },
  },
  earned: [
    {
      ...ENTRY,
      account: "Larkfield",
      closedOn: "2026-03-20",
      evidence: "countersigned",
      credit: 1_400_000,
      capped: 0,
    },
  ],
  payees: [{ id: "pam", name: "Pam Lind", earned: 70_000, paid: 0, due: 70_000 }],
  may: { pay: true },
};

function show(plans: readonly Plan[], { draft = true as true | string, see = true } = {}) {
  const { asked } = showOnPage(
    <CompensationSettings />,
    {},
    {
      "compensation-plans": () => ({ plans, may: { draft, see } }),
      "compensation-statement": () => STATEMENT,
      "sign-compensation-plan": () => ({ request: "r", answer: { signatures: 2 } }),
      "withdraw-compensation-plan": () => ({ request: "r", answer: { planId: "CP-1" } }),
      "draft-compensation-plan": () => ({ request: "r", answer: { planId: "CP-2", hash: HASH } }),
      why: () => ({
        result: { partners: [{ partnerId: "P-1" }, { partnerId: "P-2" }], gray: [] },
        names: { partners: { "P-1": "Northgate", "P-2": "Brightwater" } },
      }),
      "raise-exception": () => ({
        request: "r",
        answer: { exceptionId: "E-1", quarter: "2026-Q1", version: 2 },
      }),
      "pay-compensation": () => ({ request: "r", answer: { run: 1, amount: 70_000, currency: "USD" } }),
    },
  );
  return (verb: string) => asked.filter(({ path }) => path.endsWith(verb)).map(({ body }) => body);
}
const PASSWORD = "correct horse battery";

test("each seat says who signed and who may; one's own is signed over the hash that is shown, with one's password", async () => {
  const written = show([PLAN]);
  expect(await screen.findByText("1 of 3 signatures")).toBeTruthy();
  expect(screen.getByText("5.50 % of credit")).toBeTruthy();
  expect(screen.getByText(/^Hope Adler, 2 Apr 2026, over/)).toBeTruthy();
  expect(screen.getByText("Only the CRO signs in this seat")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Sign" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Sign as Finance" }));
  expect(dialog.getByText(/After yours, one signature is missing/)).toBeTruthy();
  expect(dialog.getByText('{"format":1}')).toBeTruthy();
  const save = dialog.getByRole("button", { name: "Sign this text" });
  expect(save).toHaveProperty("disabled", true);
  await userEvent.type(dialog.getByLabelText("Your own password"), PASSWORD);
  await userEvent.click(save);
  await waitFor(() =>
    expect(written("sign-compensation-plan")).toEqual([{ planId: "CP-1", hash: HASH, password: PASSWORD }]),
  );
});

test("a plan is withdrawn with a reason, which stands below from then on", async () => {
  const ended = {
    ...PLAN,
    id: "CP-0",
    title: "Compensation 2025",
    withdrawn: { ...HOPE, reason: "a year late" },
  };
  const written = show([PLAN, ended]);
  expect((await screen.findByText("Compensation 2025")).closest("li")?.textContent).toBe(
    "Compensation 2025: withdrawn by Hope Adler on 2 Apr 2026: “a year late”",
  );
  await userEvent.click(screen.getByRole("button", { name: "Withdraw…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Withdraw this plan" }));
  await userEvent.type(dialog.getByRole("textbox", { name: /Reason/ }), "one plan is enough");
  await userEvent.click(dialog.getByRole("button", { name: "Withdraw" }));
  await waitFor(() =>
    expect(written("withdraw-compensation-plan")).toEqual([{ planId: "CP-1", reason: "one plan is enough" }]),
  );
});

test("an amount opens to its deals and their evidence, and what is due is sealed as paid in person", async () => {
  const written = show([{ ...PLAN, signed: true }]);
  await userEvent.click(await screen.findByRole("button", { name: "Pam Lind", expanded: false }));
  const deal = (await screen.findAllByRole("link", { name: "Larkfield" }))[0]!.closest("li");
  expect(deal?.textContent).toMatch(/Northgate · Earned, sourced · countersigned/);
  expect(screen.getByText(/1 credit is of a partner that nobody looks after/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Pay" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Pay 2026-Q1" }));
  await userEvent.type(dialog.getByLabelText("Your own password"), PASSWORD);
  await userEvent.click(dialog.getByRole("button", { name: "Seal as paid" }));
  const paid = { planId: "CP-1", quarter: "2026-Q1", password: PASSWORD };
  await waitFor(() => expect(written("pay-compensation")).toEqual([paid]));
});

test("who disputes a line raises a case of its deal, in the name of its partner", async () => {
  const written = show([{ ...PLAN, signed: true }]);
  await userEvent.click(await screen.findByRole("button", { name: "Pam Lind", expanded: false }));
  await userEvent.click(screen.getByRole("button", { name: "Dispute Larkfield, Earned, sourced" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Raise an exception" }));
  expect((await dialog.findByRole("button", { name: /Whose claim/ })).textContent).toContain("Northgate");
  await userEvent.click(dialog.getByRole("button", { name: /^Kind|Kind$/ }));
  await userEvent.click(await screen.findByRole("option", { name: /Other/ }));
  const claim = "The capped amount was two deals'";
  await userEvent.type(dialog.getByRole("textbox", { name: /What is claimed/ }), claim);
  await userEvent.click(dialog.getByRole("button", { name: /^Raise/ }));
  await waitFor(() =>
    expect(written("raise-exception")).toEqual([{ dealId: "D-1", kind: "other", claim, partnerId: "P-1" }]),
  );
});

test("whoever sees no statement sees the plan alone, and drafts none", async () => {
  show([PLAN], { draft: "Ana may not draft", see: false });
  expect(await screen.findByText("5.50 % of credit")).toBeTruthy();
  expect(screen.queryByRole("heading", { name: "Statement" })).toBeNull();
  expect(screen.getByRole("button", { name: "Draft a plan" }).getAttribute("aria-disabled")).toBe("true");
});

test("a draft is sent in minor units and basis points, and a percentage that is none is said at its field", async () => {
  const written = show([]);
  await userEvent.click(await screen.findByRole("button", { name: "Draft a plan" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Draft a compensation plan" }));
  await userEvent.type(dialog.getByRole("textbox", { name: /^Title/ }), "Compensation 2027");
  const rate = dialog.getAllByDisplayValue("5")[0]!;
  await userEvent.clear(rate);
  await userEvent.type(rate, "120");
  await userEvent.click(dialog.getByRole("button", { name: "Draft" }));
  expect(written("draft-compensation-plan")).toEqual([]);
  await userEvent.clear(rate);
  await userEvent.type(rate, "5.5");
  await userEvent.click(dialog.getByRole("button", { name: "Draft" }));
  await waitFor(() =>
    expect(written("draft-compensation-plan")).toMatchObject([
      {
        ...{ title: "Compensation 2027", paidTo: "partner_manager", from: "2026-Q2", to: null },
        lines: {
          sourced: { pays: { of: "rate", basisPoints: 550 } },
          influenced: { pays: { basisPoints: 100 } },
        },
      },
    ]),
  );
});
