import type { Browser, Page } from "@playwright/test";
import { expect, expectAccessible, open, test } from "./browser";
import { type EmptyHouse, openEmptyHouse } from "./empty-house";

/** A real person of finance registers a passkey and signs a week by it; the authenticator is Chromium's own virtual one. */
const PASSWORD = "seven quiet herons";
let house: EmptyHouse;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  house = await openEmptyHouse();
});
test.afterAll(() => house.close());

/** Sets a password by a link, in a browser of one's own. */
async function enter(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: house.address,
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !/set-password|sign-in/.test(url.pathname));
  return page;
}

/** A finger that says yes on this page's authenticator. */
async function withAuthenticator(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
}

test("a passkey is registered with the password, signs a week, and is taken away", async ({ browser }) => {
  test.setTimeout(240_000);
  const admin = await enter(browser, house.link);
  await open(admin, "/settings/single-sign-on");
  await expect(admin.getByText("/api/auth/callback/sso")).toBeVisible();
  await expectAccessible(admin);
  await open(admin, "/settings/people");
  await admin.getByRole("button", { name: "Add person" }).click();
  const dialog = admin.getByRole("dialog", { includeHidden: true });
  await dialog.getByLabel("Name", { exact: true }).fill("Fay Stone");
  await dialog.getByLabel("E-mail").fill("fay@northbeam.example");
  await dialog.getByLabel("Role").click();
  await admin.getByRole("option", { name: /^Finance \(CFO\)/ }).click();
  await dialog.getByRole("button", { name: "Add person", includeHidden: true }).click();
  const link = (await admin.getByText(/\/set-password#/).textContent()) as string;

  const fay = await enter(browser, link);
  await withAuthenticator(fay);
  await open(fay, "/settings/account");
  await fay.getByRole("button", { name: "Register a passkey" }).click();
  await fay.getByLabel("What holds it").fill("Laptop");
  await fay.getByLabel("Your own password").fill("not mine");
  await fay.getByRole("button", { name: "Register it" }).click();
  await expect(fay.getByText(/is not yours/i).first()).toBeVisible();
  await fay.getByLabel("Your own password").fill(PASSWORD);
  await fay.getByRole("button", { name: "Register it" }).click();
  await expect(fay.getByText(/Registered .*not used yet/)).toBeVisible();
  await expectAccessible(fay);

  await open(fay, "/forecast?view=weeks");
  await fay
    .getByRole("button", { name: /^Take / })
    .first()
    .click();
  await fay.getByRole("main").getByRole("button", { name: /^Sign/ }).first().click();
  await expect(fay.getByRole("button", { name: "Sign with your passkey" })).toBeVisible();
  await expectAccessible(fay);
  await fay.getByRole("button", { name: "Sign with your passkey" }).click();
  await expect(fay.getByText(/The week of .* is signed/).first()).toBeVisible();

  await open(fay, "/settings/account");
  await expect(fay.getByText(/last used/).first()).toBeVisible();
  await fay.getByRole("button", { name: "Remove Laptop" }).click();
  await expect(fay.getByText("Laptop signs nothing any more").first()).toBeVisible();
  await fay.context().close();
  await admin.context().close();
});
