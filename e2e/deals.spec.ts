// Long: the list, the tag form and the deal page are walked in one browser over the same few deals.
import { readFileSync } from "node:fs";
import type { BrowserContext, Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { askDatabase, test as base, expect, open, personCalled, removeDeals, signIn } from "./browser";

/** While a combobox shows its list, the rest of the page is hidden from assistive technology. */
const hidden = { includeHidden: true };
const MINE = "/deals?scope=mine&state=open";

interface Fixtures {
  /** Fresh open deals of Maren's at stage 2 with nobody on them; gone after the test. */
  fresh: (count: number) => Promise<string[]>;
}

const test = base.extend<Fixtures>({
  fresh: async ({ browser, baseURL }, use) => {
    const made: string[] = [];
    const contexts: BrowserContext[] = [];
    const postAs = async (name: string) => {
      const context = await browser.newContext({ baseURL });
      contexts.push(context);
      await signIn(context, name);
      return async (verb: string, data: object) => {
        const answer = await context.request.post(`/api/v1/${verb}`, { data, headers: { origin: baseURL! } });
        expect(answer.status(), await answer.text()).toBe(200);
        return (await answer.json()) as { answer: { dealId: string } };
      };
    };
    const enter = await postAs("maren");
    await use(async (count) => {
      const ids: string[] = [];
      for (let at = 1; at <= count; at++) {
        const { answer } = await enter("create-deal", {
          account: `Fresh Account ${at}`,
          amount: 4_000_000,
          currency: "USD",
          stage: 2,
        });
        ids.push(answer.dealId);
      }
      made.push(...ids);
      return ids;
    });
    await removeDeals(made);
    for (const context of contexts) await context.close();
  },
});

const rolesOn = (ids: readonly string[]) =>
  askDatabase(
    (sql) => sql`select deal_id, partner_id, role, confirmed_on from role_rows where deal_id = any(${ids})`,
  );

const rowOf = (page: Page, id: string) => page.locator(`tr[data-deal="${id}"]`);

/** Walks down the list with J, from its top, to a deal's row. */
async function walkTo(page: Page, id: string): Promise<void> {
  await page.locator("tr[data-deal]").first().focus();
  await page.keyboard.press("Home");
  await expect(page.locator('tr[data-row="0"]')).toBeFocused();
  for (let steps = 0; steps < 200; steps++) {
    const here = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.deal);
    if (here === id) return;
    await page.keyboard.press("j");
    await expect
      .poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.deal))
      .not.toBe(here);
  }
  throw new Error(`${id} is not in the list`);
}

const toast = (page: Page, words: string | RegExp) =>
  page.locator("[data-sonner-toast]").filter({ hasText: words }).first();

async function takeBack(page: Page, words: string | RegExp): Promise<void> {
  await toast(page, words).getByRole("button", { name: "Undo" }).click();
  await expect(toast(page, "Taken back")).toBeVisible();
}

test("J and K move, T tags, 2 names the role, Enter saves, the toast takes it back", async ({
  as,
  fresh,
}) => {
  const [id] = await fresh(1);
  const page = await as("maren");
  await open(page, MINE);
  await page.keyboard.press("j");
  await expect(page.locator('tr[data-row="0"]')).toBeFocused();
  await page.keyboard.press("j");
  await expect(page.locator('tr[data-row="1"]')).toBeFocused();
  await page.keyboard.press("k");
  await expect(page.locator('tr[data-row="0"]')).toBeFocused();

  await walkTo(page, id!);
  await page.keyboard.press("t");
  const form = page.getByRole("dialog", { name: /Tag partner/, ...hidden });
  await expect(form.getByRole("combobox", { name: "Partner", ...hidden })).not.toHaveValue("");
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await expect(form).toBeHidden();
  await expect(rowOf(page, id!)).toContainText("Co-seller");
  expect(await rolesOn([id!])).toMatchObject([{ role: "co_seller" }]);
  await expect(rowOf(page, id!)).toBeFocused();

  await takeBack(page, /tagged|confirmed|co-seller/i);
  await expect(rowOf(page, id!)).toContainText("To decide");
  expect(await rolesOn([id!])).toEqual([]);
});

