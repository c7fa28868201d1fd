import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { users } from "@/db/schema/people";
import { settings } from "@/db/schema/settings";
import { testDatabase } from "@/db/test-database";
import { classify } from "@/lib/attribution/classify";
import { PRESETS } from "@/lib/attribution/policy";
import type { Model, Outcome } from "@/lib/attribution/vocabulary";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { verifyPassword } from "@/lib/auth/password";
import { passwordFault } from "@/lib/auth/password-rule";
import { USER_ROLES } from "@/lib/auth/roles";
import { CALENDAR_YEAR, previousQuarter, quarterOf } from "@/lib/calendar";
import { createUser } from "@/lib/commands/company/create-user";
import { BEING_TOLD } from "@/lib/commands/company/guards";
import { removeDemo } from "@/lib/commands/company/remove-demo";
import { perform } from "@/lib/commands/door";
import { sayNoCost } from "@/lib/commands/finance/say-no-cost";
import { companyDay } from "@/lib/company-day";
import { loadFacts } from "@/lib/judging/facts";
import { judgeAll } from "@/lib/judging/judge-all";
import { foldTallies } from "@/lib/judging/tallies";
import { numbers } from "@/lib/queries/numbers/numbers";
import { type Client, connect } from "../connection/client";
import { guardedTransaction } from "../connection/transaction";
import { freezePreparations } from "../schema/reviews";
import { demoQuarters } from "./finance";
import { NAMED_DEALS } from "./named-deals";
import { actorOf, DEMO_COMPANY, DEMO_PEOPLE } from "./people";
import { tellDemoStory } from "./tell";

const TODAY = companyDay(Date.now(), "UTC");
const ADMIN = { id: "U-real", email: "admin@countersign.local", name: "Administrator", role: "admin" };

/** Told by two at once. */
let straight: Client;
/** Told by one that was cut off, then by one that was not. */
let resumed: Client;

beforeAll(async () => {
  straight = connect((await testDatabase()).url);
  resumed = connect((await testDatabase()).url);
}, 60_000);

afterAll(async () => {
  await Promise.all([straight?.close(), resumed?.close()]);
});

