import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { settings, yearOf } from "@/db/schema/settings";
import { testDatabase } from "@/db/test-database";
import { addDays, CALENDAR_YEAR, type FiscalYear, quarterOf } from "@/lib/calendar";
import { judgeDeals, judgeRemoval } from "@/lib/judging/judge";
import { judgeAll } from "@/lib/judging/judge-all";
import { judgedUnder } from "@/lib/judging/judged-under";
import { checkProjections, rebuild } from "@/lib/judging/rebuild";
import { rekeyTallies } from "@/lib/judging/rekey";
import { foldTallies } from "@/lib/judging/tallies";
import { METRICS, type MetricKey } from "@/lib/metrics/quarter-numbers";
import { comparedQuarters, quarterReport, reportedQuarters } from "@/lib/metrics/quarter-report";
import { QuarterTally } from "@/lib/metrics/tally";
import { quarterInputs } from "@/lib/sealing/quarter-inputs";

const TODAY = "2026-05-20";
const ALL = Object.keys(METRICS) as MetricKey[];
let client: Client;
let url: string;

const write = (work: (tx: Tx) => Promise<void>) =>
  guardedTransaction(client, { actor: "system:test", request: "scene" }, work);

/** Six hundred deals over two years, closed and open, of three types and two currencies, with and without partners. */
beforeAll(async () => {
  url = (await testDatabase()).url;
  client = connect(url);
  await write(async (tx) => {
    await tx.execute(
      sql`insert into partners (id, name, kind) values ('P-1', 'One', 'agency'), ('P-2', 'Two', 'reseller')`,
    );
    await tx.execute(sql`
      insert into deals (id, account, owner, amount, currency, type, route, created_on, closed_on, outcome)
      select 'D-' || n, 'Account ' || n % 40, 'Owner ' || n % 7, (n * 7919) % 40000 * (n % 9 + 1) * 10 + n % 10,
        case when n % 5 = 0 then 'EUR' else 'USD' end,
        (array['new', 'expansion', 'renewal'])[1 + n % 3]::deal_type, 'direct', date '2024-06-01' + n,
        case when n % 4 < 3 then date '2024-06-01' + n + (n * 13) % 120 - 3 end,
        (array['won', 'won', 'lost', 'open'])[1 + n % 4]::deal_outcome
      from generate_series(1, 600) n`);
    await tx.execute(sql`
      insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on, confirmed_on)
      select 'T-' || id, id, case when right(id, 1)::int % 2 = 0 then 'P-1' else 'P-2' end, 'sourcer', 1, created_on,
        created_on, case when right(id, 1)::int < 5 then created_on end
      from deals where substr(id, 3)::int % 3 = 0`);
    await tx.execute(sql`
      insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
      select 'A-' || id || '-' || k, id, 'P-1', 'joint_discovery', 2, created_on + k * 20, created_on + k * 20,
        'https://proof.test/' || id, 'direct'
      from deals, generate_series(0, 2) k where substr(id, 3)::int % 7 < 3 and created_on + k * 20 <= date '2026-05-20'`);
    await tx.execute(sql`insert into rates (quarter, currency, rate)
      select y || '-Q' || q, 'EUR', 1.0835 + q * 0.01 from generate_series(2024, 2026) y, generate_series(1, 4) q`);
    await tx.execute(sql`insert into costs values ('2026-Q1', 'partner_program', 'headcount', 900000, 'USD'),
      ('2026-Q1', 'direct_sales', 'headcount', 700000, 'EUR')`);
  });
  await judgeAll(client, TODAY);
});
afterAll(() => client.close());

/** The whole report from the kept tallies, and from every deal judged anew and counted one by one. */
async function bothReports(year: FiscalYear = CALENDAR_YEAR) {
  const asked = { today: TODAY, reportingCurrency: "USD", metrics: ALL };
  const quarters = reportedQuarters(quarterOf("2026-03-20", year), year);
  const kept = await quarterInputs(client.db, quarters, { ...asked, whole: comparedQuarters(quarters) });
  const counted = new Map(
    quarters.map((quarter) => [quarter.label, new QuarterTally(quarter, kept(quarter).rates)]),
  );
  for await (const batch of judgedUnder(client.db, { asOf: TODAY }))
    for (const { deal } of batch) for (const tally of counted.values()) tally.add(deal);
  return {
    kept: quarterReport(kept, quarters, ALL),
    counted: quarterReport(
      (quarter) => ({ ...kept(quarter), tally: counted.get(quarter.label)! }),
      quarters,
      ALL,
    ),
  };
}

const columnsOf = ({ firstMonth, namedBy, endsOn }: FiscalYear) => ({
  fiscalFirstMonth: firstMonth,
  fiscalNamedBy: namedBy,
  fiscalEndsOn: endsOn,
});