test("X selects; many are tagged at once after showing what each becomes, with one undo", async ({
  as,
  fresh,
}) => {
  const ids = await fresh(3);
  const page = await as("maren");
  await open(page, MINE);
  for (const id of ids) {
    await walkTo(page, id);
    await page.keyboard.press("x");
  }
  const bar = page.getByRole("toolbar", { name: "Selected deals" });
  await expect(bar).toContainText("3 selected");
  await bar.getByRole("button", { name: "Tag partner" }).click();

  const form = page.getByRole("dialog", { name: "Tag partner on 3 deals", ...hidden });
  const partner = form.getByRole("combobox", { name: "Partner", ...hidden });
  await expect(partner).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(partner).not.toHaveValue("");
  await page.keyboard.press("1");
  const effects = form.getByRole("list", { name: "What each deal becomes" }).getByRole("listitem");
  await expect(effects).toHaveCount(3);
  for (const effect of await effects.all()) await expect(effect).toContainText(/becomes|stays/);
  await form.getByRole("button", { name: "Tag 3 deals" }).click();
  await expect(form).toBeHidden();
  await expect(bar).toBeHidden();

  const rows = await rolesOn(ids);
  expect(rows).toHaveLength(3);
  for (const row of rows) expect(row).toMatchObject({ role: "sourcer" });
  for (const row of rows) expect(row.confirmed_on).not.toBeNull();
  const requests = await askDatabase(
    (sql) => sql`select request from audit_log where action = 'tag-partners' and deal_id = any(${ids})
      and at > now() - interval '1 minute' group by request having count(*) = 3`,
  );
  expect(requests).toHaveLength(1);
  await takeBack(page, /tagged on 3 deals/);
  expect(await rolesOn(ids)).toEqual([]);
});

test("twenty deals are tagged in five presses, and taken back by one", async ({ as, fresh }) => {
  const ids = await fresh(20);
  const page = await as("maren");
  await open(page, "/deals?scope=mine&state=open&q=Fresh%20Account");
  await expect(page.locator("tr[data-deal]")).toHaveCount(20);
  let presses = 0;
  const press = async (key: string) => {
    presses++;
    await page.keyboard.press(key);
  };
  await press("j");
  await expect(page.locator('tr[data-row="0"]')).toBeFocused();
  await press("ControlOrMeta+a");
  await expect(page.getByRole("toolbar", { name: "Selected deals" })).toContainText("20 selected");
  await press("t");
  const form = page.getByRole("dialog", { name: "Tag partner on 20 deals", ...hidden });
  await expect(form.getByRole("combobox", { name: "Partner", ...hidden })).not.toHaveValue("");
  await press("2");
  await expect(form.getByRole("button", { name: "Tag 20 deals" })).toBeEnabled();
  await press("Enter");
  await expect(form).toBeHidden();
  expect(presses).toBeLessThanOrEqual(5);
  expect(await rolesOn(ids)).toHaveLength(20);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(toast(page, "Taken back")).toBeVisible();
  expect(await rolesOn(ids)).toEqual([]);
});

test("what one may not do is not offered; whose it is, is said; among many it is left out, saying why", async ({
  as,
  fresh,
}) => {
  const [others] = await askDatabase(
    (sql) =>
      sql`select id, owner from deals where outcome = 'open' and owner <> ${personCalled("maren").ownerName!} limit 1`,
  );
  const [id] = await fresh(1);
  const page = await as("maren");
  await open(page, `/deals?scope=all&q=${others!.id}`);
  await rowOf(page, others!.id).focus();
  await expect(page.getByRole("button", { name: /^Tag partner on/ })).toHaveCount(0);
  await page.keyboard.press("t");
  await expect(toast(page, `This is ${others!.owner}'s deal`)).toContainText("Only the deal's own AE");
  await expect(page.getByRole("dialog", { name: /Tag partner/ })).toHaveCount(0);

  await open(page, "/deals?scope=all&state=open");
  await rowOf(page, id!).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("t");
  const form = page.getByRole("dialog", { name: /^Tag partner on \d+ deals$/, ...hidden });
  const partner = form.getByRole("combobox", { name: "Partner", ...hidden });
  await expect(partner).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(partner).not.toHaveValue("");
  await page.keyboard.press("1");
  await expect(form).toContainText(`Left out: Only the deal's own AE, ${others!.owner}, or an admin`);
});

