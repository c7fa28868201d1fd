import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { addDays } from "@/lib/calendar";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { freezeOf } from "@/lib/commands/review/freeze.fixture";
import { judgeBatch } from "./judge";
import { judgeAll } from "./judge-all";
import { passOverAlike } from "./judged-alike";
import { draftBook, type PolicyBook, policyBook } from "./policy-book";

const TODAY = "2026-04-20";
let company: Company;

beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const write = <T>(work: (tx: Tx) => Promise<T>) =>
  guardedTransaction(company.client, { actor: "system:test", request: "R-1" }, work);
const run = (statement: ReturnType<typeof sql>) => write((tx) => tx.execute(statement));

/** The book of a day on which `is` begins to judge all that `was` judged. */
const taking = (was: PolicyBook, is: Policy): PolicyBook => {
  const book = draftBook(is);
  return {
    ...book,
    policies: [...was.policies, ...book.policies],
    comparesCohorts: was.comparesCohorts || book.comparesCohorts,
  };
};

const LOOSE = PRESETS.two_bucket;
/** Help longer ago than two months counts no more. */
const STRICT: Policy = { ...LOOSE, influenceWindowDays: 60 };

describe("deals that a new policy judges alike", () => {
  beforeAll(async () => {
    // By their numbers: three of four have somebody on them, with rows and activities of all kinds and days.
    await run(sql`
      insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome)
      select 'X-' || lpad(n::text, 3, '0'), 'Ana Ruiz', 100000 + n, 'USD', 'new', 'direct', ${TODAY}::date - 300,
        case when n % 5 < 4 then ${TODAY}::date - 20 - n % 40 end,
        (array['won', 'won', 'lost', 'won', 'open'])[1 + n % 5]::deal_outcome
      from generate_series(1, 200) n`);
    await run(sql`
      insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on, confirmed_on, confirmed_by)
      select 'T-' || d.id, d.id, 'P-1', (array['sourcer', 'influencer'])[1 + n % 2]::partner_role, case when n % 7 = 0 then 2 else 0 end, day, day + n % 45, null, null
      from deals d, lateral (select substr(d.id, 3)::int as n) a, lateral (select ${TODAY}::date - 60 - n as day) b
      where d.id like 'X-%' and n % 4 > 0`);
    await run(sql`
      insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
      select 'A-' || d.id || k, d.id, (array['P-1', 'P-2'])[1 + n % 2], (array['joint_demo', 'joint_pitch', 'executive_intro'])[k],
        1 + (n + k) % 4, day, day, case when n % 3 > 0 then 'note:1' end, 'direct'
      from generate_series(1, 3) k, deals d, lateral (select substr(d.id, 3)::int as n) a,
        lateral (select ${TODAY}::date - 50 - (n * k) % 150 as day) b
      where d.id like 'X-%' and n % 4 > 0`);
  });

  /** All that is kept of every deal, and what is counted of them. */
  async function kept() {
    const [row] = await company.client.db.execute<Record<string, unknown>>(sql`
      select (select json_agg(to_jsonb(j) - 'as_of' - 'judged_at' order by deal_id) from judged_deals j) as deals,
        (select json_agg(o order by deal_id, partner_id) from partner_outcomes o) as partners,
        (select json_agg(t order by t) from (
          select kind, month, counts_as, cell, currency, sum(deals) as deals, sum(amount) as amount from (
            select kind, month, counts_as, cell, currency, deals, amount from tallies
            union all select kind, month, counts_as, cell, currency, deals, amount from tally_changes) a where kind <> 'cases'
          group by 1, 2, 3, 4, 5 having sum(deals) <> 0 or sum(amount) <> 0) t) as counted`);
    return row;
  }

  /** The cases of the log, with what was noted of them. */
  const wholeLog = async () => [
    ...(await company.client.db.execute(sql`select * from exceptions order by id`)),
    ...(await company.client.db.execute(sql`select * from exception_notes order by id`)),
  ];

  async function anew(policies: PolicyBook) {
    for (const table of ["tallies", "tally_changes", "judged_deals", "packed_facts"])
      await run(sql.raw(`delete from ${table} ${table.startsWith("tall") ? "where kind <> 'cases'" : ""}`));
    await judgeAll(company.client, TODAY, { policies });
  }

  it.each<[string, Policy, Policy]>([
    ["another window", LOOSE, STRICT],
    ["another window, back", STRICT, LOOSE],
    ["what is recorded late counts", LOOSE, { ...LOOSE, lateRecording: "with_contemporaneous_evidence" }],
    ["another model", LOOSE, PRESETS.triple_tier],
    ["lanes with fewer motions", PRESETS.lanes, { ...PRESETS.lanes, motions: ["joint_pitch"] }],
    ["cohorts compared", PRESETS.roi_buckets, { ...PRESETS.roi_buckets, accelerationMinimum: 0.9 }],
  ])("are kept as judging all of them anew keeps them: %s", async (_, was, is) => {
    await anew(draftBook(was));
    const book = taking(draftBook(was), is);
    const ids = [...(await company.client.db.execute<{ id: string }>(sql`select id from deals order by id`))];
    const all = ids.map(({ id }) => id);
    const { alike, left } = await write((tx) => passOverAlike(tx, all, TODAY, book));
    expect(alike).toBeGreaterThan(20);
    expect(alike + left.length).toBe(all.length);
    await write((tx) => judgeBatch(tx, left, TODAY, book));
    const [live, log] = [await kept(), await wholeLog()];
    // Judging them in full as well changes nothing, of their cases neither.
    await write((tx) => judgeBatch(tx, all, TODAY, book));
    expect(await kept()).toEqual(live);
    expect(await wholeLog()).toEqual(log);
    await anew(draftBook(is));
    expect(live).toEqual(await kept());
    expect(await write((tx) => passOverAlike(tx, all, TODAY, book))).toMatchObject({ alike: 0 });
  });
});

