import type { Browser, Page } from "@playwright/test";
import { askDatabase, expect, expectAccessible, open, personCalled, test } from "./browser";

/** What a partner did and says: read from a mail, answered by its contact, and brought into motion by a play. */
test.describe.configure({ mode: "serial" });

interface OpenDeal {
  id: string;
  account: string;
  owner: string;
}

/** An open deal of somebody's whose customer has no other, so that a mail about the customer is about it. */
const openDeal = () =>
  askDatabase(async (sql) => {
    const [deal] = await sql<OpenDeal[]>`
      select d.id, d.account, d.owner from deals d
      where d.outcome = 'open' and d.owner = 'Maren Okafor' and d.account is not null and d.created_on < current_date - 14
        and (select count(*) from deals o where o.account_id = d.account_id) = 1
        and not exists (select from activities a where a.deal_id = d.id and a.type = 'joint_discovery')
      order by d.id limit 1`;
    return deal!;
  });

test("a mail that is dropped becomes an activity by one key, and the deal's AE vouches for it", async ({
  as,
}) => {
  const deal = await openDeal();
  const day = new Date(Date.now() - 5 * 86_400_000);
  const mail = [
    "From: Sunniva Hale <sunniva@northgate.example>",
    "To: dana@tarnwick.example",
    `Subject: ${deal.account}`,
    `Date: ${day.toUTCString()}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    `Northgate Integration ran the joint discovery with ${deal.account} today.`,
    "",
  ].join("\r\n");

  const dana = await as("dana");
  await open(dana, "/evidence");
  const waiting = dana.getByRole("list", { name: "Suggestions" }).getByRole("listitem");
  const before = await waiting.count();
  await dana
    .getByRole("region", { name: "Hand in" })
    .locator("input[type=file]")
    .setInputFiles({ name: "discovery.eml", mimeType: "message/rfc822", buffer: Buffer.from(mail) });
  await expect(dana.getByRole("list", { name: "What was handed in" })).toContainText("1 suggestion, below.");
  await expect(waiting).toHaveCount(before + 1);
  const suggestion = waiting.filter({ hasText: "ran the joint discovery" }).filter({ hasText: deal.account });
  await expect(suggestion).toContainText("Northgate Integration");
  await expectAccessible(dana);
  await suggestion.focus();
  await dana.keyboard.press("e");
  await expect(suggestion).toHaveCount(0);

  await open(dana, `/deals/${deal.id}`);
  await expect(dana.getByText("Joint discovery").first()).toBeVisible();
  expect(deal.owner).toBe(personCalled("maren").name);
  const maren = await as("maren");
  await open(maren, `/deals/${deal.id}`);
  await maren.getByRole("button", { name: "Vouch", exact: true }).first().click();
  await expect(maren.getByText(/^Vouched for by Maren Okafor/)).toBeVisible();
});

/** The page of a link in a browser that nobody of the house has signed in with: there alone answers are taken. */
async function asContact(browser: Browser, baseURL: string | undefined, address: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1, name: "Tidewell Consulting" })).toBeVisible();
  return page;
}

test("a partner's contact confirms one line of its statement and contests another, which becomes a case", async ({
  as,
  browser,
  baseURL,
}) => {
  await askDatabase((sql) =>
    sql.begin(async (tx) => {
      await tx`select set_config('countersign.actor', 'command-line', true), set_config('countersign.request', 'journey', true)`;
      await tx`update partner_contacts set email = 'oskar@tidewell.example'
        where partner_id = 'P-tidewell' and name = 'Oskar Renn'`;
    }),
  );
  const dana = await as("dana");
  await open(dana, "/partners/P-tidewell");
  await dana.locator("#statement").getByRole("button", { name: "Share" }).click();
  const dialog = dana.getByRole("dialog", { name: "Share Tidewell Consulting's statement" });
  await dialog.getByRole("button", { name: /Confirms and contests by it/ }).click();
  await dana.getByRole("option", { name: /^Oskar Renn/ }).click();
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const address = await dialog.getByText(/\/statement#/).innerText();

  const contact = await asContact(browser, baseURL, address.trim());
  await expect(contact.getByText(/^Oskar Renn, please confirm what is right/)).toBeVisible();
  await expectAccessible(contact);
  const lines = contact
    .getByRole("listitem")
    .filter({ has: contact.getByRole("button", { name: "Contest" }) });
  expect(await lines.count()).toBeGreaterThan(1);
  const customer = async (at: number) => lines.nth(at).getByRole("heading", { level: 2 }).innerText();
  const [confirmed, contested] = [await customer(0), await customer(1)];
  const lineOf = (name: string) =>
    contact.getByRole("listitem").filter({ has: contact.getByRole("heading", { level: 2, name }) });
  await lineOf(confirmed).getByRole("button", { name: "Confirm" }).click();
  await expect(lineOf(confirmed).getByText(/^You confirmed this on/)).toBeVisible();
  await lineOf(contested).getByRole("button", { name: "Contest" }).first().click();
  await lineOf(contested).getByLabel("What is not right").fill("We brought this one in");
  await contact.keyboard.press("Enter");
  await expect(lineOf(contested).getByText(/^You contested this on/)).toBeVisible();
  await contact.context().close();

  const [raised] = await askDatabase(
    (sql) => sql`select count(*)::int as cases from exceptions where claim = 'We brought this one in'`,
  );
  expect(raised?.cases).toBe(1);
});

test("a play is started with a partner that went silent, and decided", async ({ as }) => {
  const kofi = await as("kofi");
  await open(kofi, "/partners/P-southmark");
  const panel = kofi.locator("#selling-play");
  await panel.getByRole("button", { name: "Start" }).click();
  const dialog = kofi.getByRole("dialog", { name: "A first selling play with Southmark Resale" });
  await dialog.getByLabel("One buyer profile").fill("Finance leads of food makers");
  await dialog.getByLabel("One problem of theirs").fill("Month-end takes two weeks");
  await dialog.getByLabel("One short introduction").fill("A client of ours closed in four days");
  await dialog.getByLabel("One outcome smaller than a deal").fill("A discovery call");
  await dialog.getByRole("checkbox").first().click();
  await dialog.getByRole("button", { name: "Start" }).click();
  await expect(dialog).toBeHidden();
  await expect(panel).toContainText("Week 1 of 4");
  await expect(panel).toContainText("Kofi Brandt sees to it");
  await expectAccessible(kofi);
  await panel.getByRole("button", { name: "Park" }).click();
  await expect(panel).toContainText("it is parked for now, Kofi Brandt decided");
});
