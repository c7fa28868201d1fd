import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { askDatabase, expect, test } from "./browser";

/** The script that a route may load before anybody touched it (docs/pages.md): 250 KiB, compressed. */
const BUDGET = 250 * 1024;
/** Signing in needs no shell, no lists and no client of the API's reads. */
const SIGN_IN = 180 * 1024;

const ROUTES = [
  "/deals",
  "/deals/[id]",
  "/dashboard",
  "/exceptions",
  "/reconciliation",
  "/review",
  "/review/[quarter]",
  "/policy",
  "/inbox",
  "/evidence",
  "/attached",
  "/forecast",
  "/lenses",
  "/import",
  "/partners",
  "/accounts",
  "/registrations",
  "/settings",
  "/settings/partners",
];

/** Loads a route with an empty cache and weighs every script that came, also what Next fetched ahead. */
async function scriptOf(page: Page, path: string): Promise<{ bytes: number; heaviest: string }> {
  const scripts: { bytes: number; name: string }[] = [];
  const weighing: Promise<void>[] = [];
  page.on("response", (response) => {
    if (!/\.js(\?|$)/.test(response.url())) return;
    weighing.push(
      response.body().then((body) => {
        const name = new URL(response.url()).pathname.split("/").at(-1) ?? "";
        scripts.push({ bytes: gzipSync(body).length, name });
      }),
    );
  });
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await expect(page.locator("[aria-busy=true]"), "all that the page shows is there").toHaveCount(0);
  await page.waitForLoadState("networkidle");
  await Promise.all(weighing);
  const heaviest = scripts
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, 4)
    .map(({ bytes, name }) => `${name} ${Math.round(bytes / 1024)}`)
    .join(", ");
  return { bytes: scripts.reduce((sum, one) => sum + one.bytes, 0), heaviest };
}

for (const route of ROUTES) {
  test(`${route} keeps to its budget of script`, async ({ as }) => {
    const [there] = await askDatabase(
      (sql) => sql`select deal_id as id, quarter from exceptions order by quarter desc, id limit 1`,
    );
    const page = await as(route === "/evidence" ? "dana" : "leo");
    const path = route.replace("[id]", there!.id).replace("[quarter]", there!.quarter);
    const { bytes, heaviest } = await scriptOf(page, path);
    expect(bytes, "something was weighed").toBeGreaterThan(50 * 1024);
    expect(bytes, `heaviest: ${heaviest}`).toBeLessThanOrEqual(BUDGET);
  });
}

test("/sign-in loads none of the shell", async ({ page }) => {
  const { bytes, heaviest } = await scriptOf(page, "/sign-in");
  expect(bytes, "something was weighed").toBeGreaterThan(50 * 1024);
  expect(bytes, `heaviest: ${heaviest}`).toBeLessThanOrEqual(SIGN_IN);
});

test("what opens on a press is there at the first press, and loads once somebody is", async ({ as }) => {
  const page = await as("maren");
  await page.goto("/deals?scope=mine&state=open");
  await page.waitForLoadState("networkidle");
  const loaded: string[] = [];
  page.on("response", (response) => void (/\.js(\?|$)/.test(response.url()) && loaded.push(response.url())));
  await page.mouse.move(700, 400);
  let before = 0;
  await expect(async () => {
    const seen = before;
    before = loaded.length;
    expect(before).toBeGreaterThan(3);
    expect(before, "no more comes").toBe(seen);
  }).toPass({ intervals: [1_000] });
  await page.keyboard.press("j");
  await page.keyboard.press("t");
  await expect(page.getByRole("dialog", { name: /Tag partner/, includeHidden: true })).toBeVisible();
  expect(loaded.length).toBe(before);
});
