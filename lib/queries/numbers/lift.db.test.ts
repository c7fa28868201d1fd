import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { STAGES } from "@/lib/attribution/vocabulary";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { createUser } from "@/lib/commands/company/create-user";
import { perform } from "@/lib/commands/door";
import { judgeAll } from "@/lib/judging/judge-all";
import { judgedUnder } from "@/lib/judging/judged-under";
import { keepLenses } from "@/lib/judging/lenses";
import { eachClosed } from "@/lib/judging/sightings";
import { sightingOf } from "@/lib/metrics/landmark";
import { COMPARISONS } from "@/lib/metrics/lift";
import { medianOf } from "@/lib/metrics/statistics";
import { lift } from "./lift";
import { liftDeals } from "./lift-deals";
import { liftStages } from "./lift-stages";
import { printedLift } from "./printed-lift";

const TODAY = "2026-05-20";
let client: Client;

async function ask(input: z.input<typeof lift.input>) {
  const found = await lift.run({ db: client.db, actor: COMMAND_LINE, today: TODAY }, lift.input.parse(input));
  return lift.output.parse(found);
}

async function dealsOf(input: z.input<typeof liftDeals.input>) {
  const context = { db: client.db, actor: COMMAND_LINE, today: TODAY };
  const { total, deals } = liftDeals.output.parse(await liftDeals.run(context, liftDeals.input.parse(input)));
  expect(deals).toHaveLength(total);
  return deals;
}

/** Six hundred deals with stages, rows, registrations and activities, some recorded late, some refused, some to come. */
beforeAll(async () => {
  client = connect((await testDatabase()).url);
  const ann = { id: "U-1", email: "ann@x.test", name: "Ann", role: "ae", ownerName: "Owner" };
  await perform(createUser, ann, { actor: COMMAND_LINE, client });
  await guardedTransaction(client, { actor: "system:test", request: "scene" }, async (tx) => {
    await tx.execute(sql`insert into partners (id, name, kind) values ('P-1', 'One', 'agency')`);
    await tx.execute(sql`
      insert into deals (id, account, owner, amount, currency, type, route, created_on, closed_on, outcome)
      select 'D-' || n, 'Account', 'Owner', (n * 7919) % 40000 * (n % 9 + 1) * 10 + n % 10,
        case when n % 5 = 0 then 'EUR' else 'USD' end, (array['new', 'expansion'])[1 + n % 2]::deal_type, 'direct',
        date '2024-06-01' + n, case when n % 4 < 3 then date '2024-06-01' + n + (n * 13) % 120 - 3 end,
        (array['won', 'won', 'lost', 'open'])[1 + n % 4]::deal_outcome
      from generate_series(1, 600) n`);
    await tx.execute(sql`insert into stage_entries (deal_id, seq, stage, entered_on)
      select id, k, (array[1, 3, 2, 6])[k], created_on + k * (substr(id, 3)::int % 11)
      from deals, generate_series(1, 4) k where k <= substr(id, 3)::int % 5`);
    await tx.execute(sql`
      insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on, refused_on,
        refused_by, refused_reason)
      select 'T-' || id, id, 'P-1', 'sourcer', 1, created_on, created_on + substr(id, 3)::int % 29,
        case when substr(id, 3)::int % 2 = 0 then created_on + 30 end, case when substr(id, 3)::int % 2 = 0 then 'U-1' end, case when substr(id, 3)::int % 2 = 0 then 'no' end
      from deals where substr(id, 3)::int % 3 = 0`);
    await tx.execute(sql`
      insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
      select 'A-' || id, id, 'P-1', 'joint_discovery', case when substr(id, 3)::int % 2 = 0 then 2 else 6 end, created_on,
        created_on + substr(id, 3)::int % 17, 'https://proof.test/', 'direct'
      from deals where substr(id, 3)::int % 7 < 3`);
    await tx.execute(sql`
      insert into registrations (id, deal_id, partner_id, submitted_on, recorded_on, status, decided_on)
      select 'R-' || id, id, 'P-1', created_on, created_on + substr(id, 3)::int % 13, 'approved', created_on + 14
      from deals where substr(id, 3)::int % 11 = 0`);
    await tx.execute(sql`insert into rates (quarter, currency, rate)
      select y || '-Q' || q, 'EUR', 1.0835 from generate_series(2024, 2026) y, generate_series(1, 4) q`);
  });
  await judgeAll(client, TODAY);
}, 60_000);
afterAll(() => client.close());

describe("closed deals as they are read for a comparison", () => {
  it("are what the facts say, in batches in order of id", async () => {
    const expected = new Map<string, unknown>();
    for await (const batch of judgedUnder(client.db, { asOf: TODAY }))
      for (const { deal, facts } of batch) {
        if (deal.closedOn === null) continue;
        const { id, type, amount, currency, closedOn, outcome, attribution, cycleDays } = deal;
        const { confirmedBeforeClose } = deal;
        expected.set(id, {
          ...{ id, type, amount, currency, closedOn, outcome, attribution, cycleDays, confirmedBeforeClose },
          sighting: sightingOf(facts),
        });
      }
    const found = new Map<string, unknown>();
    for await (const batch of eachClosed(client.db, { today: TODAY, batchSize: 70 }))
      for (const deal of batch) found.set(deal.id, deal);
    expect(found.size).toBe(450);
    expect(found).toEqual(expected);
  });
});

