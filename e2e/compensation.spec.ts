import type { Page } from "@playwright/test";
import { askDatabase, expect, expectAccessible, open, personCalled, test } from "./browser";

const TITLE = "What credit pays partners";

/** What credit pays partners, beside the story's plan for their managers: signed by three, paid out of a frozen quarter. */
test("a plan is drafted, signed seat by seat, and pays what a frozen quarter's seal earns, once", async ({
  as,
}) => {
  const [frozen] = await askDatabase(
    (sql) => sql<{ quarter: string }[]>`select quarter from sealed_quarters order by quarter desc limit 1`,
  );
  const quarter = frozen!.quarter;

  const camille = await as("camille");
  await open(camille, "/settings/compensation");
  await camille.getByRole("button", { name: "Draft a plan" }).first().click();
  const draft = camille.getByRole("dialog", { name: "Draft a compensation plan" });
  await draft.getByLabel("Title").fill(TITLE);
  await draft.getByRole("radio", { name: "Partners" }).click();
  await draft.getByLabel("First quarter").fill(quarter);
  await draft.getByRole("button", { name: "Draft", exact: true }).click();
  await expect(draft).toBeHidden();
  const planOf = async (title: string) => {
    const [plan] = await askDatabase((sql) => sql`select id from compensation_plans where title = ${title}`);
    return `/settings/compensation?plan=${plan!.id}&quarter=${quarter}`;
  };
  const its = await planOf(TITLE);
  await open(camille, its);
  await expect(camille.getByText("0 of 3 signatures")).toBeVisible();
  await expectAccessible(camille);

  const signAs = async (name: string, given: number): Promise<Page> => {
    const page = name === "camille" ? camille : await as(name);
    await open(page, its);
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByLabel("Your own password").fill(personCalled(name).password);
    await page.getByRole("button", { name: "Sign this text" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(
      page.getByText(given < 3 ? `${given} of 3 signatures` : "Signed by three").first(),
    ).toBeVisible();
    return page;
  };
  await signAs("camille", 1);
  await signAs("viktor", 2);
  const ruth = await signAs("ruth", 3);

  await expect(ruth.getByText(`${quarter} is frozen: the amounts are its seal's`)).toBeVisible();
  await ruth.getByRole("button", { name: "Pay", exact: true }).click();
  const pay = ruth.getByRole("dialog", { name: `Pay ${quarter}` });
  await pay.getByLabel("Your own password").fill(personCalled("ruth").password);
  await pay.getByRole("button", { name: "Seal as paid" }).click();
  await expect(pay).toBeHidden();
  await expect(ruth.getByText(/^Run 1: .* sealed by Ruth Adeyemi/)).toBeVisible();
  await expect(ruth.getByRole("button", { name: "Pay corrections" })).toBeDisabled();

  // Whoever is paid reads their own, and pays nobody.
  const dana = await as("dana");
  await open(dana, await planOf("What credit pays partner managers"));
  await expect(dana.getByRole("button", { name: "Dana Whitlock" })).toBeVisible();
  await expect(dana.getByRole("button", { name: "Kofi Brandt" })).toHaveCount(0);
});