test("N says that no partner was involved, of one row or of all selected, and is taken back", async ({
  as,
  fresh,
}) => {
  const ids = await fresh(2);
  const decided = () =>
    askDatabase(
      (sql) => sql`select id from deals where id = any(${ids}) and no_partner_on is not null order by id`,
    ).then((rows) => rows.map(({ id }) => id as string));
  const page = await as("maren");
  await open(page, MINE);
  await walkTo(page, ids[0]!);
  await page.keyboard.press("n");
  await expect(toast(page, /No partner involved on/)).toBeVisible();
  expect(await decided()).toEqual([ids[0]]);
  await takeBack(page, /No partner involved on/);
  expect(await decided()).toEqual([]);

  await open(page, MINE);
  for (const id of ids) {
    await walkTo(page, id);
    await page.keyboard.press("x");
  }
  await page.keyboard.press("n");
  await expect(toast(page, "No partner involved on 2 deals")).toBeVisible();
  expect(await decided()).toEqual(ids.toSorted());
  await takeBack(page, "No partner involved on 2 deals");
  expect(await decided()).toEqual([]);
});

test("Space shows why beside the list, J goes on, the address keeps it, Escape closes", async ({ as }) => {
  const page = await as("maren");
  await open(page, MINE);
  const rows = page.locator("tr[data-deal]");
  const [first, second] = await Promise.all([0, 1].map((at) => rows.nth(at).getAttribute("data-deal")));
  const peek = page.getByRole("complementary", { name: /at a glance$/ });
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  await expect(peek).toContainText(first!);
  await expect(peek.getByRole("link", { name: "Every test, fact and clause" })).toBeVisible();
  await page.keyboard.press("j");
  await expect(peek).toContainText(second!);
  await expect(page).toHaveURL(new RegExp(`peek=${second}`));
  await page.reload();
  await expect(peek).toContainText(second!);
  await page.keyboard.press("Escape");
  await expect(peek).toHaveCount(0);
  await expect(page).not.toHaveURL(/peek=/);
});

test("on a phone a deal is answered from its row with a thumb", async ({ as, fresh }) => {
  const [id] = await fresh(1);
  const page = await as("maren");
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, `${MINE}&q=${id}`);
  await page.getByRole("button", { name: /^What can be done with/ }).click();
  const none = page.getByRole("complementary").getByRole("button", { name: /^No partner involved on/ });
  expect((await none.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await none.click();
  await expect(toast(page, /No partner involved on/)).toBeVisible();
  await expect(rowOf(page, id!)).toContainText("No partner");
  await takeBack(page, /No partner involved on/);
});

test("the filter is in the address and survives a reload", async ({ as }) => {
  const [deal] = await askDatabase(
    (sql) => sql`select id, account from deals where account is not null order by id limit 1`,
  );
  const page = await as("leo");
  await open(page, "/deals?scope=all");
  await page.keyboard.press("/");
  await page.keyboard.type(deal!.id);
  await expect(page).toHaveURL(new RegExp(`q=${deal!.id}`));
  await page.getByRole("button", { name: "State" }).click();
  await page.getByRole("dialog", { name: "State" }).getByRole("radio", { name: "Any" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "Amount" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=amount/);
  const before = await page.getByRole("grid", { name: "Deals" }).getByRole("row").allTextContents();
  await page.reload();
  await expect(page.getByRole("searchbox", { name: "Filter deals" })).toHaveValue(deal!.id);
  await expect(rowOf(page, deal!.id)).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Amount" })).toHaveAttribute("aria-sort", "descending");
  expect(await page.getByRole("grid", { name: "Deals" }).getByRole("row").allTextContents()).toEqual(before);
});

test("the CSV holds exactly the view: its deals, its order, its columns", async ({ as }) => {
  const page = await as("leo");
  await open(
    page,
    "/deals?state=won&sort=amount&dir=asc&hide=owner,stage,createdOn,type,partners,proof,status",
  );
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export this view as CSV" }).click(),
  ]);
  const text = readFileSync(await file.path(), "utf8");
  expect(text).toMatch(
    /^# .*, deals, .*state won, .*; \d+ rows; (sum .*; )?as of .*; not sealed; made by Leo .*\n/,
  );
  const [head, ...lines] = parse(text, { comment: "#" }) as string[][];
  expect(head).toEqual(["deal_id", "account", "amount", "currency", "closed_on", "outcome", "evidence"]);
  const shown = await page.getByRole("grid", { name: "Deals" }).locator("tr[data-deal]").all();
  const ids = await Promise.all(shown.map((row) => row.getAttribute("data-deal")));
  expect(lines.slice(0, ids.length).map(([id]) => id)).toEqual(ids);
  const won = await askDatabase(
    (sql) => sql`select id, account, amount::float8 as amount from deals where outcome = 'won'`,
  );
  expect(lines.map(([id]) => id).toSorted()).toEqual(won.map(({ id }) => id).toSorted());
  for (const [id, account, amount] of lines) {
    const deal = won.find((one) => one.id === id)!;
    expect([account, Number(amount)]).toEqual([deal.account ?? "", deal.amount / 100]);
  }
});

