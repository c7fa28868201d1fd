import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { type Client, connect, type Db } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { COMPANIES } from "@/fixtures/companies.fixture";
import { type Actor, COMMAND_LINE } from "@/lib/auth/actor";
import { perform } from "@/lib/commands/door";
import { editDraft } from "@/lib/commands/policy/edit-draft";
import { startDraft } from "@/lib/commands/policy/start-draft";
import { type BacktestPlan, compareAll, planBacktest, runBacktest } from "@/lib/judging/backtest";
import { checkProjections, rebuild } from "@/lib/judging/rebuild";
import { Backtest, type BacktestSummary } from "@/lib/metrics/backtest";
import { lensDeals } from "@/lib/queries/lens/lens-deals";
import { lensTable } from "@/lib/queries/lens/lens-table";
import { startBacktest } from "@/lib/queries/policy/backtest";
import { backtestDeals } from "@/lib/queries/policy/backtest-deals";
import type { BacktestEvent } from "@/lib/queries/policy/backtest-shapes";
import type { Query } from "@/lib/queries/query";
import { importedCompany } from "./imported-company.fixture";
import { runCommand } from "./run-command.fixture";

async function summaryOf(db: Db, plan: BacktestPlan): Promise<BacktestSummary> {
  const run = runBacktest(db, plan);
  for (;;) {
    const step = await run.next();
    if (step.done) return step.value;
  }
}

/** The head of partnerships, who drafts; without a row of users, as the command line is. */
const HEAD: Actor = { ...COMMAND_LINE, role: "head_of_partnerships" };

interface Expected {
  asOf: string;
  models: Record<
    string,
    {
      policy: { updates: object };
      outcomes: Record<string, number>;
      creditByPartner: Record<string, Record<string, number>>;
      quarters: Record<string, Record<string, Record<string, unknown>>>;
    }
  >;
}