describe("telling the demo story", { timeout: 240_000 }, () => {
  it("happens once, whoever else tells it at the same time or after", async () => {
    await perform(createUser, ADMIN, { actor: COMMAND_LINE, client: straight });
    const told = { client: straight, today: TODAY };
    const both = await Promise.all([tellDemoStory(told), tellDemoStory(told)]);
    expect(both.toSorted()).toEqual([false, true]);
    const before = await auditEntries(straight);
    expect(await tellDemoStory(told)).toBe(false);
    expect(await auditEntries(straight)).toBe(before);
    expect(await straight.db.select().from(settings)).toMatchObject([{ company: DEMO_COMPANY, demo: true }]);
  });

  it("begins again where a telling was cut off, and comes to the same end", async () => {
    const cutOff = new Error("the power went");
    const cut = tellDemoStory({
      client: resumed,
      today: TODAY,
      onProgress({ told, total }) {
        if (told > total / 8) throw cutOff;
      },
    });
    await expect(cut).rejects.toBe(cutOff);
    const [company] = await resumed.db.select().from(settings);
    expect(company).toMatchObject({ company: BEING_TOLD, demo: true });
    expect(await tellDemoStory({ client: resumed, today: TODAY })).toBe(true);
    expect(await whatIsThere(resumed)).toEqual(await whatIsThere(straight));
  });

  it("leaves everything marked as demo, done by its own people, and judged as of today", async () => {
    const [unmarked] = await straight.db.execute(sql`select
      (select count(*)::int from deals where not demo) as deals,
      (select count(*)::int from partners where not demo) as partners,
      (select count(*)::int from costs where not demo) as costs,
      (select count(*)::int from rates where not demo) as rates,
      (select count(*)::int from users where not demo and id <> ${ADMIN.id}) as people,
      (select count(*)::int from imports) as imports`);
    expect(
      Object.values(unmarked as object).every((count) => count === 0),
      JSON.stringify(unmarked),
    ).toBe(true);
    const actors = await straight.db.execute<{ actor: string }>(sql`
      select distinct actor from audit_log where deal_id is not null order by 1`);
    const people = DEMO_PEOPLE.map(({ id }) => `user:${id}`);
    expect(people).toEqual(expect.arrayContaining(actors.map(({ actor }) => actor)));
    const before = await whatIsThere(straight);
    await judgeAll(straight, TODAY);
    expect(await whatIsThere(straight)).toEqual(before);
  });

  it("gives each of the seven roles somebody who can sign in", async () => {
    expect(new Set(DEMO_PEOPLE.map(({ role }) => role))).toEqual(new Set(USER_ROLES));
    const there = new Map((await straight.db.select().from(users)).map((user) => [user.email, user]));
    for (const { email, name, role, password, ownerName } of DEMO_PEOPLE) {
      expect(there.get(email)).toMatchObject({ name, role, ownerName: ownerName ?? null, disabledAt: null });
      expect(passwordFault(password, { name, email })).toBeNull();
    }
    const { email, password } = DEMO_PEOPLE[0] as (typeof DEMO_PEOPLE)[number];
    expect(await verifyPassword(password, there.get(email)?.passwordHash ?? null)).toBe(true);
  });

  it("shows in each named deal what it promises", async () => {
    const ids = NAMED_DEALS.map(({ dealId }) => dealId);
    const documents = new Map(
      (await loadFacts(straight.db, ids, TODAY)).map((facts) => [facts.deal.id, facts]),
    );
    const saved = await straight.db.execute<{ deal_id: string; outcome: string; gray: string }>(
      sql`select deal_id, outcome::text as outcome, gray::text as gray from judged_deals`,
    );
    for (const { dealId, account, shows, expect: shown } of NAMED_DEALS) {
      const facts = documents.get(dealId);
      if (!facts) throw new Error(`${dealId} ${account} is not there: ${shows}`);
      for (const [model, outcome] of Object.entries(shown.outcome) as [Model, Outcome][])
        expect(classify(PRESETS[model], facts).outcome, `${dealId} under ${model}`).toBe(outcome);
      for (const [model, better] of Object.entries(shown.disputed ?? {}) as [Model, Outcome][]) {
        const { partners } = classify(PRESETS[model], facts);
        expect(
          partners.map(({ disputed }) => disputed),
          `${dealId} under ${model}`,
        ).toContain(better);
      }
      const row = saved.find(({ deal_id }) => deal_id === dealId);
      expect(row, dealId).toMatchObject({
        outcome: shown.outcome.two_bucket,
        gray: `{${(shown.gray ?? []).join(",")}}`,
      });
    }
  });

  it("is judged by a memo that three of its people signed today, reaching back over all of it", async () => {
    const [first] = demoQuarters(quarterOf(TODAY), CALENDAR_YEAR);
    const memos = await straight.db.execute(sql`
      select p.document ->> 'model' as model, p.document ->> 'reachesBackTo' as back, lower(p.period)::text as day,
        (select array_agg(s.seat || ' ' || s.user_id order by s.seat) from signatures s
          where s.policy_id = p.id and s.hash = p.hash) as signed,
        (select count(*)::int from judged_deals j where j.policy_hash <> p.hash) as unsigned
      from policies p`);
    expect([...memos]).toEqual([
      {
        ...{ model: "two_bucket", back: first!.from, day: TODAY, unsigned: 0 },
        signed: ["cro U-viktor", "finance U-ruth", "head_of_partnerships U-camille"],
      },
    ]);
  });

  it("holds two frozen quarters, the one under review after them, and cases of the one under way", async () => {
    const labels = demoQuarters(quarterOf(TODAY), CALENDAR_YEAR).map(({ label }) => label);
    const seals = await straight.db.execute(sql`
      select quarter, prepared_by, sealed_by, demo, closed > 5 as enough,
        (select count(*)::int from exceptions e where e.quarter = q.quarter and e.settlement = 'rule_upheld') as upheld
      from sealed_quarters q order by from_day`);
    const frozen = { prepared_by: "U-camille", sealed_by: "U-ruth", demo: true, enough: true, upheld: 1 };
    expect([...seals]).toEqual([labels[2], labels[3]].map((quarter) => ({ quarter, ...frozen })));
    const [cases] = await straight.db.execute(sql`
      select count(*) filter (where quarter = ${labels[4]} and deferred_to is not null)::int as carried,
        count(*) filter (where quarter = ${labels[5]} and settled_on is null) > 3 as waiting,
        count(*) filter (where quarter in (select quarter from sealed_quarters) and settled_on is null)::int as lost
      from exceptions`);
    expect(cases).toEqual({ carried: 1, waiting: true, lost: 0 });
  });

  it("corrects a frozen quarter once, and rules once, each by two people", async () => {
    const quarters = demoQuarters(quarterOf(TODAY), CALENDAR_YEAR);
    const corrected = await straight.db.execute(sql`
      select r.quarter, r.journal, r.proposed_by, r.accepted_by, c.state::text as deal
      from restatements r join corrections c on c.deal_id = r.deal_id`);
    expect([...corrected]).toEqual([
      {
        ...{ quarter: quarters[3]!.label, journal: quarters[4]!.label, deal: "accepted" },
        ...{ proposed_by: "U-camille", accepted_by: "U-ruth" },
      },
    ]);
    const ruled = await straight.db.execute(sql`
      select r.deal_id, r.outcome::text, array_agg(v.side || ' ' || v.user_id order by v.side) as votes
      from rulings r join exceptions e on e.deal_id = r.deal_id and e.settlement = 'ruling'
        join exception_votes v on v.exception_id = e.id group by r.id`);
    const votes = ["finance U-ruth", "partnerships U-camille"];
    expect([...ruled]).toEqual([{ deal_id: "D-2043", outcome: "influenced", votes }]);
  });

  it("has facts that one person states and facts that two stand behind, and outcomes of each grade", async () => {
    const [hands] = await straight.db.execute(sql`select
      (select count(*)::int from role_rows where confirmed_by <> recorded_by) > 5 as confirmed,
      (select count(*)::int from role_rows where confirmed_by = recorded_by) > 5 as own,
      (select count(*)::int from registrations where decided_by <> recorded_by) > 5 as decided,
      (select count(*)::int from activities where vouched_by <> recorded_by) > 5 as vouched,
      (select count(*)::int from activities where vouched_by is null) > 5 as unvouched,
      (select count(*)::int from judged_deals where evidence = 'stated') > 5 as stated,
      (select count(*)::int from judged_deals where evidence = 'countersigned') > 5 as countersigned`);
    expect(Object.entries(hands as object).filter(([, there]) => !there)).toEqual([]);
  });

  it("defines every one of the last complete quarter's four numbers, with enough deals to tell", async () => {
    const quarter = previousQuarter(quarterOf(TODAY), CALENDAR_YEAR).label;
    const context = { db: straight.db, actor: actorOf("U-ruth"), today: TODAY };
    const answer = await numbers.run(context, { quarter });
    expect(answer.headline).toHaveLength(4);
    for (const { key, tooFew, figures } of answer.headline) {
      expect(tooFew, key).toBe(false);
      for (const figure of figures) expect(figure.value, `${key} ${figure.key}`).toBeTypeOf("number");
    }
    const figureOf = (metric: string, figure: string) =>
      answer.headline.find(({ key }) => key === metric)?.figures.find(({ key }) => key === figure)
        ?.value as number;
    expect(figureOf("sourcedPipeline", "share")).toBeGreaterThan(0.13);
    expect(figureOf("sourcedPipeline", "share")).toBeLessThan(0.29);
    expect(figureOf("influencedWinRate", "ratio")).toBeGreaterThan(1.6);
    expect(figureOf("influencedWinRate", "ratio")).toBeLessThan(3);
    expect(figureOf("cycleReduction", "percent")).toBeGreaterThan(0.2);
    expect(figureOf("cycleReduction", "percent")).toBeLessThan(0.45);
    expect(figureOf("costPerPartnerDollar", "belowDirect")).toBeGreaterThan(0.35);
    expect(figureOf("costPerPartnerDollar", "belowDirect")).toBeLessThan(0.72);
  });

  it("is removed without a trace but the audit log", async () => {
    const { db } = straight;
    const [real] = await db.select().from(users).where(sql`id = ${ADMIN.id}`);
    const actor = {
      ...{ id: `user:${ADMIN.id}`, userId: ADMIN.id, name: ADMIN.name },
      ...{ role: "admin" as const, ownerName: null },
    };
    const audited = await auditEntries(straight);
    const { answer } = await perform(removeDemo, {}, { actor, client: straight });
    expect(answer).toMatchObject({ partners: 13, people: DEMO_PEOPLE.length });
    // What the story brought to the tallies and what its removal took away come to nothing.
    await foldTallies(straight);
    // What the log says of people lies beside it (docs/decisions/0016).
    const { audit_personal: _, ...left } = await rowsByTable(straight);
    expect(left).toEqual({ settings: 1, users: 1, audit_log: audited + 1 });
    expect(await db.select().from(users)).toEqual([real]);
    const [company] = await db.select().from(settings);
    expect(company).toMatchObject({ demo: false });
  });

  it("is removed by its own admin too, who alone stays", async () => {
    await leaveSomething(resumed);
    await perform(removeDemo, {}, { actor: actorOf("U-leo"), client: resumed });
    expect(await rowsByTable(resumed)).toMatchObject({ settings: 1, users: 1 });
    expect(await resumed.db.select().from(users)).toMatchObject([
      { id: "U-leo", demo: false, disabledAt: null },
    ]);
  });
});

