// Long: one company's way from passwords to its own sign-in and back is one story.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Browser, Page } from "@playwright/test";
import { CLIENT, IdentityProvider } from "@/lib/api/identity-provider.fixture";
import { expect, expectAccessible, open, test } from "./browser";
import { type EmptyHouse, openEmptyHouse } from "./empty-house";

/**
 * The company's own sign-in, played by oidc-provider on loopback: an admin tests it and says which group is which role, somebody
 * whom nobody knows waits, groups decide, signing out ends both sessions, a key is made without a password, passwords go and
 * come back.
 */
test.describe.configure({ mode: "serial" });

const PASSWORD = "seven quiet herons";
/** While a combobox shows its list, the rest of the page is hidden from assistive technology. */
const hidden = { includeHidden: true };
let house: EmptyHouse;
let provider: IdentityProvider;
let admin: Page;
let ola: Page;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  house = await openEmptyHouse(async (address) => {
    provider = await IdentityProvider.open(`${address}/api/auth/callback/sso`);
    return { SSO_ISSUER: provider.issuer, SSO_CLIENT_ID: CLIENT.id, SSO_CLIENT_SECRET: CLIENT.secret };
  });
  const verified = { email_verified: true };
  provider.people.set("subject-of-ola", {
    ...{ email: "ola@northbeam.example", name: "Ola Ray", groups: ["sellers"], ...verified },
  });
  provider.people.set("subject-of-admin", {
    ...{ email: house.email, name: "Ada Min", groups: ["revops"], ...verified },
  });
});
test.afterAll(async () => {
  await admin?.context().close();
  await ola?.context().close();
  await house.close();
  await provider.close();
});

const pageIn = async (browser: Browser): Promise<Page> =>
  (await browser.newContext({ baseURL: house.address, viewport: { width: 1280, height: 900 } })).newPage();

async function setPassword(page: Page, link: string, password = PASSWORD): Promise<void> {
  await page.goto(link);
  await page.getByLabel("New password").fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !/set-password|sign-in/.test(url.pathname));
}

/** Goes to the provider, who says who it is, and comes back. */
async function comeAs(page: Page, subject: string): Promise<void> {
  provider.who = subject;
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with your company’s account" }).click();
}
const isIn = (page: Page) =>
  page.waitForURL((url) => url.href.startsWith(house.address) && !/sign-in/.test(url.pathname));

/** Signs out here, and at the provider, which asks whether that is meant. */
async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.href.startsWith(`${provider.issuer}/session/end`));
  await page.getByRole("button", { name: /Yes/ }).click();
  await page.waitForURL(`${house.address}/sign-in`);
}

test("an admin tests the provider, and says which group is which role", async ({ browser }) => {
  test.setTimeout(120_000);
  admin = await pageIn(browser);
  await setPassword(admin, house.link);
  await open(admin, "/settings/single-sign-on");
  await admin.getByRole("button", { name: "Test it" }).click();
  await expect(admin.getByText(`${provider.issuer} answers, and is who it should be.`)).toBeVisible();
  await expect(admin.getByText("It knows the client, and the secret is right.")).toBeVisible();
  await expect(admin.getByText(/Signing out here signs out there as well/)).toBeVisible();
  await expect(admin.getByText("Wrong:")).toHaveCount(0);
  for (const [place, group, role] of [
    [1, "sellers", /^Account executive/],
    [2, "revops", /^Admin/],
  ] as const) {
    await admin.getByRole("button", { name: "Add a group" }).click();
    await admin.getByRole("textbox", { name: `Group ${place}` }).fill(group);
    await admin.getByLabel(`Role of group ${place}`).click();
    await admin.getByRole("option", { name: role }).click();
  }
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByRole("button", { name: "Save" })).toBeDisabled();
  await open(admin, "/settings/single-sign-on");
  await expect(admin.getByRole("textbox", { name: "Group 2" })).toHaveValue("revops");
  await expectAccessible(admin);
});

