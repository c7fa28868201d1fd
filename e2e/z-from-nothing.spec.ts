import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import postgres from "postgres";
import { expect, expectAccessible, open, test } from "./browser";
import { type EmptyHouse, openEmptyHouse } from "./empty-house";

/**
 * From an empty database to a deal that is sourced and that two people stand behind: by hand alone, at a desk and
 * on a phone, and by file alone. Nothing is written but through the pages.
 */
test.describe.configure({ mode: "serial" });

/** While a combobox shows its list, the rest of the page is hidden from assistive technology. */
const hidden = { includeHidden: true };
const PASSWORD = "seven quiet herons";
const PEOPLE = [
  { id: "ana", name: "Ana Moreno", role: "Account executive", owns: "Ana Moreno" },
  { id: "pia", name: "Pia Lund", role: "Partner manager" },
  { id: "hal", name: "Hal Roth", role: "Head of partnerships" },
  { id: "fay", name: "Fay Stone", role: "Finance (CFO)" },
] as const;
type Who = "admin" | (typeof PEOPLE)[number]["id"];

/** An option says below its name what the role is for. */
const startingWith = (name: string) => new RegExp(`^${name.replace(/[()]/g, "\\$&")}`);

let house: EmptyHouse;
/** What each one's browser keeps once they have signed in. */
const kept = new Map<Who, BrowserContextOptions["storageState"]>();

test.beforeAll(async () => {
  test.setTimeout(180_000);
  house = await openEmptyHouse();
});
test.afterAll(() => house.close());

async function pageOf(browser: Browser, who: Who | null, options: BrowserContextOptions = {}): Promise<Page> {
  const storageState = who ? kept.get(who) : undefined;
  const context = await browser.newContext({
    baseURL: house.address,
    viewport: { width: 1440, height: 900 },
    storageState,
    ...options,
  });
  return context.newPage();
}

/** Sets a password by a link, as whoever was sent it does. */
async function enter(browser: Browser, who: Who, link: string): Promise<Page> {
  const page = await pageOf(browser, null);
  await page.goto(link);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !/set-password|sign-in/.test(url.pathname));
  kept.set(who, await page.context().storageState());
  return page;
}