/** What somebody who looks around in the story's names leaves: nothing of it is marked as the story's. */
async function leaveSomething(client: Client): Promise<void> {
  const finance = DEMO_PEOPLE.find(({ role }) => role === "finance")!;
  const none = { quarter: "2019-Q1", side: "partner_program", category: "travel" };
  await perform(sayNoCost, none, { actor: actorOf(finance.id), client });
  await guardedTransaction(client, { actor: `user:${finance.id}`, request: "R-left" }, (tx) =>
    tx.insert(freezePreparations).values({
      ...{ quarter: "2019-Q1", preparedBy: finance.id, preparedByName: finance.name },
      ...{ checklist: [], digest: "0".repeat(64) },
    }),
  );
}

async function auditEntries({ db }: Client): Promise<number> {
  const [row] = await db.execute<{ entries: number }>(sql`select count(*)::int as entries from audit_log`);
  return row?.entries ?? 0;
}

/** The tables that hold anything, with how many rows. */
async function rowsByTable({ db }: Client): Promise<Record<string, number>> {
  const tables = await db.execute<{ name: string }>(sql`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`);
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await db.execute<{ rows: number }>(
      sql`select count(*)::int as rows from ${sql.identifier(name)}`,
    );
    if (row && row.rows > 0) counts[name] = row.rows;
  }
  return counts;
}