test("of two edits at once the second sees both, and chooses", async ({ as, fresh }) => {
  const [id] = await fresh(1);
  const [one, two] = [await as("maren"), await as("maren")];
  for (const page of [one, two]) await open(page, `/deals/${id}`);
  const moveTo = async (page: Page, stage: number) => {
    await page.getByRole("button", { name: "Move stage" }).click();
    await page.getByRole("menuitem", { name: new RegExp(`^${stage} `) }).click();
  };
  await moveTo(one, 4);
  await expect(toast(one, "Moved to stage 4")).toBeVisible();
  await moveTo(two, 5);
  const said = toast(two, "Somebody changed this first");
  await expect(said).toContainText("You: move to stage 5. Stands now: stage 4");
  await moveTo(two, 5);
  await expect(toast(two, "Moved to stage 5")).toBeVisible();
  await takeBack(two, "Moved to stage 5");

  // A row of the role table, edited in both.
  await two.keyboard.press("t");
  const form = two.getByRole("dialog", { name: /Tag partner/, ...hidden });
  const partner = form.getByRole("combobox", { name: "Partner", ...hidden });
  await expect(partner).not.toHaveValue("");
  // A toast that goes may just be giving the focus back to where it was.
  await partner.press("2");
  await two.keyboard.press("Enter");
  await expect(form).toBeHidden();
  await one.reload();
  const edit = async (page: Page, contact: string) => {
    await page.getByRole("button", { name: /^Change .* row$/ }).click();
    await page.getByRole("menuitem", { name: "Edit row" }).click();
    await page.getByLabel("Contact at the partner").fill(contact);
  };
  await edit(one, "Ida Falk");
  await edit(two, "Omar Reyes");
  await one.getByRole("button", { name: "Save", exact: true }).click();
  await expect(toast(one, /row changed/)).toBeVisible();
  await two.getByRole("button", { name: "Save", exact: true }).click();
  const both = two.getByRole("dialog").getByRole("alert");
  await expect(both).toContainText("Omar Reyes");
  await expect(both).toContainText("Ida Falk");
  await two.getByRole("button", { name: "Save", exact: true }).click();
  await expect(two.getByRole("dialog")).toBeHidden();
  await expect(two.getByRole("table", { name: "Role table" })).toContainText("Omar Reyes");
});

