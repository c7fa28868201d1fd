import { askDatabase, expect, expectAccessible, open, personCalled, test } from "./browser";

/** Last of all: the demo story goes in one click, and what is left are pages that say what belongs there. */
test("the demo story is removed in one click, and empty pages say what belongs there", async ({ as }) => {
  test.setTimeout(300_000);
  const page = await as("leo");
  await open(page, "/deals?scope=all");
  await page
    .getByRole("button", { name: /Remove/ })
    .first()
    .click();
  await page
    .getByRole("alertdialog")
    .or(page.getByRole("dialog"))
    .getByRole("button", { name: /Remove/ })
    .click();
  await expect
    .poll(() => askDatabase(async (sql) => (await sql`select count(*)::int as deals from deals`)[0]!.deals))
    .toBe(0);
  // Everybody could read the password of whoever goes on as the only admin: a new one is next.
  await page.waitForURL(/\/set-password/);
  await expect(page.getByText(personCalled("leo").email)).toBeVisible();
  await expectAccessible(page);
  const people = await askDatabase(
    (sql) => sql`select email from users where disabled_at is null order by email`,
  );
  expect(people.map(({ email }) => email)).toContain(personCalled("leo").email);

  for (const theme of ["light", "dark"] as const) {
    for (const path of [
      "/deals?scope=all",
      "/inbox",
      "/partners",
      "/accounts",
      "/registrations",
      "/dashboard",
      "/import",
      "/settings",
      "/start",
    ]) {
      await open(page, path, theme);
      await expect(page.getByText("Demo data")).toHaveCount(0);
      await expectAccessible(page);
    }
  }

  // Whoever runs an empty house begins with what it needs.
  await open(page, "/");
  await page.waitForURL(/\/start/);
  const next = page.getByRole("listitem").filter({ hasText: "Next:" });
  await expect(next).toHaveCount(1);
  await expect(page.getByRole("link", { name: "First deals: Import deals" })).toBeVisible();
  const sample = await page.request.get("/samples/deals.csv");
  expect(await sample.text()).toContain("id,account,owner,amount");

  // An address that leads nowhere is said within the house.
  const nowhere = await page.goto("/nowhere");
  expect(nowhere?.status()).toBe(404);
  await expect(page.getByRole("navigation").first()).toBeVisible();
  await expectAccessible(page);
});
