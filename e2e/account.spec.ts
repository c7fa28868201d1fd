import type { Browser, Page } from "@playwright/test";
import { expect, expectAccessible, open, test } from "./browser";

const PASSWORD = "seven quiet herons";
const NEXT = "eight louder herons";

/** Adds somebody as the demo's admin does, and takes the link that is shown this once. */
async function addPerson(admin: Page, name: string, email: string): Promise<string> {
  await open(admin, "/settings/people");
  await admin.getByRole("button", { name: "Add person" }).click();
  await admin.getByLabel("Name", { exact: true }).fill(name);
  await admin.getByLabel("E-mail").fill(email);
  await admin.getByRole("dialog").getByRole("button", { name: "Add person" }).click();
  const link = admin.getByText(/\/set-password#/);
  await expect(link).toBeVisible();
  await expectAccessible(admin);
  return (await link.textContent()) as string;
}

/** A browser that nobody has signed in with. */
async function stranger(browser: Browser, baseURL: string | undefined): Promise<Page> {
  return (await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 } })).newPage();
}

test("somebody new sets their own password by a link, once, changes it, and signs out for good", async ({
  as,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const admin = await as("leo");
  const email = `nia-${Date.now()}@tarnwick.example`;
  const link = await addPerson(admin, "Nia Holm", email);
  await admin.getByRole("button", { name: "Done" }).click();
  await expect(admin.getByText(/No password yet; link works until/)).toBeVisible();

  const page = await stranger(browser, baseURL);
  await page.goto(link);
  await expect(page.getByText(email)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("New password").fill("Nia Holm");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/at least 12 characters\./)).toBeVisible();
  await page.getByLabel("New password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/deals/);

  await test.step("the link is used up, and says what to do", async () => {
    const other = await stranger(browser, baseURL);
    await other.goto(link);
    await expect(other.getByText("This link no longer works.")).toBeVisible();
    await expect(other.getByText(/ask an admin/)).toBeVisible();
    await expectAccessible(other);
    await other.context().close();
  });

  await test.step("one changes one's password, and one's other browser is out", async () => {
    const other = await stranger(browser, baseURL);
    await other.goto("/policy");
    await other.getByLabel("E-mail").fill(email);
    await other.getByLabel("Password").fill(PASSWORD);
    await other.keyboard.press("Enter");
    // Back at the page that was wanted before.
    await other.waitForURL(/\/policy/);
    await open(page, "/settings/account");
    await expect(page.getByText("Signed in with 2 browsers")).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Current password").fill("not mine at all");
    await page.getByLabel("New password").fill(NEXT);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText(/It is not yours: enter your own password/)).toBeVisible();
    await page.getByLabel("Current password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page.getByText("Signed in with 1 browser")).toBeVisible();
    await other.goto("/deals");
    await other.waitForURL(/\/sign-in/);
    await other.context().close();
  });

  await test.step("signing out ends the session on the server, whatever the browser keeps", async () => {
    const kept = await page.context().storageState();
    await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
    await page.waitForURL(/\/sign-in/);
    const copy = await browser.newContext({ baseURL, storageState: kept });
    expect((await copy.request.get("/api/v1/me")).status()).toBe(401);
    await copy.close();
  });
  await page.context().close();
});

for (const [theme, width] of [
  ["light", 1280],
  ["dark", 360],
] as const) {
  test(`the account page has no violation, ${theme}, ${width} wide`, async ({ as }) => {
    const page = await as("hanne", { viewport: { width, height: 800 } });
    await open(page, "/settings/account", theme);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}

test("what is no address of this application is refused, and breaks nothing", async ({ request }) => {
  for (const callbackUrl of [
    "::::",
    "http://localhost:4531.evil.example",
    "//evil.example",
    "javascript:1",
  ]) {
    const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
    const form = { csrfToken, email: "a@x.test", password: "x", json: "true", callbackUrl };
    expect((await request.post("/api/auth/callback/credentials", { form })).status()).toBe(400);
    const asked = await request.get(`/api/auth/csrf?callbackUrl=${encodeURIComponent(callbackUrl)}`);
    expect(asked.status()).toBe(400);
  }
});
