import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { judgeAll } from "@/lib/judging/judge-all";
import { answer } from "../query";
import { dealsList } from "./deals-list";
import { dealsTotals } from "./deals-totals";

const TODAY = "2026-03-20";
let company: Company;

/** A thousand deals of an account Brook, and one more of an account Brooklyn. */
beforeAll(async () => {
  company = await openCompany();
  const who = { actor: "system:test", request: "R-1" };
  await guardedTransaction(company.client, who, (tx) =>
    tx.execute(sql`
      insert into deals (id, account, owner, amount, currency, type, route, created_on, outcome)
      select 'D-' || n, case n when 1001 then 'Brooklyn' else 'Brook' end, 'Ana Ruiz', 1000, 'USD', 'new', 'direct',
        '2026-02-01', 'open'
      from generate_series(1, 1001) n`),
  );
  await judgeAll(company.client, TODAY);
});
afterAll(() => company.close());

const context = () => ({ db: company.client.db, actor: company.actor("fay"), today: TODAY });
const listed = (input: object) => answer(dealsList, dealsList.input.parse(input), context());

test("up to a thousand matches are counted and added up; of more, that there are more", async () => {
  expect(await listed({ search: "Brook" })).toMatchObject({ total: 1_000, more: true, sum: null });
  const { total, sum } = await answer(dealsTotals, dealsTotals.input.parse({ search: "Brook" }), context());
  expect({ total, sum }).toEqual({ total: 1_001, sum: { amount: 1_001_000, currency: "USD" } });

  await guardedTransaction(company.client, { actor: "system:test", request: "R-2" }, (tx) =>
    tx.execute(sql`update judged_deals set account = 'Elm' where deal_id = 'D-1001'`),
  );
  expect(await listed({ search: "Brook" })).toMatchObject({
    total: 1_000,
    more: false,
    sum: { amount: 1_000_000, currency: "USD" },
  });
});
