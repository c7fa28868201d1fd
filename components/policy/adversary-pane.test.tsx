// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { AdversaryPane } from "./adversary-pane";

const FOUND: Outputs["adversary"]["ways"][number]["cheapest"] = {
  ...{ deal: { id: "D-7", name: "Globex" }, amount: 12_000_000, currency: "USD", partner: null },
  ...{ hand: "ae", outcome: "sourced", cost: { writes: 1, daysBack: 25 }, seenAs: [] },
  writes: [
    {
      ...{ kind: "row", role: "sourcer", touchStage: 1, touchedOn: "2026-04-05", recordedOn: "2026-04-30" },
      ...{ confirmed: true, rewrites: null },
    },
  ],
  before: { deal: "none", partner: null, credit: 0 },
  after: { deal: "sourced", partner: "sourced", credit: 12_000_000 },
};
const HOLES: Outputs["adversary"] = {
  ...{ hash: "a".repeat(64), tried: 150, of: 400 },
  ways: [
    {
      deals: 38,
      cheapest: FOUND,
      dearest: { ...FOUND, deal: { id: "D-9", name: "Initech" } },
      through: ["buckets.evidence"],
    },
  ],
  stops: [{ hand: "admin", outcome: "sourced", clause: null }],
  quarters: [
    {
      quarter: "2026-Q2",
      found: FOUND,
      raised: [{ metric: "sourcedPipeline", before: 0, after: 12_000_000 }],
    },
  ],
};
const NOTHING: Outputs["adversary"] = {
  ...{ hash: "a".repeat(64), tried: 3, of: 3, ways: [], quarters: [] },
  stops: [{ hand: "ae", outcome: "sourced", clause: "buckets.evidence" }],
};

async function asked(answer: Outputs["adversary"], saved = true) {
  const page = showOnPage(
    <AdversaryPane
      question={() => ({ policy: { policyId: "PO-1" }, quarters: ["2026-Q2"] })}
      onAsk={async () => saved}
    />,
    {},
    { adversary: () => answer },
  );
  await userEvent.click(screen.getByRole("button", { name: "Look for it" }));
  return page;
}

test("tells each way as a sentence, with the deal, where it is seen and what lets it through", async () => {
  const { asked: calls } = await asked(HOLES);
  const ways = await screen.findByRole("list", { name: "Ways, cheapest first" });
  expect(calls.at(-1)?.body).toMatchObject({ policy: { policyId: "PO-1" }, quarters: ["2026-Q2"] });
  const [way] = within(ways).getAllByRole("listitem");
  expect(way!.textContent).toContain(
    "An AE alone: one role row dated back 25 days makes any partner sourced on Globex instead of none",
  );
  expect(way!.textContent).toContain("Nothing in the exceptions log shows it.");
  expect(way!.textContent).toContain("Let through by Evidence");
  expect(way!.textContent).toContain("Possible on 38 of 150 deals, most of all on D-9.");
  expect(within(way!).getByRole("link", { name: "D-7" }).getAttribute("href")).toBe("/deals/D-7");
  expect(screen.getByText(/the 150 largest of 400 deals/).isConnected).toBe(true);
  const quarters = screen.getByRole("region", { name: "What it would make of the quarters" });
  expect(quarters!.textContent).toContain("2026-Q2, an AE alone: sourced pipeline USD 0 → USD 120,000");
  const stopped = "An admin alone makes nothing sourced: what that hand may write does not earn it.";
  expect(screen.getByText(stopped).isConnected).toBe(true);
});

test("says that nothing is found, and by which clause", async () => {
  await asked(NOTHING);
  expect((await screen.findByText("No hand alone raises anything under this text.")).isConnected).toBe(true);
  expect(screen.queryByRole("list", { name: "Ways, cheapest first" })).toBeNull();
  expect(screen.getByText("An AE alone makes nothing sourced: Evidence stops it.").isConnected).toBe(true);
});

test("asks nothing until somebody does, nor while the text is not saved", async () => {
  const { asked: calls } = await asked(HOLES, false);
  expect(calls).toEqual([]);
  expect(screen.getByText(/Before it is signed/).isConnected).toBe(true);
});
