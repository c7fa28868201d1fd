import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "@/lib/attribution/canonical";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { MODELS } from "@/lib/attribution/vocabulary";
import { type Binding, bookOf, policyHash } from "./policy-book";

describe("the hash that people sign", () => {
  it("is over the canonical text, whatever the order in which a document's keys come", () => {
    for (const model of MODELS) {
      const policy = PRESETS[model];
      const reversed = Object.fromEntries(Object.entries(policy).reverse()) as unknown as Policy;
      expect(JSON.stringify(reversed)).not.toBe(JSON.stringify(policy));
      expect(policyHash(reversed)).toBe(policyHash(policy));
      expect(policyHash(policy)).toBe(createHash("sha256").update(canonicalJson(policy)).digest("hex"));
    }
  });

  it("is over the day that a first agreement reaches back to", () => {
    const reaching = { ...PRESETS.two_bucket, reachesBackTo: "2026-01-01" };
    expect(policyHash(reaching)).not.toBe(policyHash(PRESETS.two_bucket));
  });
});

describe("a book of what was signed", () => {
  const binding = (policy: Policy, activeFrom: string, number: number): Binding => ({
    policy,
    hash: policyHash(policy),
    signed: { policyId: `M-${number}`, title: "", number, on: activeFrom, activeFrom, until: null, by: [] },
  });
  const first = { ...PRESETS.triple_tier, reachesBackTo: "2026-01-01" };
  const book = bookOf([binding(first, "2026-04-01", 1), binding(PRESETS.lanes, "2027-04-01", 2)]);
  const judging = (closedOn: string | null, asOf: string) =>
    book.judging({ closedOn }, asOf).policy === PRESETS.two_bucket
      ? "preset"
      : book.judging({ closedOn }, asOf).policy.model;

  it.each([
    ["an open deal before the first day", null, "2026-03-31", "preset"],
    ["an open deal on it", null, "2026-04-01", "triple_tier"],
    ["an open deal on the amendment's", null, "2027-04-01", "lanes"],
    ["a deal closed before the reach", "2025-12-31", "2028-01-01", "preset"],
    ["a deal closed on the day of the reach", "2026-01-01", "2026-04-01", "triple_tier"],
    ["the same before the first day", "2026-01-01", "2026-03-31", "preset"],
    ["a deal closed before the amendment", "2027-03-31", "2028-01-01", "triple_tier"],
    ["a deal closed on its day", "2027-04-01", "2028-01-01", "lanes"],
    ["a deal that closes after the day asked about", "2027-04-01", "2027-03-31", "triple_tier"],
  ] as const)("%s", (_what, closedOn, asOf, by) => expect(judging(closedOn, asOf)).toBe(by));

  it("says before which day nothing signed judges what closed", () => {
    expect(book.onDay("2026-04-01").unsignedBefore).toBe("2026-01-01");
    expect(book.onDay("2026-03-31").unsignedBefore).toBeNull();
    expect(bookOf([binding(PRESETS.lanes, "2026-04-01", 1)]).onDay("2027-01-01").unsignedBefore).toBe(
      "2026-04-01",
    );
  });
});