describe.each(COMPANIES)("two_bucket held against triple_tier on $name", ({ folder: company }) => {
  const expected: Expected = JSON.parse(readFileSync(join(company, "expected.json"), "utf8"));
  const deals = readFileSync(join(company, "deals.csv"), "utf8").trim().split("\n").length - 1;
  let url: string;
  let client: Client;
  let folder: string;
  const file = (model: string) => join(folder, `${model}.json`);

  beforeAll(async () => {
    ({ url } = await importedCompany(company));
    client = connect(url);
    folder = await mkdtemp(join(tmpdir(), "countersign-backtest-"));
    for (const [model, { policy }] of Object.entries(expected.models)) {
      await writeFile(file(model), JSON.stringify(policy));
    }
  }, 120_000);
  afterAll(async () => {
    await client.close();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = (input: object) => ({
    policy: { document: expected.models.triple_tier!.policy },
    against: { document: expected.models.two_bucket!.policy },
    quarters: [],
    ...input,
  });
  const answer = <I extends z.ZodType, O extends z.ZodType>(query: Query<I, O>, input: unknown) =>
    query.run({ db: client.db, actor: COMMAND_LINE, today: expected.asOf }, query.input.parse(input));

  test("lists exactly the deals whose outcomes differ between two runs of outcomes", async () => {
    const outcomes = async (model: string) => {
      const { out } = await runCommand(url, "outcomes", "--policy", file(model), "--as-of", expected.asOf);
      return new Map(
        out
          .trimEnd()
          .split("\n")
          .slice(1)
          .map((line) => line.split(",") as [string, string]),
      );
    };
    const [before, after] = [await outcomes("two_bucket"), await outcomes("triple_tier")];
    const differ = [...before].flatMap(([id, from]) =>
      after.get(id) === from ? [] : [`${id},${from},${after.get(id)}`],
    );
    expect(differ.length).toBeGreaterThan(deals / 100);
    const backtest = await runCommand(
      url,
      "backtest",
      ...["--policy", file("triple_tier"), "--against", file("two_bucket"), "--as-of", expected.asOf],
    );
    expect(backtest.out).toBe(["deal_id,from,to", ...differ, ""].join("\n"));
    expect(backtest.said).toContain(`${deals} judged, ${differ.length} move\n`);
    // What a new install judges by is the same preset but for the size from which updates are owed, which moves nothing here.
    const unsigned = await runCommand(
      url,
      "backtest",
      "--policy",
      file("triple_tier"),
      "--as-of",
      expected.asOf,
    );
    expect(unsigned.out).toBe(backtest.out);
  }, 120_000);

  test("prints the numbers of the quarters that are named, as each policy by itself has them", async () => {
    const [quarter, ...others] = Object.keys(expected.models.two_bucket!.quarters).sort();
    const sides = ["--policy", file("triple_tier"), "--against", file("two_bucket")];
    const day = ["--as-of", expected.asOf];
    const { status, out } = await runCommand(url, "backtest", quarter!, ...others, ...sides, ...day);
    expect(status).toBe(0);
    const printed: { quarter: string; moved: number; before: object; after: object }[] = JSON.parse(out);
    expect(printed.map((one) => one.quarter)).toEqual([quarter, ...others]);
    for (const [side, model] of [["before", "two_bucket"] as const, ["after", "triple_tier"] as const]) {
      const alone = await runCommand(url, "numbers", quarter!, "--policy", file(model), ...day);
      expect(printed[0]![side]).toEqual(JSON.parse(alone.out));
    }
    expect(printed.some(({ moved, before, after }) => moved > 0 && !isDeepStrictEqual(before, after))).toBe(
      true,
    );
    expect(await runCommand(url, "backtest", "2017-Q9", ...sides)).toMatchObject({ status: 2 });
  }, 120_000);

  test("without a policy says how it is called", async () => {
    const { status, said } = await runCommand(url, "backtest");
    expect(status).toBe(2);
    expect(said).toContain("--policy FILE [--against FILE]");
    expect(await runCommand(url, "outcomes", "--against", file("lanes"))).toMatchObject({ status: 2 });
  });

  test("adds up moves, numbers and credit as each policy by itself has them, in time", async () => {
    const quarters = Object.keys(expected.models.two_bucket!.quarters).sort();
    const events: BacktestEvent[] = [];
    const started = performance.now();
    for await (const event of await startBacktest(client.db, expected.asOf, ask({}))) events.push(event);
    // The bar is 10,000 deals in 5 s on the test machine; these are fewer, on a busier one.
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(events.filter(({ event }) => event === "progress").length).toBeGreaterThan(deals / 2000);
    const last = events.at(-1)!;
    if (last.event !== "result") throw new Error("a backtest ends with its result");
    const { result } = last;
    expect(result.deals).toBe(deals);
    for (const [side, model] of [["from", "two_bucket"] as const, ["to", "triple_tier"] as const]) {
      const counted: Record<string, number> = {};
      for (const move of result.moves) counted[move[side]] = (counted[move[side]] ?? 0) + move.deals;
      expect(counted).toEqual(expected.models[model]!.outcomes);
    }
    for (const [side, model] of [["before", "two_bucket"] as const, ["after", "triple_tier"] as const]) {
      const credit = Object.fromEntries(
        result.partners
          .filter((partner) => partner[side].length > 0)
          .map((partner) => [
            partner.partnerId,
            Object.fromEntries(partner[side].map(({ outcome, amounts }) => [outcome, checkSum(amounts)])),
          ]),
      );
      expect(credit).toEqual(expected.models[model]!.creditByPartner);
    }
    const chosen = await resultOf(await startBacktest(client.db, expected.asOf, ask({ quarters })));
    expect(chosen.quarters.map(({ quarter }) => quarter)).toEqual(quarters);
    for (const { quarter, before, after } of chosen.quarters) {
      for (const [numbers, model] of [[before, "two_bucket"] as const, [after, "triple_tier"] as const]) {
        const stated = expected.models[model]!.quarters[quarter]!;
        for (const [metric, figures] of Object.entries(stated)) {
          const counted = (numbers as unknown as typeof stated)[metric];
          for (const [figure, value] of Object.entries(figures)) {
            if (typeof value === "number") expect(counted?.[figure]).toBeCloseTo(value, 9);
            else expect(counted?.[figure]).toEqual(value);
          }
        }
      }
    }
  }, 60_000);

  test.each(Object.keys(expected.models).filter((model) => model !== "two_bucket"))(
    "reads of %s from lines what it reads from facts, and from facts what has no line or a stale one",
    async (model) => {
      const [{ day, lines } = { day: "", lines: 0 }] = await client.db.execute<{
        day: string;
        lines: number;
      }>(sql`select max(as_of)::text as day, count(*)::integer as lines from packed_facts`);
      expect(lines).toBe(deals);
      const policy = { document: expected.models[model]!.policy };
      const quarters = Object.keys(expected.models.two_bucket!.quarters);
      const plan = await planBacktest(client.db, ask({ policy, quarters }), day);
      const [before, after] = [plan.before.policy, plan.after.policy];
      const facts = new Backtest(plan.quarters, { before, after });
      for await (const batch of compareAll(client.db, plan)) {
        for (const one of batch)
          facts.add({ ...one, deal: { ...one.facts.deal, owner: "", confirmedBeforeClose: false } });
      }
      const summary = facts.summary();
      expect(summary.moved).toBeGreaterThan(0);
      expect(await summaryOf(client.db, plan)).toEqual(summary);
      await guardedTransaction(client, { actor: "system:test", request: randomUUID() }, async (tx) => {
        await tx.execute(sql`delete from packed_facts where abs(hashtext(deal_id)) % 5 = 0`);
        await tx.execute(
          sql`update packed_facts set form = 0, line = '' where abs(hashtext(deal_id)) % 5 = 1`,
        );
        await tx.execute(sql`update packed_facts set line = '' from judged_deals j
          where j.deal_id = packed_facts.deal_id and abs(hashtext(j.deal_id)) % 5 = 2`);
        await tx.execute(
          sql`update judged_deals set stale_on = ${day}::date where abs(hashtext(deal_id)) % 5 = 2`,
        );
        await tx.execute(
          sql`update packed_facts set line = '', as_of = ${day}::date + 1 where abs(hashtext(deal_id)) % 5 = 3`,
        );
      });
      expect(await summaryOf(client.db, plan)).toEqual(summary);
      expect(await checkProjections(client, day)).not.toBeNull();
      await rebuild(client, day);
      expect(await checkProjections(client, day)).toBeNull();
    },
    120_000,
  );

  test("opens each cell to its deals, with the rule that differs", async () => {
    const { moves, moved } = await resultOf(await startBacktest(client.db, expected.asOf, ask({})));
    const all = await answer(backtestDeals, ask({ limit: 1 }));
    expect(all.total).toBe(moved);
    const cell = moves.filter(({ from, to }) => from !== to).reduce((a, b) => (a.deals > b.deals ? a : b));
    const opened = await answer(backtestDeals, ask({ from: cell.from, to: cell.to, limit: 5, offset: 1 }));
    expect(opened.total).toBe(cell.deals);
    expect(opened.rows.length).toBe(5);
    for (const row of opened.rows) {
      expect(row).toMatchObject({ from: cell.from, to: cell.to });
      const rules = row.differences.map(({ before, after }) => [before.rule, after.rule]);
      expect(rules).toContainEqual([`two_bucket.${cell.from}`, `triple_tier.${cell.to}`]);
    }
  }, 60_000);

  test("the lens tables are the three models' outcomes, and their cells open", async () => {
    const by = { client, actor: HEAD };
    const { answer: draft } = await perform(startDraft, { title: "The reference policy" }, by);
    const { policyId } = draft;
    await perform(editDraft, { ...draft, document: expected.models.two_bucket!.policy }, by);
    const table = await answer(lensTable, { asOf: expected.asOf, policyId });
    expect(table.deals).toBe(deals);
    for (const model of ["two_bucket", "triple_tier", "lanes"]) {
      const lens = table.lenses.find((one) => one.model === model)!;
      const counted = lens.outcomes.filter(({ deals }) => deals > 0);
      expect(Object.fromEntries(counted.map(({ outcome, deals }) => [outcome, deals]))).toEqual(
        expected.models[model]!.outcomes,
      );
    }
    const cell = { model: "triple_tier", outcome: "co_sell", asOf: expected.asOf, policyId };
    const opened = await answer(lensDeals, { ...cell, limit: 3 });
    expect(opened.total).toBe(expected.models.triple_tier!.outcomes.co_sell);
    expect(opened.rows.map(({ lens }) => lens)).toEqual(["co_sell", "co_sell", "co_sell"]);
  }, 60_000);
});

/** Amounts of several currencies as `expected.json` has them: added up as if they were one. */
function checkSum(amounts: readonly { amount: number }[]): number {
  return amounts.reduce((sum, { amount }) => sum + amount, 0);
}

/** What came out of a stream of events. */
async function resultOf(events: AsyncIterable<BacktestEvent>) {
  let last: BacktestEvent | undefined;
  for await (const event of events) last = event;
  if (last?.event !== "result") throw new Error("a backtest ends with its result");
  return last.result;
}
