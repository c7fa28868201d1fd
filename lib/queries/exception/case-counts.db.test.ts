import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { deferException } from "@/lib/commands/exception/defer-exception";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { withdrawException } from "@/lib/commands/exception/withdraw-exception";
import { checkProjections, rebuild } from "@/lib/judging/rebuild";
import { foldTallies } from "@/lib/judging/tallies";
import { countStates, precedents, STATE } from "./exception-lines";

/** The log counts itself: each write of a case appends what it changes, whoever writes. */
let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const raise = async (person: "hope" | "ana" = "hope") => {
  const claim = { dealId: await company.deal(), kind: "other", claim: "we brought this" };
  return (await company.as(person, raiseException, claim)).exceptionId as string;
};
const upheld = (exceptionId: string, version: number) => ({
  ...{ exceptionId, version, decision: "rule_upheld", reason: "the memo is clear" },
});
const asJudge = (work: (tx: Tx) => Promise<unknown>) =>
  guardedTransaction(company.client, { actor: "system:judge", request: "cases" }, work);

/** Counted one by one. */
async function counted() {
  const rows = await company.client.db.execute<{ quarter: string; state: string; count: number }>(
    sql`select e.quarter, ${STATE} as state, count(*)::int as count from exceptions e group by 1, 2`,
  );
  return [...rows].map(({ quarter, state, count }) => `${quarter} ${state} ${count}`).sort();
}

async function kept() {
  const quarters = [...(await countStates(company.client.db))];
  return quarters
    .flatMap(([quarter, states]) =>
      Object.entries(states).flatMap(([state, count]) => (count ? [`${quarter} ${state} ${count}`] : [])),
    )
    .sort();
}

describe("the counts of the log", () => {
  test("are those of its cases after each write of one or several, and after they are folded in", async () => {
    const [one, two, three] = [await raise(), await raise(), await raise("ana")];
    expect(await kept()).toEqual(await counted());
    await company.as("hope", withdrawException, { exceptionId: one, reason: "not mine" });
    const until = { to: company.actor("hope").userId, until: "2026-12-31" };
    await company.as("fay", deferException, { exceptionId: two, version: 1, ...until });
    expect(await kept()).toEqual(await counted());
    await company.as("fay", decideException, upheld(three, 1));
    await foldTallies(company.client);
    await company.as("hope", decideException, upheld(three, 2));
    expect(await kept()).toEqual(await counted());
    expect((await kept()).map((line) => line.split(" ")[1]).sort()).toEqual([
      "decided",
      "deferred",
      "withdrawn",
    ]);
    expect(await precedents(company.client.db, "9999-Q1")).toEqual([
      { kind: "other", decision: "rule_upheld", count: 1 },
    ]);
    expect(await precedents(company.client.db, "2000-Q1")).toEqual([]);
    await raise();
    await asJudge((tx) =>
      tx.execute(
        sql`update exceptions set quarter = '2030-Q1', version = version + 1 where settled_at is null`,
      ),
    );
    expect(await kept()).toEqual(await counted());
    const facts = sql`'{}'::jsonb`;
    await asJudge((tx) =>
      tx.execute(sql`insert into exceptions (id, deal_id, quarter, falls_on, kind, origin, amount, currency, facts, opened_on, demo)
        select 'E-' || n, 'D-gone', '2031-Q1', '2031-01-01', 'other', 'found', n, 'USD', ${facts}, ${TODAY}, true
        from generate_series(1, 3) n on conflict do nothing`),
    );
    expect(await kept()).toEqual(await counted());
    await asJudge((tx) => tx.execute(sql`delete from exceptions where quarter = '2031-Q1'`));
    expect(await kept()).toEqual(await counted());
    expect(await checkProjections(company.client, TODAY)).toBeNull();
  });

  test("are checked, and made anew", async () => {
    await raise();
    await asJudge((tx) =>
      tx.execute(sql`insert into tally_changes (kind, month, counts_as, cell, currency, deals, amount, squares)
        values ('cases', '0001-01-01', 'open', '2026-Q1/other', '', 3, 0, 0)`),
    );
    expect(await kept()).not.toEqual(await counted());
    expect(await checkProjections(company.client, TODAY)).toMatchObject({
      at: expect.stringContaining("tally cases"),
    });
    await rebuild(company.client, TODAY);
    expect(await kept()).toEqual(await counted());
    expect(await checkProjections(company.client, TODAY)).toBeNull();
  });
});