describe("a deal is judged from its facts", () => {
  const was = draftBook(LOOSE);
  const book = taking(was, { ...LOOSE, coSellMinimum: 3 });
  let [one, other] = ["", ""];
  const pass = (policies = book) => write((tx) => passOverAlike(tx, [one, other], TODAY, policies));
  const judge = (policies: PolicyBook) => write((tx) => judgeBatch(tx, [one, other], TODAY, policies));

  let made = 0;
  beforeEach(async () => {
    made += 1;
    [one, other] = [`Y-${made}a`, `Y-${made}b`];
    await run(sql`
      insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome)
      select id, 'Ana Ruiz', 100000, 'USD', 'new', 'direct', ${TODAY}::date - 200, ${TODAY}::date - 5, 'won'
      from unnest(array[${one}, ${other}]) id`);
    await run(sql`
      insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
      select 'A-' || id, id, 'P-1', 'joint_pitch', 2, ${TODAY}::date - 90, ${TODAY}::date - 90, 'note:x', 'direct'
      from unnest(array[${one}, ${other}]) id`);
    await judge(was);
  });

  it("not when another policy says the same of it", async () => {
    expect(await pass()).toEqual({ alike: 2, left: [] });
  });

  it.each<[string, (id: string) => ReturnType<typeof sql>]>([
    ["time has changed it", (id) => sql`update judged_deals set stale_on = ${TODAY} where deal_id = ${id}`],
    ["its line is of another form", (id) => sql`update packed_facts set form = 0 where deal_id = ${id}`],
    ["it has no line", (id) => sql`delete from packed_facts where deal_id = ${id}`],
    [
      "its line is of a later day",
      (id) => sql`update packed_facts set as_of = ${addDays(TODAY, 1)} where deal_id = ${id}`,
    ],
    [
      "nobody knows by which policy it was judged",
      (id) => sql`update judged_deals set policy_hash = repeat('0', 64) where deal_id = ${id}`,
    ],
  ])("where %s", async (_, statement) => {
    await run(statement(one));
    expect(await pass()).toEqual({ alike: 1, left: [one] });
  });

  it("where it is compared with its cohort", async () => {
    const { roi_buckets } = PRESETS;
    await judge(draftBook(roi_buckets));
    const stricter = taking(draftBook(roi_buckets), { ...roi_buckets, accelerationMinimum: 0.3 });
    expect(await pass(stricter)).toEqual({ alike: 0, left: [one, other] });
  });

  it.each(["judged_deals", "packed_facts"])(
    "where another writer has it in hand in %s, without waiting",
    (table) =>
      write(async (tx) => {
        await tx.execute(sql`select from ${sql.raw(table)} where deal_id = ${one} for update`);
        expect(await pass()).toEqual({ alike: 1, left: [one] });
      }),
  );

  it("where a seal has its own word", async () => {
    await run(sql`
      insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome)
      select 'Z-' || closed_on, 'Ana Ruiz', 100000, 'USD', 'new', 'direct', '2025-10-05', closed_on, 'won'
      from unnest(array['2025-12-10', '2026-04-10']::date[]) closed_on`);
    [one, other] = ["Z-2025-12-10", "Z-2026-04-10"];
    await judgeAll(company.client, TODAY);
    await freezeOf(company, "2025-Q4", TODAY);
    await judgeAll(company.client, TODAY);
    const real = await policyBook(company.client.db);
    const next = taking(real, { ...real.onDay(TODAY).policy, coSellMinimum: 3 });
    expect(await pass(next)).toEqual({ alike: 1, left: [one] });
  });
});
