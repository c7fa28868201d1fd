import { expect, expectAccessible, open, test } from "./browser";

/** Every page with the demo story in it; D-2001 is closed and credited, D-2010 open and disputed. */
const PAGES = [
  "/deals?scope=all",
  "/deals/D-2001",
  "/deals/D-2010",
  "/partners",
  "/partners/P-vellum",
  "/accounts",
  "/registrations",
  "/dashboard",
  "/dashboard?compare=true",
  "/import",
  "/settings",
  "/settings/partners",
  "/settings/company",
  "/settings/activities",
];
const THEMES = ["light", "dark"] as const;

for (const theme of THEMES) {
  for (const path of PAGES) {
    test(`${path} has no violation, ${theme}`, async ({ as }) => {
      const page = await as("leo");
      await open(page, path, theme);
      await expectAccessible(page);
    });
  }

  test(`/sign-in has no violation, ${theme}`, async ({ page }) => {
    await open(page, "/sign-in", theme);
    await expectAccessible(page);
  });

  test(`the log-activity dialog has no violation, ${theme}`, async ({ as }) => {
    const page = await as("dana");
    await open(page, "/deals/D-2010", theme);
    await page.keyboard.press("a");
    // An open list hides the page behind it, which axe reports; so a type is chosen, and the list closes.
    await page.getByRole("combobox", { name: "What happened", includeHidden: true }).fill("Joint disc");
    await page.getByRole("option", { name: /Joint discovery/ }).click();
    await expect(page.getByRole("listbox")).toBeHidden();
    await expectAccessible(page);
  });
}

test("a page is usable at 320 pixels: nothing runs off to the side", async ({ as }) => {
  const page = await as("leo", { viewport: { width: 320, height: 700 } });
  for (const path of PAGES) {
    await open(page, path);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