async function expectSame(year?: FiscalYear): Promise<void> {
  const { kept, counted } = await bothReports(year);
  expect(kept).toEqual(counted);
}

describe("the kept tallies", () => {
  it("have every figure, interval and past of every metric as the deals one by one do", async () => {
    await expectSame();
    const { kept } = await bothReports();
    expect(kept.metrics.creditedVersusDirect.figures.map(({ interval }) => interval)).not.toContain(null);
  });

  it("say the same before and after changes are folded in", async () => {
    const before = (await bothReports()).kept;
    expect(await foldTallies(client)).toBeGreaterThan(0);
    expect((await bothReports()).kept).toEqual(before);
    expect(await foldTallies(client)).toBe(0);
  });

  it("follow every kind of change to a deal, and its removal", async () => {
    const changes = [
      sql`update deals set amount = amount * 3 + 1, amended_on = greatest(amended_on, closed_on) where id = 'D-500'`,
      sql`update deals set currency = 'EUR', amended_on = greatest(amended_on, closed_on) where id = 'D-501'`,
      sql`update deals set closed_on = '2026-02-03', outcome = 'won', amended_on = greatest(amended_on, closed_on) where id = 'D-503'`,
      sql`update deals set closed_on = null, outcome = 'open', amended_on = greatest(amended_on, closed_on) where id = 'D-520'`,
      sql`update deals set created_on = '2026-03-31', type = 'renewal', amended_on = greatest(amended_on, closed_on) where id = 'D-530'`,
      sql`update deals set owner = 'Somebody else' where id = 'D-540'`,
      sql`delete from role_rows where deal_id = 'D-510'`,
      sql`delete from activities where deal_id = 'D-511'`,
      sql`update activities set proof = null where deal_id = 'D-513'`,
    ];
    for (const change of changes) {
      const id = /D-\d+/.exec(JSON.stringify(change.queryChunks))?.[0] as string;
      await write(async (tx) => {
        await tx.execute(change);
        await judgeDeals(tx, [id], TODAY);
      });
    }
    await write((tx) =>
      judgeRemoval(tx, ["D-502", "D-504"], TODAY, async () => {
        await tx.execute(sql`delete from deals where id in ('D-502', 'D-504')`);
      }),
    );
    await expectSame();
    expect(await checkProjections(client, TODAY)).toBeNull();
    await foldTallies(client);
    await expectSame();
    expect(await checkProjections(client, TODAY)).toBeNull();
  });

  const WEEKS: FiscalYear = { firstMonth: 2, namedBy: "start", endsOn: "nearest_saturday" };
  const YEARS: [string, FiscalYear][] = [
    ["of whole weeks", WEEKS],
    ["of other whole weeks", { firstMonth: 10, namedBy: "end", endsOn: "last_friday" }],
    ["of months again", CALENDAR_YEAR],
  ];
  it.each(YEARS)(
    "have the quarters of a fiscal year %s, and follow what is written in it",
    async (_, year) => {
      await write(async (tx) => {
        const [was] = await tx.select().from(settings);
        await rekeyTallies(tx, yearOf(was), year);
        await tx
          .insert(settings)
          .values({ id: 1, ...columnsOf(year) })
          .onConflictDoUpdate({ target: settings.id, set: columnsOf(year) });
      });
      await expectSame(year);
      expect(await checkProjections(client, TODAY)).toBeNull();
      const { from, to } = quarterOf("2026-03-20", year);
      for (const [at, closedOn] of [
        from,
        to,
        addDays(from, -1),
        addDays(to, 1),
        from.slice(0, 8).concat("01"),
      ].entries())
        await write(async (tx) => {
          const id = `D-${560 + at}`;
          await tx.execute(sql`update deals set closed_on = ${closedOn}::date, outcome = 'won',
          created_on = ${addDays(from, -at)}::date, amended_on = greatest(amended_on, closed_on) where id = ${id}`);
          await judgeDeals(tx, [id], TODAY);
        });
      await expectSame(year);
      await foldTallies(client);
      await expectSame(year);
      expect(await checkProjections(client, TODAY)).toBeNull();
    },
  );

  it("are kept by the year that holds when they are written, though it changes meanwhile", async () => {
    const wrote = Array.from({ length: 8 }, (_, at) =>
      write(async (tx) => {
        const id = `D-${570 + at}`;
        await tx.execute(sql`update deals set closed_on = ${`2026-02-0${at + 1}`}::date, outcome = 'lost',
          amended_on = greatest(amended_on, closed_on) where id = ${id}`);
        await judgeDeals(tx, [id], TODAY);
      }),
    );
    const changed = write(async (tx) => {
      await tx
        .insert(settings)
        .values({ id: 1, ...columnsOf(WEEKS) })
        .onConflictDoUpdate({ target: settings.id, set: columnsOf(WEEKS) });
      await rekeyTallies(tx, CALENDAR_YEAR, WEEKS);
    });
    await Promise.all([...wrote, changed]);
    await expectSame(WEEKS);
    expect(await checkProjections(client, TODAY)).toBeNull();
    await write(async (tx) => {
      await rekeyTallies(tx, WEEKS, CALENDAR_YEAR);
      await tx.update(settings).set(columnsOf(CALENDAR_YEAR));
    });
  });

  it("lose nothing when many write and one folds at the same time", async () => {
    const writers = Array.from({ length: 4 }, async (_, worker) => {
      for (let at = 0; at < 12; at++) {
        const id = `D-${300 + worker * 20 + at}`;
        await write(async (tx) => {
          await tx.execute(
            sql`update deals set amount = amount + 1, amended_on = greatest(amended_on, closed_on) where id = ${id}`,
          );
          await judgeDeals(tx, [id], TODAY);
        });
        if (worker === 0) await foldTallies(client);
      }
    });
    await Promise.all(writers);
    expect(await checkProjections(client, TODAY)).toBeNull();
    await expectSame();
  });

  it("leave figures of a currency without a rate undefined by name, of the asked quarter too", async () => {
    await write((tx) => tx.execute(sql`delete from rates where quarter = '2025-Q4'`).then(() => {}));
    const { kept } = await bothReports();
    expect(kept.metrics.sourcedPipeline.figures[0]?.prior).toMatchObject({ undefined: "missing_rate" });
    await write((tx) => tx.execute(sql`delete from rates where quarter = '2026-Q1'`).then(() => {}));
    const asked = (await bothReports()).kept.metrics;
    const missing = { undefined: "missing_rate", currency: "EUR" };
    expect(asked.sourcedPipeline.figures.find(({ key }) => key === "share")?.value).toMatchObject(missing);
    expect(asked.influencedWinRate.figures[0]?.value).not.toMatchObject(missing);
    await write((tx) =>
      tx
        .execute(
          sql`insert into rates (quarter, currency, rate) values ('2025-Q4', 'EUR', 1.1), ('2026-Q1', 'EUR', 1.2)`,
        )
        .then(() => {}),
    );
    await expectSame();
  });
});