test("rows and activities are confirmed, corrected and withdrawn, each with an undo", async ({
  as,
  fresh,
}) => {
  const [id] = await fresh(1);
  const dana = await as("dana");
  await open(dana, `/deals/${id}`);
  await dana.keyboard.press("t");
  const form = dana.getByRole("dialog", { name: /Tag partner/, ...hidden });
  await expect(form.getByRole("combobox", { name: "Partner", ...hidden })).not.toHaveValue("");
  await dana.keyboard.press("2");
  await dana.keyboard.press("Enter");
  await expect(form).toBeHidden();
  const table = dana.getByRole("table", { name: "Role table" });
  await expect(table.getByRole("button", { name: "Confirm" })).toHaveAttribute("aria-disabled", "true");

  const maren = await as("maren");
  await open(maren, `/deals/${id}`);
  await maren.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(maren.getByText("Attribution confirmed")).toBeVisible();
  await takeBack(maren, /confirmed/);
  await expect(maren.getByText("Attribution not confirmed")).toBeVisible();
  await maren.getByRole("button", { name: /^Change .* row$/ }).click();
  await maren.getByRole("menuitem", { name: "Withdraw row" }).click();
  await expect(maren.getByText(/Nobody has named a partner yet/)).toBeVisible();
  await takeBack(maren, /withdrawn/);
  await expect(maren.getByRole("table", { name: "Role table" })).toBeVisible();

  await dana.keyboard.press("a");
  const log = dana.getByRole("dialog", { name: "Log activity", ...hidden });
  await log.getByRole("combobox", { name: "What happened", ...hidden }).fill("Joint disc");
  await dana.getByRole("option", { name: /Joint discovery/ }).click();
  await log.getByRole("button", { name: /Save activity/ }).click();
  await expect(log).toBeHidden();
  await dana.getByRole("button", { name: "Add proof" }).click();
  const correction = dana.getByRole("dialog", { name: /Joint discovery with/ });
  await correction.getByLabel("Proof").fill("https://notes.example/late-proof");
  await correction.getByRole("button", { name: "Save", exact: true }).click();
  await expect(correction).toBeHidden();
  await takeBack(dana, "Proof added");
  await expect(dana.getByRole("button", { name: "Add proof" })).toBeVisible();
  await dana.getByRole("button", { name: /^Change Joint discovery/ }).click();
  await dana.getByRole("menuitem", { name: "Withdraw activity" }).click();
  await expect(dana.getByRole("button", { name: "Add proof" })).toBeHidden();
  await takeBack(dana, "Activity withdrawn");
  await expect(dana.getByRole("button", { name: "Add proof" })).toBeVisible();
});

test("a close asks who was involved, answered as far as the facts go; afterwards it is locked with the reason and the way on", async ({
  as,
  fresh,
}) => {
  const [id] = await fresh(1);
  const page = await as("maren");
  await open(page, `/deals/${id}`);
  await page.getByRole("button", { name: "Close won" }).click();
  const close = page.getByRole("dialog", { name: /as won/ });
  await expect(close.getByRole("radio", { name: /No partner involved/ })).toBeChecked();
  await close.getByRole("button", { name: "Close won" }).click();
  await expect(close).toBeHidden();
  await expect(page.locator("#locked")).toContainText(/earns no credit/);
  await page.getByRole("button", { name: "raise it in the exceptions log" }).click();
  await expect(page.getByRole("dialog", { name: /exception/i })).toBeVisible();
});

test("who may not write is told so, and offered nothing that is not theirs; finance and auditors read everything", async ({
  as,
  fresh,
}) => {
  const [id] = await fresh(1);
  for (const name of ["hanne", "ruth"]) {
    const page = await as(name);
    await open(page, `/deals/${id}`);
    await expect(page.getByRole("button", { name: "Log activity" })).toHaveAttribute("aria-disabled", "true");
    await expect(page.getByRole("button", { name: /’s deal$/ })).toBeVisible();
    for (const button of ["Move stage", "Close won", "Close lost", "Tag partner", "No partner involved"])
      await expect(page.getByRole("button", { name: button, exact: true })).toHaveCount(0);
    await open(page, "/deals?scope=all");
    await expect(page.getByRole("button", { name: /^Tag partner on/ })).toHaveCount(0);
  }
});
