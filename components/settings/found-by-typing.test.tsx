// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { showOnPage } from "@/components/shared/page.fixture";
import { typedInto } from "@/components/ui/typing.fixture";
import type { Outputs } from "@/lib/api/client";
import { AddCategoryDialog } from "./add-category-dialog";
import { AddPerson } from "./add-person";
import { CompanySettings } from "./company-settings";
import { EditPerson } from "./edit-person";
import { RateGrid } from "./rate-grid";

const FINANCE = { costs: [], nones: [], rates: [], waiting: [], currencies: ["EUR"] };
const PERSON: Outputs["peopleList"]["people"][number] = {
  ...{
    id: "U-1",
    name: "",
    email: "",
    role: "ae",
    ownerName: null,
    team: null,
    disabled: false,
    erased: false,
    hold: null,
    demo: false,
  },
  ...{ passwordSetAt: null, passwordOwn: false, linkUntil: null, seenAt: null },
  may: { access: true, link: true, edit: true, erase: true, hold: true },
};
const company = () =>
  showOnPage(<CompanySettings />, { may: { "settings.edit": "any" } }, { "costs-and-rates": () => FINANCE });

typedInto("the reporting currency", {
  show: company,
  ...{ label: "Numbers are told in", noun: "currency", chosen: "USD", partly: "jp", name: "JPY" },
});

typedInto("the company's time zone", {
  show: company,
  ...{ label: "Days are counted in", noun: "time zone", chosen: "UTC" },
  ...{ partly: "lisb", name: "Europe/Lisbon" },
});

typedInto("the currency of a line of costs", {
  show: () => showOnPage(<AddCategoryDialog currency="USD" onAdd={() => {}} onClose={() => {}} />),
  ...{ label: "Currency", noun: "currency", chosen: "USD", partly: "jp", name: "JPY" },
});

typedInto("a currency to add to the rates", {
  show: () =>
    showOnPage(
      <RateGrid finance={FINANCE} quarters={["2026-Q2"]} current="2026-Q2" reporting="USD" mayEdit />,
    ),
  ...{ label: "Add a currency", noun: "currency", partly: "jp", name: "JPY", taken: "" },
});

typedInto("whose deals an AE owns", {
  show: async () => {
    showOnPage(
      <AddPerson onClose={() => {}} />,
      {},
      {
        "owners-list": () => ({
          owners: [
            { owner: "Ines Duarte", deals: 3 },
            { owner: "Theo Lund", deals: 1 },
          ],
        }),
      },
    );
    await screen.findByRole("combobox", { name: "Owns the deals of" });
    await userEvent.click(screen.getByRole("textbox", { name: "Name" }));
  },
  ...{ label: "Owns the deals of", noun: "owner", partly: "theo", name: "Theo Lund" },
});

typedInto("the team that somebody is in", {
  show: () =>
    showOnPage(
      <EditPerson person={{ ...PERSON, id: "U-9", name: "Maren Falk", team: "South" }} onClose={() => {}} />,
      {},
      {
        "people-list": () => ({ people: [{ ...PERSON, id: "U-8", name: "Theo Lund", team: "North" }] }),
        "owners-list": () => ({ owners: [] }),
      },
    ),
  ...{ label: "Team", noun: "team", chosen: "South", partly: "nort", name: "North" },
});