it("find the middle amounts of one currency by looking at few of them", async () => {
  await write(async (tx) => {
    await tx.execute(sql`update deals set currency = 'USD', amended_on = greatest(amended_on, closed_on)`);
    const rows = await tx.execute<{ id: string }>(sql`select id from deals`);
    await judgeDeals(
      tx,
      [...rows].map(({ id }) => id),
      TODAY,
    );
  });
  await expectSame();
});

describe("a drift", () => {
  it("is named, and put right by a rebuild, in any column and any tally", async () => {
    const owner = postgres(url, { max: 1, onnotice: () => {} });
    const plant = (statement: string) =>
      owner.unsafe(`begin; select set_config('countersign.actor', 'x', true), set_config('countersign.request', 'x', true);
        ${statement}; commit`);
    try {
      for (const [statement, at] of [
        ["update judged_deals set outcome = 'sourced' where deal_id = 'D-101'", "D-101.outcome"],
        ["update judged_deals set evidence = 'witnessed' where deal_id = 'D-101'", "D-101.evidence"],
        ["update judged_deals set status = 'waits_for_ae' where deal_id = 'D-101'", "D-101.status"],
        [
          "update judged_deals set counts_as = 'none/open/confirmed/none/none' where deal_id = 'D-101'",
          "D-101.counts_as",
        ],
        ["update judged_deals set stale_on = '2027-01-01' where deal_id = 'D-101'", "D-101.stale_on"],
        ["update partner_outcomes set credit = credit + 1 where deal_id = 'D-102'", "D-102 partners.P-"],
        ["delete from judged_deals where deal_id = 'D-103'", "D-103"],
        [
          "update tallies set deals = deals + 1 where kind = 'created' and month = '2026-01-01'",
          "tally created 2026-01-01",
        ],
        [
          "update tallies set amount = amount - 7 where kind = 'open' and month = '2026-02-01'",
          "tally open 2026-02-01",
        ],
        [
          "update tallies set at_deals[1] = at_deals[1] + 1 where kind = 'cells' and month = '2026-02-01'",
          "tally cells 2026-02-01",
        ],
        ["delete from tallies where kind = 'engaged'", "tally engaged"],
      ] as const) {
        await foldTallies(client);
        await plant(statement);
        const found = await checkProjections(client, TODAY);
        expect(found?.at ?? `nothing after ${statement}`).toContain(at);
        await rebuild(client, TODAY);
        expect(await checkProjections(client, TODAY)).toBeNull();
      }
      await expectSame();
    } finally {
      await owner.end();
    }
  });
});
