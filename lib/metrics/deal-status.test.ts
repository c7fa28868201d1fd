import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEAL_STATUSES, isAnswered, needsDecision, statusOf } from "./deal-status";
import { DEAL_STATUS_WORDS, statusReason } from "./deal-status-words";

const row = fc.record({ confirmedOn: fc.constantFrom(null, "2026-03-01") });
const standing = fc.record({
  outcome: fc.constantFrom("open", "won", "lost"),
  disputed: fc.boolean(),
  rows: fc.array(row, { maxLength: 3 }),
  noPartner: fc.boolean(),
});

describe("of any deal", () => {
  test("it needs a decision exactly when it is open and not answered", () => {
    fc.assert(
      fc.property(standing, (deal) => {
        const status = statusOf(deal);
        expect(needsDecision(status)).toBe(deal.outcome === "open" && !isAnswered(status));
      }),
    );
  });
});

const partner = { name: "Hallmark", rowId: null, role: null, confirmed: false, disputed: null };
const deal = { state: "open", stage: 2, owner: "Maren Falk", partners: [] } as const;

describe("its reason", () => {
  test.each<[Parameters<typeof statusReason>[0], string, string]>([
    [{ ...deal, status: "to_decide" }, "no answer yet", "Nobody said yet whether a partner is involved."],
    [
      { ...deal, status: "to_decide", stage: 4 },
      "no answer at stage 4",
      "Nobody said yet whether a partner is involved, and it is at stage 4.",
    ],
    [
      { ...deal, status: "to_decide", partners: [partner] },
      "Hallmark without a role",
      "Nobody said yet which role Hallmark has, or that none has one.",
    ],
    [
      { ...deal, status: "waits_for_ae", partners: [{ ...partner, rowId: "T-1", role: "co_seller" }] },
      "waits for Maren Falk",
      "Maren Falk confirms or refuses Hallmark as co-seller.",
    ],
    [
      { ...deal, status: "disputed", partners: [{ ...partner, disputed: "sourced" }] },
      "would be sourced",
      "Hallmark would be sourced if the gaps in its evidence were filled.",
    ],
    [
      { ...deal, status: "decided", partners: [{ ...partner, rowId: "T-1", confirmed: true }] },
      "",
      "Confirmed: Hallmark.",
    ],
    [{ ...deal, status: "no_partner" }, "", "The AE said that no partner is involved."],
    [
      { ...deal, status: "unanswered", state: "won" },
      "won without an answer",
      "It was won before anybody said whether a partner was involved.",
    ],
  ])("%o", (one, short, sentence) => {
    expect(statusReason(one)).toEqual({ short, sentence });
  });

  test("is said to the AE that it waits for as theirs", () => {
    const waits = { ...partner, rowId: "T-1", role: "co_seller" } as const;
    expect(statusReason({ ...deal, status: "waits_for_ae", partners: [waits] }, "Maren Falk")).toEqual({
      short: "waits for you",
      sentence: "You confirm or refuse Hallmark as co-seller.",
    });
  });

  test.each(DEAL_STATUSES)("%s has a word and a sentence", (status) => {
    expect(DEAL_STATUS_WORDS[status].definition).toMatch(/\.$/);
    expect(statusReason({ ...deal, status }).sentence).toMatch(/\.$/);
  });
});