/** Deals, facts and outcomes, apart from the ids and clocks that differ from telling to telling. */
async function whatIsThere({ db }: Client): Promise<Record<string, unknown[]>> {
  const [row] = await db.execute<{ there: Record<string, unknown[]> }>(sql`select json_build_object(
    'deals', (select json_agg(to_jsonb(d) - 'created_at' - 'account_id' order by d.id) from deals d),
    'accounts', (select json_agg(a.name order by a.name) from accounts a),
    'stages', (select json_agg(to_jsonb(s) - 'recorded_at' order by s.deal_id, s.seq) from stage_entries s),
    'registrations', (select json_agg(to_jsonb(r) - '{id,created_at,account_id}'::text[] order by r.deal_id, r.partner_id) from registrations r),
    'roles', (select json_agg(to_jsonb(r) - 'id' - 'created_at' order by r.deal_id, r.partner_id, r.role) from role_rows r),
    'activities', (select json_agg(to_jsonb(a) - 'id' - 'created_at'
      order by a.deal_id, a.partner_id, a.occurred_on, a.recorded_on, a.type, a.proof) from activities a),
    'outcomes', (select json_agg(to_jsonb(o) - 'judged_at' - 'as_of' - 'partners' order by o.deal_id) from judged_deals o),
    'credit', (select json_agg(to_jsonb(o) order by o.deal_id, o.partner_id) from partner_outcomes o),
    'partners', (select json_agg(to_jsonb(p) - 'created_at' order by p.id) from partners p),
    'costs', (select json_agg(to_jsonb(c) order by c.quarter, c.side, c.category) from costs c)) as there`);
  return row?.there ?? {};
}
