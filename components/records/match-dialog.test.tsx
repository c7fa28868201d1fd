// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { MatchDialog } from "./match-dialog";

type Line = Outputs["registrationsList"]["rows"][number];
type Candidate = Outputs["registration"]["deals"][number];

const LINE = {
  ...{ id: "R-1", partner: { id: "P-1", name: "Vela" }, account: { id: "AC-1", name: "Larkfield" } },
  ...{ domain: "larkfield.example", deal: null, status: "pending" },
} as Line;
const deal = (id: string, account: string) =>
  ({
    id,
    account,
    owner: "Maren Falk",
    stage: 2,
    amount: 2_400_000,
    currency: "USD",
    partners: [],
  }) as unknown as Candidate;

function show(deals: Candidate[], made: unknown[] = []) {
  const page = showOnPage(
    <MatchDialog line={LINE} onClose={() => {}} />,
    { may: { "deal.create": "any" } },
    {
      registration: () => ({ registration: LINE, deals, registrations: [] }),
      rehearse: () => ({ deals: [], leftOut: [] }),
      "match-registration": (body) => ({ request: "r", answer: body }),
    },
    {
      make: (async (...asked: unknown[]) => {
        made.push(asked);
        return null;
      }) as never,
    },
  );
  const sent = () => page.asked.find(({ path }) => path.endsWith("/match-registration"))?.body;
  const press = async (name: string) => userEvent.click(await screen.findByRole("button", { name }));
  return { sent, press };
}

test("the only deal that takes it in is chosen already, and is what is sent", async () => {
  const { sent, press } = show([deal("D-1", "Larkfield")]);
  expect(await screen.findByRole("radio")).toHaveProperty("checked", true);
  await press("Match");
  await waitFor(() => expect(sent()).toEqual({ registrationId: "R-1", dealId: "D-1" }));
});

test("of several none is chosen for anybody", async () => {
  const { sent, press } = show([deal("D-1", "Larkfield"), deal("D-2", "Larkfield Retail")]);
  await screen.findAllByRole("radio");
  expect(screen.getByRole("button", { name: "Match" })).toHaveProperty("disabled", true);
  await userEvent.click(screen.getByRole("radio", { name: /Larkfield Retail/ }));
  await press("Match");
  await waitFor(() => expect(sent()).toEqual({ registrationId: "R-1", dealId: "D-2" }));
});

test("where none is open, the deal is entered from it", async () => {
  const made: unknown[] = [];
  const { press } = show([], made);
  await screen.findByText("No open deal of Larkfield");
  await press("Enter its deal");
  expect(made).toEqual([
    ["deal", { registrationId: "R-1", partnerName: "Vela", accountId: "AC-1", accountName: "Larkfield" }],
  ]);
});