describe("the comparison on the page", () => {
  it("is the one that the command prints", async () => {
    for (const stage of [1, 2, 3] as const) {
      const { winRate, cycleDays, dealSize } = await ask({ stage });
      expect({ stage, winRate, cycleDays, dealSize }).toEqual(
        await printedLift(client.db, { stage, asOf: TODAY }),
      );
      expect(winRate.landmark.with.deals).toBeGreaterThan(20);
    }
  });

  it("is of the span, both ends included, and says how many deals that are", async () => {
    const all = await ask({});
    expect(all.closed).toBe(450);
    expect(all.confirmed.won.deals + all.confirmed.lost.deals).toBe(450);
    const [{ day } = { day: "" }] = await client.db.execute<{ day: string }>(
      sql`select closed_on::text as day from deals where closed_on is not null group by 1 having count(*) > 1 limit 1`,
    );
    const [{ deals } = { deals: 0 }] = await client.db.execute<{ deals: number }>(
      sql`select count(*)::int as deals from deals where closed_on = ${day}::date`,
    );
    expect((await ask({ from: day, to: day })).closed).toBe(deals);
    const span = { from: "2025-01-10", to: "2025-06-20" };
    expect((await ask(span)).winRate).toEqual(
      (await printedLift(client.db, { ...span, stage: 2, asOf: TODAY })).winRate,
    );
    await expect(ask({ from: "2025-06-20", to: "2025-01-10" })).rejects.toThrow("not before 20 Jun 2025");
  });

  it("compares as they are what is not to be matched, and the landmark as ever", async () => {
    const [matched, unmatched] = [await ask({}), await ask({ matched: false })];
    expect(unmatched.winRate.plain.with.deals + unmatched.winRate.plain.without.deals).toBe(450);
    expect(unmatched.winRate.landmark).toEqual(matched.winRate.landmark);
    expect(unmatched.dealSize.plain.difference).not.toEqual(matched.dealSize.plain.difference);
  });

  it("has days in the stages before the sale, from the landmark for what comes after it", async () => {
    const { stages } = liftStages.output.parse(
      await liftStages.run(
        { db: client.db, actor: COMMAND_LINE, today: TODAY },
        liftStages.input.parse({ stage: 2 }),
      ),
    );
    expect(stages.map(({ stage, landmark }) => [stage, landmark !== null])).toEqual(
      STAGES.filter((stage) => stage > 0 && stage < 6).map((stage) => [stage, stage >= 2]),
    );
    expect(stages[2]!.plain.with.deals).toBeGreaterThan(0);
  });

  it("opens each figure to its deals, which make it up, narrowed or not", async () => {
    const looks = [{ owner: "Owner" }, { partnerId: "P-1" }, { type: "new" }, { owner: "Nobody" }] as const;
    for (const look of looks) {
      const asked = { look, stage: 2 as const };
      const found = await ask(asked);
      for (const comparison of COMPARISONS)
        for (const measure of ["winRate", "cycleDays"] as const) {
          const [withOne, without] = [
            await dealsOf({ ...asked, measure, comparison, side: "with" }),
            await dealsOf({ ...asked, measure, comparison, side: "without" }),
          ];
          const worth = (deals: typeof withOne) =>
            measure === "winRate"
              ? deals.filter(({ state }) => state === "won").length / deals.length
              : medianOf(Float64Array.from(deals.map(({ days }) => days!)).sort());
          const mean = (side: typeof withOne) => {
            const cells = [...new Set(withOne.map(({ cell }) => cell))];
            const of = (deals: typeof withOne, cell: string) => deals.filter((one) => one.cell === cell);
            return cells.reduce(
              (sum, cell) => sum + (worth(of(side, cell)) * of(withOne, cell).length) / withOne.length,
              0,
            );
          };
          const { with: one, without: other } = found[measure][comparison];
          expect([withOne.length, without.length]).toEqual([one.deals, other.deals]);
          if (typeof one.value === "number") expect(mean(withOne)).toBeCloseTo(one.value, 9);
          if (typeof other.value === "number") expect(mean(without)).toBeCloseTo(other.value, 9);
        }
    }
    expect((await ask({ look: { owner: "Nobody" } })).closed).toBe(0);
    expect((await ask({ look: { type: "new" } })).closed).toBeLessThan(450);
  });

  it("sees who is credited as another model does, looked through now or kept", async () => {
    const asked = await ask({ model: "triple_tier" });
    expect(asked.winRate.plain).not.toEqual((await ask({})).winRate.plain);
    await keepLenses(client, TODAY);
    expect(await ask({ model: "triple_tier" })).toEqual(asked);
    expect((await ask({ model: "two_bucket" })).winRate).toEqual((await ask({})).winRate);
  });

  it("converts by the rates of the quarter in which a deal closed", async () => {
    const before = await ask({});
    await guardedTransaction(client, { actor: "system:test", request: "rates" }, (tx) =>
      tx.execute(sql`delete from rates where quarter = '2025-Q1'`),
    );
    const after = await ask({});
    expect(after.dealSize.plain.difference).toEqual({ undefined: "missing_rate", detail: "2025-Q1.EUR" });
    expect(after.winRate).toEqual(before.winRate);
    expect((await ask({ from: "2025-04-01" })).dealSize.plain.difference).toEqual(expect.any(Number));
  });
});
