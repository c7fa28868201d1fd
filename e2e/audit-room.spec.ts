import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, frozenQuarter, open, test } from "./browser";

/** From a phone to a desk, with nothing that runs off to the side. */
async function expectFits(page: Page): Promise<void> {
  for (const width of [320, 768, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, `${width} wide: pixels that run off to the side`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("an auditor draws a sample by a seed, says what holds, and takes along a bundle that verifies itself offline", async ({
  as,
  browser,
}) => {
  test.setTimeout(180_000);
  const quarter = await frozenQuarter();
  const hanne = await as("hanne");
  await open(hanne, `/review/${quarter}/audit`);
  await expect(hanne.getByText("No sample was drawn yet")).toBeVisible();
  await hanne.getByRole("button", { name: "Draw a sample" }).click();
  const draw = hanne.getByRole("dialog", { name: /Draw a sample/ });
  await draw.getByLabel("Seed").fill("agreed on in May");
  await draw.getByLabel("How many").fill("3");
  await expectAccessible(hanne);
  await draw.getByRole("button", { name: "Draw", exact: true }).click();
  await expect(hanne.getByText(/3 deals to look at/)).toBeVisible();

  const deals = hanne.getByRole("main").getByRole("article");
  await expect(deals).toHaveCount(3);
  await deals.nth(0).getByRole("button", { name: "Holds" }).click();
  await expect(deals.nth(0).getByText(/Hanne Moritz,/)).toBeVisible();
  await deals
    .nth(1)
    .getByRole("button", { name: /with a note/ })
    .click();
  const tick = hanne.getByRole("dialog", { name: /What you found/ });
  await tick.getByRole("button", { name: "Save" }).click();
  await expect(tick.getByText(/Say what does not hold/)).toBeVisible();
  await tick.getByLabel("Note").fill("The contract names another partner.");
  await tick.getByRole("button", { name: "Save" }).click();
  await expect(hanne.getByText("2 of 3 deals looked at, 1 of them holds.")).toBeVisible();
  await deals.nth(2).getByRole("button", { name: "Holds" }).click();
  await expect(hanne.getByText(/^2 of 3 deals hold[.] Of all the quarter's deals between/)).toBeVisible();
  await expect(hanne.getByRole("button", { name: "Sign off" })).toHaveAttribute("aria-disabled", "true");
  for (const theme of ["light", "dark"] as const) {
    await open(hanne, `/review/${quarter}/audit`, theme);
    await expectFits(hanne);
    await expectAccessible(hanne);
  }

  await test.step("finance reads it and writes nothing in it; an AE does not", async () => {
    const ruth = await as("ruth");
    await open(ruth, `/review/${quarter}/audit`);
    await expect(ruth.getByText("The contract names another partner.")).toBeVisible();
    await expect(ruth.getByRole("button", { name: "Change…" })).toHaveCount(0);
    const maren = await as("maren");
    await maren.goto(`/review/${quarter}/audit`);
    await expect(maren.getByRole("alert")).toBeVisible();
    expect((await maren.request.get(`/api/review/${quarter}/bundle.html`)).status()).toBe(403);
  });

  await test.step("the bundle is a page that verifies itself without a network, and says what was changed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "countersign-bundle-"));
    try {
      // The sample's entries are in it once the newest head covers them.
      const bundleWith = async () => (await hanne.request.get(`/api/review/${quarter}/bundle.html`)).text();
      await expect.poll(bundleWith, { timeout: 60_000 }).toContain("agreed on in May");
      const file = join(folder, "bundle.html");
      writeFileSync(file, await bundleWith());
      const context = await browser.newContext({ offline: true });
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href);
      await expect(page.getByText("It holds.")).toBeVisible({ timeout: 30_000 });
      await expect(
        page.getByText(/A sample of 3 deals, seed “agreed on in May”, drawn again/).first(),
      ).toBeVisible();
      await expectFits(page);
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(page);
      const forged = join(folder, "forged.html");
      writeFileSync(
        forged,
        readFileSync(file, "utf8").replace(
          /(\\"amount\\":)(\d)/,
          (_, name, digit) => `${name}${(Number(digit) % 9) + 1}`,
        ),
      );
      await page.getByLabel(/Drop a bundle here/).setInputFiles(forged);
      await expect(page.getByText("It does not hold.")).toBeVisible({ timeout: 30_000 });
      await expect(page.getByText(/is not what was frozen|not in the log/)).toBeVisible();
      await context.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
