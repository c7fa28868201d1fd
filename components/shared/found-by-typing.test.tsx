// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { typedInto } from "@/components/ui/typing.fixture";
import type { Outputs } from "@/lib/api/client";
import { ACTIVITY_MENU } from "@/lib/attribution/menu";
import { DealField } from "./deal-field";
import { PartnerField } from "./partner-field";
import type { ShellActions } from "./shell-actions";
import { TypeField } from "./type-field";

const PARTNERS = ["Fennimore Partners", "Northgate Integration", "Northlight"].map((name, at) => ({
  id: `P-${at}`,
  name,
}));
const MENU = ACTIVITY_MENU.map((entry) => ({
  ...entry,
  stages: [...entry.stages],
  offered: true,
  motion: true,
}));
const DEALS = [
  { id: "D-1", account: "Fuchsbau Logistik", state: "open" },
  { id: "D-2", account: "Salt and Quarry", state: "open" },
];

function Partner({ guess }: { guess: string | null }) {
  const [value, setValue] = useState(guess);
  return <PartnerField choices={PARTNERS} value={value} onChange={setValue} opens="input" />;
}

function Type() {
  const [value, setValue] = useState<string | null>(null);
  return <TypeField menu={MENU} stage={2} value={value} onChange={setValue} />;
}

function Deal() {
  const [deal, setDeal] = useState<{ id: string | null; name: string | null }>({ id: null, name: null });
  return <DealField dealId={deal.id} name={deal.name} onChange={(id, name) => setDeal({ id, name })} />;
}

typedInto("a partner, none guessed", {
  show: () => showOnPage(<Partner guess={null} />),
  ...{ label: "Partner", noun: "partner", partly: "northg", name: "Northgate Integration" },
});

typedInto("a partner, another one guessed", {
  show: () => showOnPage(<Partner guess="P-0" />),
  ...{ label: "Partner", noun: "partner", chosen: "Fennimore Partners" },
  ...{ partly: "northg", name: "Northgate Integration" },
});

typedInto("what happened", {
  show: () => showOnPage(<Type />),
  ...{ label: "What happened", noun: "activity", partly: "joint disc", name: "Joint discovery" },
});

describe("a partner that nobody entered yet", () => {
  const MADE = { id: "P-9", name: "Acme Limited" };
  const begin = async (may: Outputs["me"]["may"], made: typeof MADE | null) => {
    const asked: unknown[] = [];
    const make = async (kind: string, start: unknown) => {
      asked.push([kind, start]);
      return made;
    };
    showOnPage(<Partner guess="P-0" />, { may }, {}, { make: make as ShellActions["make"] });
    const field = await screen.findByLabelText<HTMLInputElement>("Partner", { selector: "input" });
    await userEvent.clear(field);
    await userEvent.type(field, "Acme");
    return { field, asked };
  };

  const OFFER = { name: "Add partner “Acme”", hidden: true };

  test("is entered from here by who may, and is what the field holds then", async () => {
    const { field, asked } = await begin({ "partner.edit": "any" }, MADE);
    await userEvent.click(await screen.findByRole("option", OFFER));
    expect(asked).toEqual([["partner", { name: "Acme" }]]);
    await expect.poll(() => field.value).toBe(MADE.name);
  });

  test("stands as it was typed when it was not entered after all", async () => {
    const { field } = await begin({ "partner.edit": "any" }, null);
    await userEvent.click(await screen.findByRole("option", OFFER));
    await expect.poll(() => field.value).toBe("Acme");
  });

  test("is not offered to who may not", async () => {
    await begin({}, MADE);
    await screen.findByText("No partner called “Acme”");
    expect(screen.queryByRole("option", OFFER)).toBeNull();
  });
});

// It gives way to the deal that was found.
typedInto("a deal, which the server finds", {
  show: () =>
    showOnPage(
      <Deal />,
      {},
      {
        "deals-list": (_, query) => {
          const wanted = (query.get("search") ?? "").toLowerCase();
          return { rows: DEALS.filter((deal) => deal.account.toLowerCase().includes(wanted)) };
        },
      },
    ),
  ...{ label: "Deal", noun: "deal", partly: "fuchs", name: "Fuchsbau Logistik", taken: null },
});