test("somebody whom nobody knows waits for an admin, and comes in once the admin has said who they are", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  ola = await pageIn(browser);
  await comeAs(ola, "subject-of-ola");
  await expect(ola.getByRole("alert")).toContainText("nobody here is linked to you yet");
  await expectAccessible(ola);

  await open(admin, "/settings/people");
  await admin.getByRole("button", { name: "Add person" }).click();
  const dialog = admin.getByRole("dialog", hidden);
  await dialog.getByLabel("Name", { exact: true }).fill("Ola Ray");
  await dialog.getByLabel("E-mail").fill("ola.ray@northbeam.example");
  await dialog.getByLabel("Role").click();
  await admin.getByRole("option", { name: /^Finance \(CFO\)/ }).click();
  await dialog.getByRole("button", { name: "Add person", ...hidden }).click();
  await expect(admin.getByText(/\/set-password#/)).toBeVisible();

  await open(admin, "/settings/single-sign-on");
  await expect(admin.getByText("and was not let in")).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole("combobox", { name: "Who Ola Ray is here" }).fill("Ola");
  await admin.getByRole("option", { name: /Ola Ray/ }).click();
  await expect(admin.getByText("Signs in as Ola Ray")).toBeVisible();

  await comeAs(ola, "subject-of-ola");
  await isIn(ola);
});

test("their groups decide the role, whatever it was given as; in none of them nobody is let in", async () => {
  test.setTimeout(120_000);
  await expect(ola.getByText("Account executive", { exact: true }).first()).toBeVisible();
  const told = provider.people.get("subject-of-ola")!;
  provider.people.set("subject-of-ola", { ...told, groups: ["visitors"] });
  await signOut(ola);
  await comeAs(ola, "subject-of-ola");
  await expect(ola.getByRole("alert")).toContainText("None of the groups that you are in has a role here");
  provider.people.set("subject-of-ola", told);
  await comeAs(ola, "subject-of-ola");
  await isIn(ola);
});

test("who has no password makes a key within minutes of coming, uses it, and ends it", async ({
  request,
}) => {
  test.setTimeout(120_000);
  await open(ola, "/settings/api");
  await ola.getByRole("button", { name: "Make a key" }).click();
  const dialog = ola.getByRole("dialog", hidden);
  await expect(dialog.getByRole("button", { name: "Sign in anew" })).toBeVisible();
  await expect(dialog.getByLabel("Your own password")).toHaveCount(0);
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Forecast sheet");
  await expectAccessible(ola);
  await dialog.getByRole("button", { name: "Make the key" }).click();
  const key = (await ola.getByText(/^csk_\S{20,}$/).textContent())!;
  await ola.getByRole("button", { name: "Done" }).click();
  await expect(ola.getByText(key)).toHaveCount(0);
  await expect(ola.getByText(/never used/)).toBeVisible();

  const ask = () =>
    request.get(`${house.address}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
  expect((await ask()).status()).toBe(200);
  await expect(async () => {
    await open(ola, "/settings/api");
    await expect(ola.getByText(/last used/)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(ola.getByText(key)).toHaveCount(0);
  await expectAccessible(ola);
  await ola.getByRole("button", { name: "Revoke Forecast sheet" }).click();
  await expect(ola.getByText("Revoked", { exact: true })).toBeVisible();
  expect((await ask()).status()).toBe(401);

  await ola.getByRole("button", { name: "Make a key" }).click();
  const back = ola.waitForResponse(/\/api\/auth\/callback\/sso/);
  await ola.getByRole("button", { name: "Sign in anew" }).click();
  expect((await back).headers().location).toMatch(/\/settings\/api$/);
  await expect(ola.getByRole("button", { name: "Make a key" })).toBeVisible();
});

test("an admin links themselves, comes by it, switches passwords off, and the command line lets them in again", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  await open(admin, "/settings/account");
  await admin.getByRole("button", { name: "Link it" }).click();
  await admin.getByLabel("Your own password").fill(PASSWORD);
  provider.who = "subject-of-admin";
  await admin.getByRole("button", { name: "Go there to link it" }).click();
  await admin.waitForURL(/signOn=linked/);
  await expect(admin.getByText(house.email).first()).toBeVisible();
  await expectAccessible(admin);
  // Came by a password: the provider's session is none of this one's.
  await admin.getByRole("button", { name: "Sign out" }).click();
  await admin.waitForURL(`${house.address}/sign-in`);

  await comeAs(admin, "subject-of-admin");
  await isIn(admin);
  await open(admin, "/settings/single-sign-on");
  await admin.getByRole("button", { name: "Switch passwords off" }).click();
  await expect(admin.getByRole("button", { name: "Let passwords in again" })).toBeVisible();

  const stranger = await pageIn(browser);
  await stranger.goto("/sign-in");
  await expect(stranger.getByRole("button", { name: "Sign in with your company’s account" })).toBeVisible();
  await expect(stranger.getByLabel("Password")).toHaveCount(0);
  await expectAccessible(stranger);

  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "scripts/admin.ts", house.email],
    { env: { ...process.env, DATABASE_URL: house.databaseUrl, NEXTAUTH_URL: house.address } },
  );
  await stranger.goto("/sign-in");
  await expect(stranger.getByLabel("Password")).toBeVisible();
  await setPassword(stranger, stdout.trim(), "eight loud geese over water");
  await open(stranger, "/settings/single-sign-on");
  await expect(stranger.getByRole("button", { name: "Switch passwords off" })).toBeVisible();
  await stranger.context().close();
});
