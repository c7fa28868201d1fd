import type { Page } from "@playwright/test";
import { DEMO_PEOPLE } from "@/db/demo/people";
import { formatMajor } from "@/lib/money";
import { thousands } from "@/lib/text/numbers";
import { askDatabase, expect, expectAccessible, open, test } from "./browser";

interface Sold {
  id: string;
  quarter: string;
  owner: string;
  amount: number;
  currency: string;
}

/** A won deal that a frozen quarter holds, and of which nothing was put right yet. */
async function soldInFrozen(): Promise<Sold> {
  const [sold] = await askDatabase(
    (sql) => sql<Sold[]>`
      select s.deal_id as id, s.quarter, d.owner, d.amount::float8 as amount, d.currency
      from sealed_deals s join sealed_quarters q using (quarter) join deals d on d.id = s.deal_id
      where s.closed_on between q.from_day and q.to_day and s.state = 'won' and d.amended_on is null
      order by s.deal_id limit 1`,
  );
  if (!sold) throw new Error("no frozen quarter holds a won deal");
  return sold;
}

/** Everything that the seal holds, as text. */
const sealOf = ({ quarter }: Sold) =>
  askDatabase(async (sql) => {
    const [seal] = await sql`select header, digest, tally from sealed_quarters where quarter = ${quarter}`;
    const deals =
      await sql`select deal_id, document from sealed_deals where quarter = ${quarter} order by deal_id`;
    return JSON.stringify([seal, deals]);
  });
const amountOf = async ({ id }: Sold) =>
  (
    await askDatabase((sql) => sql`select amount::float8 as amount, amended_on from deals where id = ${id}`)
  )[0];

/** The row of the deal among the restatements of its quarter. */
const restated = (page: Page, { id }: Sold) => page.getByRole("listitem").filter({ hasText: id }).first();

test("what a close locked is put right by two, and in a frozen quarter by two more", async ({ as }) => {
  test.setTimeout(300_000);
  const sold = await soldInFrozen();
  const sealed = await sealOf(sold);
  const lower = Math.round(sold.amount * 0.009) * 100;
  const inWords = thousands(formatMajor(lower, sold.currency));
  const [ruth, camille] = [await as("ruth"), await as("camille")];
  const owner = DEMO_PEOPLE.find(({ ownerName }) => ownerName === sold.owner)!;
  const ae = await as(owner.email.split("@")[0]!);

  await test.step("its AE proposes it with the reason; nothing moves", async () => {
    await open(ae, `/deals/${sold.id}`);
    await ae.getByRole("button", { name: "Propose a correction", exact: true }).click();
    const dialog = ae.getByRole("dialog", { name: /^Correct / });
    await expect(dialog).toContainText(`${sold.quarter} is frozen and keeps its numbers`);
    await expect(dialog.getByRole("button", { name: "Propose correction" })).toBeDisabled();
    await dialog.getByLabel("Amount").fill(inWords);
    await dialog.getByLabel("Why").fill("A credit note of last week");
    await expectAccessible(ae);
    await dialog.getByRole("button", { name: "Propose correction" }).click();
    await expect(dialog).toBeHidden();
    await expect(ae.getByRole("heading", { name: "A correction waits for finance" })).toBeVisible();
    await expect(ae.getByRole("button", { name: "Accept", exact: true })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    expect(await amountOf(sold)).toEqual({ amount: sold.amount, amended_on: null });
  });

  await test.step("finance accepts it: the deal is amended, the seal is what it was", async () => {
    await open(ruth, `/deals/${sold.id}#correction`);
    const panel = ruth.locator("#correction");
    await expect(panel).toContainText("A credit note of last week");
    await expect(panel).toContainText(inWords);
    await expectAccessible(ruth);
    await panel.getByRole("button", { name: "Accept", exact: true }).click();
    await expect(ruth.getByText(/^Amended on /)).toBeVisible();
    await expect(ruth.locator("#corrections")).toContainText("A credit note of last week");
    expect(await amountOf(sold)).toMatchObject({ amount: lower, amended_on: expect.anything() });
    expect(await sealOf(sold)).toBe(sealed);
  });

  await test.step("the difference stands beside the seal, and is proposed for the quarter under review", async () => {
    await open(camille, `/review/${sold.quarter}/restatements`);
    const row = restated(camille, sold);
    await expect(row).toContainText("would move a number");
    await row.getByRole("button", { name: "Propose as a correction" }).click();
    const dialog = camille.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("The credit note stands");
    await dialog.getByRole("button", { name: "Propose it" }).click();
    await expect(dialog).toBeHidden();
    await expect(row).toContainText("The credit note stands");
    // Nobody is both hands.
    await expect(row.getByRole("button", { name: "Accept it" })).toHaveAttribute("aria-disabled", "true");
    await expectAccessible(camille);
  });

  await test.step("finance accepts that: it is in a later journal, and the seal is still what it was", async () => {
    await open(ruth, `/review/${sold.quarter}/restatements`);
    await restated(ruth, sold).getByRole("button", { name: "Accept it" }).click();
    await expect(ruth.getByRole("listitem").filter({ hasText: "The credit note stands" })).toContainText(
      /Camille .* and Ruth .*in the journal of/,
    );
    expect(await sealOf(sold)).toBe(sealed);
    await open(ruth, `/deals/${sold.id}`);
    await expect(ruth.locator("#sealed")).toContainText(`${sold.quarter} is frozen`);
  });
});
