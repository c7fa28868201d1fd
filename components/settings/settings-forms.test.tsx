// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { refusal, showOnPage } from "@/components/shared/page.fixture";
import { CompanySettings } from "./company-settings";

const COSTS = { costs: [], rates: [] };

test("a rule of the server stands at the field that it names, and nowhere else", async () => {
  const rule = "must be at most 200 characters";
  showOnPage(
    <CompanySettings />,
    { may: { "settings.edit": "any" } },
    {
      "edit-settings": () => refusal(400, { code: "invalid", field: "company", value: "x", rule }),
      "costs-and-rates": () => COSTS,
    },
  );
  const name = await screen.findByRole("textbox", { name: "Name" });
  await userEvent.type(name, " and daughters");
  await userEvent.click(screen.getByRole("button", { name: "Save changes" }));
  expect(await screen.findAllByText("It must be at most 200 characters.")).toHaveLength(1);
  expect(name.getAttribute("aria-invalid")).toBe("true");
  expect((name as HTMLInputElement).value).toContain("and daughters");
});
