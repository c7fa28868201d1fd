// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { refusal, showOnPage } from "@/components/shared/page.fixture";
import { ShellActionsProvider } from "@/components/shared/shell-actions";
import type { Outputs } from "@/lib/api/client";
import { CorrectionDialog } from "./correction-dialog";
import { AnsweredCorrections, WaitingCorrection } from "./correction-panel";
import type { Correction } from "./correction-words";
import { DealHeader } from "./deal-header";

type Answer = Outputs["deal"];

const CLOSED: Answer["deal"] = {
  ...{
    id: "D-1",
    ...{ accountId: null, name: null, crmUrl: null, expectedCloseOn: null, probability: null },
    ...{ forecastCategory: null, nextStep: null },
    account: "Larkfield Foods",
    owner: "Maren Falk",
    amount: 1_250_000,
    currency: "EUR",
  },
  ...{
    type: "new",
    route: "direct",
    createdOn: "2025-11-03",
    closedOn: "2026-03-12",
    state: "won",
    stage: 5,
  },
  ...{ firstEngagedOn: null, recreatedFrom: null, outcome: "sourced", evidence: "stated", amendedOn: null },
  ...{ disputed: false, gray: [], noPartner: null, attributionConfirmed: true, demo: false, version: 7 },
};

const MAY: Answer["may"] = {
  ...{ edit: true, describe: true, correct: true, moveStage: true, close: true, closeWon: true },
  ...{ confirmNoPartner: true, tag: true, logActivity: true, addStep: true },
};

const answer = (deal: Partial<Answer["deal"]> = {}, more: Partial<Answer> = {}): Answer => ({
  deal: { ...CLOSED, ...deal },
  ...{ path: [], roles: [], corrections: [], steps: [], timeline: [], sealed: null },
  locked: "The deal was won on 2026-03-12.",
  may: MAY,
  ...more,
});

const correction = (overrides: Partial<Correction> = {}): Correction => ({
  id: "C-1",
  changes: [{ field: "amount", before: 1_250_000, after: 1_400_000 }],
  reason: "The order form says 14,000",
  proposedOn: "2026-04-02",
  proposedBy: "Maren Falk",
  state: "proposed",
  ...{ decidedOn: null, decidedBy: null, answer: null },
  may: { answer: true, withdraw: "A correction is withdrawn by whoever proposed it" },
  ...overrides,
});

const bodiesOf = (asked: readonly { path: string; body: unknown }[], verb: string) =>
  asked.filter(({ path }) => path === `/api/v1/${verb}`).map(({ body }) => body);

describe("what a close locks", () => {
  const show = (given: Answer) => {
    let asked = 0;
    const nothing = () => {};
    showOnPage(
      <ShellActionsProvider
        value={{
          logActivity: nothing,
          make: async () => null,
          openPalette: nothing,
          showWords: () => {},
          showKeys: nothing,
        }}
      >
        <DealHeader
          answer={given}
          onClose={nothing}
          onRaise={nothing}
          onCorrect={() => asked++}
          onTag={nothing}
        />
      </ShellActionsProvider>,
    );
    return () => asked;
  };

  test("offers a correction at each field, and in words", async () => {
    const asked = show(answer());
    for (const what of ["Amount", "Type", "Won", "First engaged by us"])
      await userEvent.click(screen.getByRole("button", { name: new RegExp(`^${what}: locked`) }));
    await userEvent.click(screen.getByRole("button", { name: "Propose a correction" }));
    expect(asked()).toBe(5);
  });

  test("claims a partner late where its lock is said, and only who may name partners", () => {
    show(answer());
    expect(screen.getByRole("button", { name: "claimed late" })).toBeTruthy();
    cleanup();
    show(answer({}, { may: { ...MAY, tag: "Auditor may not name partners" } }));
    expect(screen.queryByRole("button", { name: "claimed late" })).toBeNull();
  });

  test("says why not to whom it is not for", async () => {
    const asked = show(
      answer({}, { may: { ...MAY, correct: "A correction of this deal waits for finance already" } }),
    );
    await userEvent.click(screen.getByRole("button", { name: "Propose a correction" }));
    await userEvent.click(screen.getByRole("button", { name: "Amount: locked by the close" }));
    expect(asked()).toBe(0);
  });

  test("is not there while the deal is open", () => {
    show(answer({ state: "open", closedOn: null }, { locked: null }));
    expect(screen.queryByRole("button", { name: /locked/ })).toBeNull();
    expect(screen.queryByText(/Amended on/)).toBeNull();
  });

  test("shows when it was amended", () => {
    show(answer({ amendedOn: "2026-04-09" }));
    expect(screen.getByText("Amended on 9 Apr 2026")).toBeTruthy();
  });
});

