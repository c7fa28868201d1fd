import type { Page } from "@playwright/test";
import { expect, test } from "./browser";

/** The server's page is there at once, its script a while later; what is pressed between is not lost. */
const LATE_MS = 1_500;
test.describe.configure({ timeout: 120_000 });

/** A page whose script comes late, as on a slow line. */
async function slowly(page: Page, path: string): Promise<void> {
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await new Promise((done) => setTimeout(done, LATE_MS));
    await route.continue();
  });
  await page.goto(path, { waitUntil: "commit" });
}
const listens = (page: Page) => page.evaluate(() => "listens" in document.documentElement.dataset);
const waits = (page: Page) => page.evaluate(() => "waits" in document.documentElement.dataset);

test("a press before the page's script has come is heard once, when it has", async ({ as }) => {
  const page = await as("leo");
  await slowly(page, "/deals/D-2010");
  const button = page.getByRole("main").getByRole("button", { name: "Close lost" }).first();
  await button.click();
  expect(await listens(page)).toBe(false);
  expect(await waits(page)).toBe(true);
  await expect(page.getByRole("dialog")).toBeVisible({ timeout: 40_000 });
  expect(await waits(page)).toBe(false);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // Nothing of it comes after.
  await page.waitForTimeout(500);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("of several only the last is meant, and of one pressed twice it is pressed once", async ({ as }) => {
  const page = await as("leo");
  await slowly(page, "/deals/D-2010");
  const button = page.getByRole("main").getByRole("button", { name: "Close lost" }).first();
  await page.getByRole("main").getByRole("button", { name: "Close won" }).first().click();
  await button.click();
  await button.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible({ timeout: 40_000 });
  await expect(dialog).toContainText(/as lost/);
  await expect(dialog).toHaveCount(1);
});

test("Escape takes it back: nothing comes of it once the page listens", async ({ as }) => {
  const page = await as("leo");
  await slowly(page, "/deals/D-2010");
  await page.getByRole("main").getByRole("button", { name: "Close lost" }).first().click();
  expect(await waits(page)).toBe(true);
  await page.keyboard.press("Escape");
  expect(await waits(page)).toBe(false);
  await expect.poll(() => listens(page), { timeout: 40_000 }).toBe(true);
  await page.waitForTimeout(1_000);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a press by the keyboard is one, too", async ({ as }) => {
  const page = await as("leo");
  await slowly(page, "/deals/D-2010");
  await page.getByRole("main").getByRole("button", { name: "Close lost" }).first().press("Enter");
  expect(await listens(page)).toBe(false);
  await expect(page.getByRole("dialog")).toBeVisible({ timeout: 40_000 });
});
