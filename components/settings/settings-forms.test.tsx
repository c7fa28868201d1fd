// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
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

test("how long a registration waits and protects is saved as days, and only what was changed", async () => {
  const { asked } = showOnPage(
    <CompanySettings />,
    { may: { "settings.edit": "any" }, registrationAnswerDays: 5, registrationProtectionDays: 90 },
    {
      "edit-settings": () => ({ request: "r", answer: { company: "Northbeam" } }),
      "costs-and-rates": () => COSTS,
    },
  );
  const answer = await screen.findByRole("textbox", { name: "Days to answer one" });
  await userEvent.clear(answer);
  expect(screen.getByRole("button", { name: "Save changes" })).toHaveProperty("disabled", true);
  await userEvent.type(answer, "10");
  await userEvent.click(screen.getByRole("button", { name: "Save changes" }));
  await waitFor(() =>
    expect(asked.find(({ path }) => path.endsWith("edit-settings"))?.body).toEqual({
      registrationAnswerDays: 10,
    }),
  );
});