describe("proposing a correction", () => {
  const show = (answers: Parameters<typeof showOnPage>[2] = {}) => {
    let closed = 0;
    const { asked } = showOnPage(
      <CorrectionDialog answer={answer()} onClose={() => closed++} />,
      {},
      answers,
    );
    return { asked, closed: () => closed };
  };
  const save = () => userEvent.click(screen.getByRole("button", { name: "Propose correction" }));
  const type = async (label: string, text: string) => {
    const field = await screen.findByLabelText(label);
    await userEvent.clear(field);
    await userEvent.type(field, text);
  };

  test("sends what differs, with the reason and the version that was seen", async () => {
    const { asked, closed } = show({ "propose-correction": () => ({ request: "R", correctionId: "C-1" }) });
    await type("Amount", "14,000.50");
    expect(screen.getByText("Now EUR 12,500.00")).toBeTruthy();
    await type("Why", "The order form says so");
    await save();
    await waitFor(() => expect(closed()).toBe(1));
    expect(bodiesOf(asked, "propose-correction")).toEqual([
      { dealId: "D-1", version: 7, changes: { amount: 1_400_050 }, reason: "The order form says so" },
    ]);
  });

  test("rehearses what it would make of the deal", async () => {
    const { asked } = show();
    expect(await screen.findByText(/Change a field to see/)).toBeTruthy();
    await userEvent.click(screen.getByRole("radio", { name: "Lost" }));
    await waitFor(() =>
      expect(bodiesOf(asked, "rehearse")).toContainEqual({
        verb: "propose-correction",
        input: { dealId: "D-1", changes: { outcome: "lost" }, reason: "On trial" },
      }),
    );
  });

  test("asks for the reason, and for an amount of the currency", async () => {
    const { asked } = show();
    await type("Currency", "JPY");
    await type("Amount", "10.50");
    await save();
    expect(await screen.findByText(/JPY has at most 0 decimals/)).toBeTruthy();
    expect(screen.getByText(/[Ff]inance reads it before it answers/)).toBeTruthy();
    expect(bodiesOf(asked, "propose-correction")).toEqual([]);
  });

  test("puts a refusal at its field", async () => {
    const rule = "must not be in a frozen quarter";
    show({
      "propose-correction": () =>
        refusal(422, { code: "invalid", field: "changes.closedOn", value: "2026-01-05", rule } as never),
    });
    await userEvent.click(await screen.findByRole("radio", { name: "Lost" }));
    await type("Why", "Signed earlier");
    await save();
    const field = await screen.findByLabelText("Close day");
    await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
  });
});

describe("a correction that waits", () => {
  const show = (one: Correction | null) =>
    showOnPage(
      <WaitingCorrection answer={answer({}, { corrections: one ? [one] : [] })} />,
      {},
      {
        "accept-correction": () => ({ request: "R", correctionId: "C-1", dealId: "D-1" }),
        "decline-correction": () => ({ request: "R", correctionId: "C-1" }),
        "withdraw-correction": () => ({ request: "R", correctionId: "C-1" }),
      },
    );

  test("tells both sides, who asks, and why", () => {
    show(
      correction({
        changes: [
          { field: "amount", before: 1_250_000, after: 1_400_000 },
          { field: "currency", before: "EUR", after: "JPY" },
          { field: "firstEngagedOn", before: null, after: "2025-12-01" },
        ],
      }),
    );
    const rows = within(screen.getByRole("table")).getAllByRole("row").slice(1);
    expect(rows.map((row) => row.textContent)).toEqual([
      "AmountEUR 12,500.00JPY 1,400,000",
      "CurrencyEURJPY",
      "First engaged by usnot known1 Dec 2025",
    ]);
    const said = screen.getByText("“The order form says 14,000”").parentElement;
    expect(said?.textContent).toContain("Maren Falk, 2 Apr 2026");
  });

  test("is accepted with one press", async () => {
    const { asked } = show(correction());
    await userEvent.click(screen.getByRole("button", { name: "Accept" }));
    await waitFor(() => expect(bodiesOf(asked, "accept-correction")).toEqual([{ correctionId: "C-1" }]));
  });

  test("is declined with a reason only", async () => {
    const { asked } = show(correction());
    await userEvent.click(screen.getByRole("button", { name: "Decline" }));
    await userEvent.click(screen.getByRole("button", { name: "Decline" }));
    expect(bodiesOf(asked, "decline-correction")).toEqual([]);
    await userEvent.type(screen.getByLabelText("Why it is declined"), "No paper");
    await userEvent.click(screen.getByRole("button", { name: "Decline" }));
    await waitFor(() =>
      expect(bodiesOf(asked, "decline-correction")).toEqual([{ correctionId: "C-1", reason: "No paper" }]),
    );
  });

  test("is withdrawn by the proposer, who reads why they do not answer it", async () => {
    const mine = "You proposed this correction: another person from finance answers it";
    const { asked } = show(correction({ may: { answer: mine, withdraw: true } }));
    expect(screen.getByText(`${mine}.`)).toBeTruthy();
    for (const name of ["Accept", "Decline"]) await userEvent.click(screen.getByRole("button", { name }));
    await userEvent.click(screen.getByRole("button", { name: "Withdraw" }));
    await waitFor(() => expect(bodiesOf(asked, "withdraw-correction")).toEqual([{ correctionId: "C-1" }]));
    expect([...bodiesOf(asked, "accept-correction"), ...bodiesOf(asked, "decline-correction")]).toEqual([]);
  });

  test.each([null, correction({ state: "accepted" })])("shows nothing where none does: %#", (one) => {
    show(one);
    expect(screen.queryByRole("button")).toBeNull();
  });
});

test("what was answered keeps its words, each amount in the currency of its day", () => {
  const corrections = [
    correction({
      ...{ id: "C-2", state: "accepted", decidedOn: "2026-04-20", decidedBy: "Ines Roth" },
      changes: [{ field: "currency", before: "USD", after: "EUR" }],
    }),
    correction({
      ...{
        id: "C-1",
        state: "declined",
        decidedOn: "2026-04-10",
        decidedBy: "Ines Roth",
        answer: "No paper",
      },
    }),
  ];
  showOnPage(<AnsweredCorrections answer={answer({}, { corrections })} />);
  const [later, earlier] = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(later).toContain("Currency USD → EUR");
  expect(earlier).toContain("Amount USD 12,500.00 → USD 14,000.00");
  expect(earlier).toContain("declined by Ines Roth, 10 Apr 2026: No paper");
});
