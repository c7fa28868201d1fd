// @vitest-environment happy-dom
import "./page.fixture";
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { Inputs, Outputs } from "@/lib/api/client";
import type { PartnerResult } from "@/lib/attribution/result";
import { Effect } from "./effect";
import { refusal, showOnPage } from "./page.fixture";

type Told = Outputs["rehearse"];
type Stand = NonNullable<Told["deals"][number]["before"]>;

const partner = (overrides: Partial<PartnerResult> = {}): PartnerResult => ({
  ...{ partnerId: "P-1", outcome: "none", disputed: null, missing: [], credit: {}, rule: "two_bucket.none" },
  ...{ tests: [], next: null, evidence: null },
  ...overrides,
});
const stand = (result: Partial<Stand["result"]> = {}): Stand => ({
  ...{ account: "Acme", state: "open" },
  result: { outcome: "none", evidence: null, partners: [], gray: [], ...result },
});
const told = (after: Stand, before = stand()): Told => ({
  ...{ answer: {}, touched: 1, leftOut: [] },
  deals: [{ dealId: "D-1", before, after }],
});

const INPUT: Inputs["tagPartner"] = { dealId: "D-1", partnerId: "P-1", role: "sourcer" };

function show(answer: unknown, input: Inputs["tagPartner"] | null = INPUT) {
  return showOnPage(
    <Effect
      verb="tagPartner"
      input={input}
      partnerName={(id) => (id === "P-1" ? "Hallmark" : undefined)}
      unsaid="Choose a partner."
    />,
    {},
    { rehearse: () => answer },
  );
}

describe("the effect of a write, before it is saved", () => {
  test("is what the write's own door says", async () => {
    const { asked } = show(
      told(
        stand({
          ...{ outcome: "sourced", evidence: "countersigned" },
          partners: [partner({ outcome: "sourced" }), partner({ partnerId: "P-2", outcome: "sourced" })],
        }),
      ),
    );
    await screen.findByText("becomes");
    expect(document.body.textContent).toContain("countersigned");
    expect(document.body.textContent).toContain("Hallmark is sourced.");
    expect(document.body.textContent).not.toContain("P-2");
    expect(document.body.textContent).not.toContain("It was");
    expect(asked).toEqual([{ path: "/api/v1/rehearse", body: { verb: "tag-partner", input: INPUT } }]);
  });

  test("says what stays, what is disputed with what, and which case it opens", async () => {
    const disputed = partner({ disputed: "sourced", missing: [{ factId: "T-9", lacks: "confirmation" }] });
    show(told(stand({ partners: [disputed], gray: ["stage_conflict"] })));
    await screen.findByText("stays");
    expect(document.body.textContent).toContain("disputed, sourced with the AE's confirmation");
    expect(document.body.textContent).toContain("Opens a case:");
  });

  test("says that a won deal is lost then", async () => {
    show(told({ ...stand(), state: "lost" }, { ...stand(), state: "won" }));
    await screen.findByText("stays");
    expect(document.body.textContent).toContain("It was won, and is lost then.");
  });

  test("is the rule that stands in the way, where the door refuses", async () => {
    const rule = "Hallmark holds this role on the deal already";
    show(refusal(400, { code: "invalid", field: "role", value: "sourcer", rule }));
    await screen.findByText(/Hallmark holds this role on the deal already/);
  });

  test("is not asked while there is nothing to ask", async () => {
    const { asked } = show(told(stand()), null);
    await screen.findByText("Choose a partner.");
    await waitFor(() => expect(asked).toEqual([]));
  });
});
