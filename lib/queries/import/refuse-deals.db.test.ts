import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { type Company, openCompany, PASSWORD, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { importBatch } from "@/lib/commands/import/import-batch";
import {
  agreedForYears,
  closersOf,
  holdReview,
  prepareAndFreeze,
  SIGNERS,
} from "@/lib/commands/review/freeze.fixture";
import { freezeQuarter } from "@/lib/commands/review/freeze-quarter";
import { prepareFreeze } from "@/lib/commands/review/prepare-freeze";
import { importPreview } from "./import-preview";

const QUARTER = "2026-Q1";
const FROZEN = "2026-Q1 is frozen: no deal closes in it any more";

const opened: Company[] = [];
/** With one deal won in the quarter, which is reviewed and not frozen yet. */
async function reviewed(): Promise<{ company: Company; won: string }> {
  const company = await openCompany();
  opened.push(company);
  const won = await company.deal({ createdOn: "2026-02-01" });
  await company.as("ana", confirmNoPartner, { dealId: won }, { today: "2026-03-01" });
  await company.as("ana", closeDeal, { dealId: won, outcome: "won" }, { today: "2026-03-01" });
  await agreedForYears(company.url, SIGNERS);
  await holdReview(QUARTER, closersOf(company, TODAY));
  return { company, won };
}
afterAll(async () => {
  for (const company of opened) await company.close();
});

const deal = (id: string, changes: Record<string, string> = {}) => ({
  ...{ id, account: "Larkfield Foods", owner: "Ana Ruiz", amount: "10000.00", currency: "USD", type: "new" },
  ...{ route: "direct", created_on: "2026-02-01", closed_on: "", outcome: "open", ...changes },
});
const closed = (id: string, on: string) => deal(id, { closed_on: on, outcome: "won" });

async function land(company: Company, rows: object[], more: object = {}) {
  const input = {
    kind: "deals" as const,
    rows: rows.map((values, at) => ({ line: at + 2, values })),
    ...more,
  };
  const context = { db: company.client.db, actor: company.actor("rita"), today: TODAY };
  const said = await importPreview.run(context, importPreview.input.parse(input));
  const { created, updated, refused } = await company.as("rita", importBatch, input);
  expect({ create: said.create, update: said.update, refused: said.refused }).toEqual({
    ...{ create: created, update: updated, refused },
  });
  return { created, updated, refused: refused.map((row) => `${row.line} ${row.field}: ${row.reason}`) };
}

describe("a close day in a frozen quarter", () => {
  let company: Company;
  let won: string;
  beforeAll(async () => {
    ({ company, won } = await reviewed());
    await prepareAndFreeze(QUARTER, closersOf(company, TODAY));
  });

  test("refuses its row alone; what the seal holds closed in it may be told again", async () => {
    const open = await company.deal();
    const landed = await land(company, [
      closed("CRM-1", "2026-03-31"),
      closed("CRM-2", "2026-04-01"),
      closed(open, "2026-01-01"),
      closed(won, "2026-03-02"),
    ]);
    expect(landed).toEqual({
      ...{ created: 1, updated: 1 },
      refused: [`2 closed_on: ${FROZEN}`, `4 closed_on: ${FROZEN}`],
    });
    const moved = await land(company, [closed(won, "2026-04-02")]);
    expect(moved).toEqual({ created: 0, updated: 1, refused: [] });
    const [seal] = await company.client.db.execute(sql`
      select closed_on::text as on from sealed_deals where deal_id = ${won}`);
    expect(seal).toEqual({ on: "2026-03-01" });
  });
});

describe("a close that races the freeze of its own day", () => {
  const inside = (company: Company, work: (tx: Tx) => Promise<void>) =>
    guardedTransaction(company.client, { actor: "user:ana", request: "race" }, work);
  const close = (dealId: string) => sql`
    update deals set outcome = 'won', closed_on = '2026-03-10' where id = ${dealId}`;

  test("is refused when the freeze was first, though it had read before that nothing is frozen", async () => {
    const { company } = await reviewed();
    const dealId = await company.deal({ createdOn: "2026-02-01" });
    await company.as("hope", prepareFreeze, { quarter: QUARTER });
    const racing = inside(company, async (tx) => {
      await tx.execute(sql`select from deals where id = ${dealId} for no key update`);
      expect(await tx.execute(sql`select from sealed_quarters`)).toHaveLength(0);
      await company.as("fay", freezeQuarter, { quarter: QUARTER, password: PASSWORD });
      await tx.execute(close(dealId));
    });
    await expect(racing).rejects.toMatchObject({ cause: { code: "CS302", message: FROZEN } });
  });

  test("makes the freeze wait and look again when it was first", async () => {
    const { company } = await reviewed();
    const dealId = await company.deal({ createdOn: "2026-02-01" });
    await company.as("hope", prepareFreeze, { quarter: QUARTER });
    let freezing: Promise<unknown> = Promise.resolve();
    await inside(company, async (tx) => {
      await tx.execute(close(dealId));
      freezing = company.as("fay", freezeQuarter, { quarter: QUARTER, password: PASSWORD });
      freezing.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    await expect(freezing).rejects.toMatchObject({ code: "conflict" });
    expect(await company.client.db.execute(sql`select from sealed_quarters`)).toHaveLength(0);
  });
});

describe("a deal that was removed here", () => {
  test("is told before it comes back, and comes back only when that is said", async () => {
    const company = await openCompany();
    opened.push(company);
    await land(company, [deal("CRM-9")]);
    const [{ version } = { version: 0 }] = await company.client.db.execute<{ version: number }>(sql`
      select version from deals where id = 'CRM-9'`);
    await company.as("rita", deleteDeal, { dealId: "CRM-9", version, reason: "merged into CRM-8" });
    expect(await land(company, [deal("CRM-9"), deal("CRM-10")])).toEqual({
      ...{ created: 1, updated: 0 },
      refused: [
        "2 id: was removed here on DAY (merged into CRM-8); it comes back only when you say so".replace(
          "DAY",
          await removedOn(company),
        ),
      ],
    });
    expect(await land(company, [deal("CRM-9")], { bringBack: true })).toMatchObject({
      created: 1,
      refused: [],
    });
    expect(await land(company, [deal("CRM-9", { amount: "7.00" })])).toMatchObject({
      updated: 1,
      refused: [],
    });
  });

  /** The day on which the log says it went, in words. */
  async function removedOn({ client }: Company): Promise<string> {
    const [row] = await client.db.execute<{ day: string }>(sql`
      select to_char(at at time zone (select time_zone from settings), 'FMDD Mon YYYY') as day
      from audit_log where action = 'delete-deal'`);
    return row!.day;
  }
});
