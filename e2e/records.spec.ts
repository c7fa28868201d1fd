import { askDatabase, expect, expectAccessible, open, removeDeals, test } from "./browser";

/**
 * By hand alone, and by four people: a partner is entered, registers an account before there is a deal, somebody
 * else approves, an AE enters the deal from it; the deal is sourced, and two people stand behind that.
 */
test.describe.configure({ mode: "serial" });

/** While a combobox shows its list, the rest of the page is hidden from assistive technology. */
const hidden = { includeHidden: true };
const PARTNER = "Kestrel Advisory";
const ACCOUNT = "Larchmont Foods";

test("a partner is entered from anywhere, with its owner and a contact", async ({ as }) => {
  const page = await as("dana");
  await open(page, "/deals?scope=all");
  await page.keyboard.press("c");
  await page.getByRole("option", { name: "New partner" }).click();
  const dialog = page.getByRole("dialog", { name: "New partner", ...hidden });
  await dialog.getByLabel("Name").fill(PARTNER);
  await dialog.getByLabel("Kind").click();
  await page.getByRole("option", { name: "Referral" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add partner", ...hidden }).click();
  await expect(page.getByRole("heading", { level: 1, name: PARTNER })).toBeVisible();
  await page.getByRole("button", { name: "Add contact" }).click();
  await page.getByLabel("Name").fill("Edda Rasch");
  await page.getByRole("dialog").getByRole("button", { name: "Add contact" }).click();
  await expect(page.getByRole("region", { name: "Contacts" }).getByText("Edda Rasch")).toBeVisible();
});

test("its registration names an account that nobody knew, and whoever recorded it does not decide it", async ({
  as,
}) => {
  const page = await as("dana");
  await open(page, "/registrations");
  await page.getByRole("button", { name: "New registration" }).click();
  const dialog = page.getByRole("dialog", { name: "New registration", ...hidden });
  const partner = dialog.getByRole("combobox", { name: "Partner", ...hidden });
  await partner.fill(PARTNER);
  await partner.press("Enter");
  await dialog.getByRole("combobox", { name: "Account", ...hidden }).fill(ACCOUNT);
  await page.getByRole("option", { name: `Add account “${ACCOUNT}”` }).click();
  await dialog.getByLabel("Customer's domain").fill("www.larchmont.example");
  await dialog.getByRole("button", { name: "Record it", ...hidden }).click();
  const row = page.getByRole("listitem").filter({ hasText: PARTNER });
  await expect(row.getByText("Pending")).toBeVisible();
  const decide = row.getByRole("button", { name: "Decide" });
  await expect(decide).toHaveAttribute("aria-disabled", "true");
  await decide.press("Enter");
  await expect(page.getByText(/You recorded this registration/).first()).toBeVisible();
});

test("somebody else approves it with what it collides with in sight", async ({ as }) => {
  const page = await as("kofi");
  await open(page, "/registrations");
  const row = page.getByRole("listitem").filter({ hasText: PARTNER });
  await row.getByRole("button", { name: "Decide" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Nothing collides.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(row).toHaveCount(0);
});

test("the deal that an AE enters from it is sourced, and two people stand behind it", async ({ as }) => {
  const page = await as("maren");
  await open(page, "/registrations?status=approved");
  const row = page.getByRole("listitem").filter({ hasText: PARTNER });
  await expect(row.getByText(/protected until/)).toBeVisible();
  await row.getByRole("button", { name: "Enter its deal" }).click();
  const dialog = page.getByRole("dialog", { name: "New deal", ...hidden });
  await dialog.getByLabel("Amount").fill("24000.00");
  await dialog.getByRole("button", { name: "Enter deal", ...hidden }).click();
  await expect(page.getByText("Deal entered")).toBeVisible();
  const made = await askDatabase(
    async (sql) =>
      (
        await sql`select deal_id as id, outcome::text, evidence::text from judged_deals where account = ${ACCOUNT}`
      )[0],
  );
  expect(made).toMatchObject({ outcome: "sourced", evidence: "countersigned" });
  await open(page, `/deals/${(made as { id: string }).id}`);
  await page.getByRole("link", { name: ACCOUNT }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: ACCOUNT })).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Partners in it" }).getByRole("link", { name: PARTNER }),
  ).toBeVisible();
  await removeDeals([(made as { id: string }).id]);
});