test("an admin gets in by the first link, and gives four people theirs", async ({ browser }) => {
  test.setTimeout(180_000);
  const admin = await enter(browser, "admin", house.link);
  await admin.waitForURL(/\/start/);
  for (const person of PEOPLE) {
    await open(admin, "/settings/people");
    await admin.getByRole("button", { name: "Add person" }).click();
    const dialog = admin.getByRole("dialog", hidden);
    await dialog.getByLabel("Name", { exact: true }).fill(person.name);
    await dialog.getByLabel("E-mail").fill(`${person.id}@northbeam.example`);
    await dialog.getByLabel("Role").click();
    await admin.getByRole("option", { name: startingWith(person.role) }).click();
    if ("owns" in person) {
      await dialog.getByRole("combobox", { name: "Owns the deals of", ...hidden }).fill(person.owns);
      await admin.getByRole("option", { name: `Deals will come under “${person.owns}”` }).click();
    }
    await dialog.getByRole("button", { name: "Add person", ...hidden }).click();
    const link = await admin.getByText(/\/set-password#/).textContent();
    await (await enter(browser, person.id, link as string)).context().close();
  }
  await admin.context().close();
});

const PLACES = [
  { where: "at a desk", options: {}, partner: "Kestrel Advisory", account: "Larchmont Foods" },
  {
    where: "on a phone",
    options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    ...{ partner: "Wren and Daughters", account: "Sablewood Mills" },
  },
] as const;

for (const { where, options, partner, account } of PLACES) {
  test(`by hand alone, ${where}: a deal is sourced, and two people stand behind it`, async ({ browser }) => {
    test.setTimeout(180_000);
    const as = (who: Who) => pageOf(browser, who, options);
    const fits = (page: Page) => expectNoSideways(page, where);

    const pia = await as("pia");
    await open(pia, "/partners");
    await pia.getByRole("button", { name: "New partner" }).first().click();
    const entering = pia.getByRole("dialog", { name: "New partner", ...hidden });
    await entering.getByLabel("Name").fill(partner);
    await entering.getByLabel("Kind").click();
    await pia.getByRole("option", { name: "Referral" }).click();
    await entering.getByRole("button", { name: "Add partner", ...hidden }).click();
    await expect(pia.getByRole("heading", { level: 1, name: partner })).toBeVisible();
    await fits(pia);
    await pia.getByRole("button", { name: "Record one" }).click();
    const registering = pia.getByRole("dialog", { name: "New registration", ...hidden });
    await expect(registering.getByRole("combobox", { name: "Partner", ...hidden })).toHaveValue(partner);
    const named = registering.getByRole("combobox", { name: "Account", ...hidden });
    await named.click();
    await named.fill(account);
    await pia.getByRole("option", { name: `Add account “${account}”` }).click();
    await registering.getByRole("button", { name: "Record it", ...hidden }).click();
    await expect(pia.getByText("Registration recorded")).toBeVisible();

    const hal = await as("hal");
    await open(hal, "/registrations");
    await fits(hal);
    await hal
      .getByRole("listitem")
      .filter({ hasText: partner })
      .getByRole("button", { name: "Decide" })
      .click();
    const deciding = hal.getByRole("dialog");
    await expect(deciding.getByText("Nothing collides.")).toBeVisible();
    await expectAccessible(hal);
    await deciding.getByRole("button", { name: "Approve" }).click();
    await expect(hal.getByText("Registration approved")).toBeVisible();

    const ana = await as("ana");
    await open(ana, "/registrations?status=approved");
    const row = ana.getByRole("listitem").filter({ hasText: partner });
    await row.getByRole("button", { name: "Enter its deal" }).click();
    const deal = ana.getByRole("dialog", { name: "New deal", ...hidden });
    await deal.getByLabel("Amount").fill("24000.00");
    await deal.getByRole("button", { name: "Enter deal", ...hidden }).click();
    await expect(ana.getByText("Deal entered")).toBeVisible();
    await expectCountersigned(ana, account);
    await fits(ana);
    for (const page of [pia, hal, ana]) await page.context().close();
  });
}

const FILES = [
  ["partners.csv", "id,name,kind,parent_id,programs", "F-1,Brackett Consulting,integrator,,"],
  [
    "deals.csv",
    "id,account,owner,amount,currency,type,route,created_on,closed_on,outcome,first_engaged_on,recreated_from",
    "F-D1,Heath Glass,Ana Moreno,42000.00,USD,new,direct,2026-01-12,,open,,",
  ],
  [
    "registrations.csv",
    "id,deal_id,partner_id,submitted_on,recorded_on,status,decided_on,reason",
    "F-R1,F-D1,F-1,2026-01-10,2026-01-10,approved,2026-01-12,",
  ],
] as const;

test("by file alone: what one person brought is stated, and countersigned once finance has accepted the file", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const admin = await pageOf(browser, "admin");
  await open(admin, "/import");
  await admin
    .locator("input[type=file]")
    .first()
    .setInputFiles(
      FILES.map(([name, ...lines]) => ({
        name,
        mimeType: "text/csv",
        buffer: Buffer.from(`${lines.join("\n")}\n`),
      })),
    );
  await admin.getByRole("button", { name: "Land 3 files" }).click();
  await expect(admin.getByRole("row").filter({ hasText: "registrations.csv" })).toBeVisible();
  expect(await judged("Heath Glass")).toMatchObject({ outcome: "sourced", evidence: "stated" });

  const fay = await pageOf(browser, "fay");
  await open(fay, "/import");
  await fay.getByRole("button", { name: "Accept registrations.csv" }).click();
  await expect(fay.getByText(/would be countersigned/)).toBeVisible();
  await fay.getByRole("button", { name: "Accept this file" }).click();
  await expect(fay.getByText("registrations.csv accepted")).toBeVisible();
  await expectCountersigned(fay, "Heath Glass");
  for (const page of [admin, fay]) await page.context().close();
});

/** How the deal of an account stands, read as the database's owner. */
async function judged(account: string) {
  const sql = postgres(house.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const [deal] = await sql`
      select deal_id as id, outcome::text, evidence::text from judged_deals where account = ${account}`;
    return deal as { id: string; outcome: string; evidence: string };
  } finally {
    await sql.end();
  }
}

/** In the database, and on its page for whoever reads it there. */
async function expectCountersigned(page: Page, account: string): Promise<void> {
  const deal = await judged(account);
  expect(deal).toMatchObject({ outcome: "sourced", evidence: "countersigned" });
  await open(page, `/deals/${deal.id}`);
  await expect(page.getByText("Sourced").first()).toBeVisible();
  await expect(page.getByText(/countersigned/i).first()).toBeVisible();
}

async function expectNoSideways(page: Page, where: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over, `${page.url()} scrolls sideways ${where}`).toBeLessThanOrEqual(0);
}
