// Long: one set of deals judged in every way there is, held against one reference.
import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { COMPANIES } from "@/fixtures/companies.fixture";
import { PRESETS } from "@/lib/attribution/policy";
import { addDays } from "@/lib/calendar";
import { parseMembership } from "@/lib/interchange/programs";
import { judgeDeals, judgeRemoval, judgeStale } from "./judge";
import { judgeAll } from "./judge-all";
import { draftBook, type PolicyBook } from "./policy-book";

const WHO = { actor: "system:test", request: "R-1" };
let client: Client;

beforeAll(async () => {
  client = connect((await testDatabase()).url);
});
afterAll(() => client.close());

const write = <T>(work: (tx: Tx) => Promise<T>) => guardedTransaction(client, { ...WHO, retry: true }, work);

/** All that judging keeps, without the witness of when it was done. */
async function projection(): Promise<unknown> {
  const deals = await client.db.execute(sql`
    select deal_id, outcome, disputed, gray::text, policy_hash, stale_on::text, cohort, cohort_on::text, cycle_days
    from judged_deals order by deal_id`);
  const partners = await client.db.execute(sql`
    select deal_id, partner_id, outcome, disputed, credit::text, rule from partner_outcomes order by 1, 2`);
  return { deals: [...deals], partners: [...partners] };
}

/** The exceptions log, row by row. */
async function wholeLog() {
  return [...(await client.db.execute(sql`select * from exceptions order by id`))];
}

/** The open cases that judging would find today; what was put right after close stays open besides. */
async function stillGray() {
  const rows = await client.db.execute(sql`
    select e.deal_id, e.kind, e.quarter from exceptions e
    join judged_deals o on o.deal_id = e.deal_id and e.kind::text = any(o.gray::text[])
    where e.settled_at is null order by e.deal_id, e.kind`);
  return [...rows];
}

/** Facts written step by step in a world of a few deals, each judged at once, on days that go by. */
class World {
  today = "2025-06-01";
  readonly #policies: PolicyBook;
  #next = 0;

  constructor(policies: PolicyBook) {
    this.#policies = policies;
  }

  async begin(): Promise<void> {
    await write(async (tx) => {
      for (const table of [
        "rulings",
        "exceptions",
        "deals",
        "judged_deals",
        "tallies",
        "tally_changes",
        "partners",
      ])
        await tx.execute(sql.raw(`delete from ${table}`));
      await tx.execute(sql`insert into partners (id, name, kind, parent_id) values
        ('P-0', 'a', 'agency', null), ('P-1', 'b', 'pe_vc', 'P-0'), ('P-2', 'c', 'reseller', null)`);
      // Twelve won deals of one cohort with cycles around 100 days: enough for a median that single deals move.
      await tx.execute(sql`
        insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome, demo)
        select 'D-' || n, 'Ann', 2000000, 'USD', 'new', 'direct', day - (case when n % 3 = 0 then 70 else 100 + n end), day, 'won', true
        from (select n, date '2025-05-01' - 20 * n as day from generate_series(0, 11) n) s`);
      // Eight more with a partner's proven help, whose cycles lie where three quarters of that median do.
      await tx.execute(sql`
        insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome, demo)
        select 'D-' || (15 + n), 'Ann', 2000000, 'USD', 'new', 'direct', day - (74 + n), day, 'won', true
        from (select n, date '2025-05-20' - 9 * n as day from generate_series(0, 7) n) s`);
      await tx.execute(sql`
        insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on)
        select 'T-' || id, id, 'P-2', 'influencer', 2, closed_on - 30, closed_on - 30
        from deals where closed_on - created_on between 74 and 81`);
      await tx.execute(sql`
        insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
        select 'A-' || deal_id, deal_id, partner_id, 'joint_pitch', 2, touched_on, touched_on, 'note:1', 'direct'
        from role_rows where id like 'T-%'`);
    });
    await judgeAll(client, this.today, { policies: this.#policies });
  }

  async step({ verb, deal, partner, offset, pick }: Step): Promise<void> {
    const id = `D-${deal}`;
    const day = addDays(this.today, offset);
    const fact = `F-${this.#next++}`;
    const partnerId = `P-${partner}`;
    if (verb === "day") {
      this.today = addDays(this.today, 1 + pick);
      await judgeStale(client, this.today, { policies: this.#policies });
      return;
    }
    await write(async (tx) => {
      if (verb === "remove") {
        const remove = async () => {
          await tx.execute(sql`delete from rulings where deal_id = ${id}`);
          await tx.execute(sql`delete from deals where id = ${id}`);
        };
        await judgeRemoval(tx, [id], this.today, remove, { policies: this.#policies });
        return;
      }
      const touched = [id];
      if (verb === "family") {
        await tx.execute(sql`update partners set parent_id = ${pick ? "P-0" : null} where id = 'P-1'`);
        await tx.execute(
          pick
            ? sql`insert into partner_programs (partner_id, name) values ('P-1', 'pe_vc_pricing') on conflict do nothing`
            : sql`delete from partner_programs`,
        );
        const named = await tx.execute<{ id: string }>(sql`
          select deal_id as id from registrations union select deal_id from role_rows
          union select deal_id from activities union select deal_id from rulings`);
        touched.push(...named.map((row) => row.id));
      } else await tx.execute(this.#statement(verb, { id, day, fact, partnerId, pick }));
      await judgeDeals(tx, touched, this.today, { policies: this.#policies });
    });
  }

  #statement(verb: Verb, { id, day, fact, partnerId, pick }: Arguments) {
    const there = sql`from deals where id = ${id}`;
    switch (verb) {
      case "create":
        return sql`insert into deals (id, owner, amount, currency, type, route, created_on, outcome, demo)
          values (${id}, 'Ann', 2000000, 'USD', 'new', 'direct', ${day}::date - 60, 'open', true) on conflict do nothing`;
      case "win":
        return sql`update deals set outcome = ${pick ? "won" : "lost"}::deal_outcome, closed_on = ${day},
          amended_on = greatest(amended_on, closed_on) where id = ${id}`;
      case "reopen":
        return sql`update deals set outcome = 'open', closed_on = null, amended_on = greatest(amended_on, closed_on) where id = ${id}`;
      case "amount":
        return sql`update deals set amount = ${pick ? 6000000 : 2000000}, amended_on = greatest(amended_on, closed_on) where id = ${id}`;
      case "begun":
        return sql`update deals set created_on = ${addDays(day, -40)} where id = ${id}`;
      case "role":
        return sql`insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on, confirmed_on)
          select ${fact}, id, ${partnerId}, ${pick ? "sourcer" : "influencer"}::partner_role, ${pick}, ${day}, ${day}, null
          ${there} and not exists (select from role_rows r
            where (r.deal_id, r.partner_id, r.role) = (deals.id, ${partnerId}, ${pick ? "sourcer" : "influencer"}::partner_role))`;
      case "confirm":
        return sql`update role_rows set confirmed_on = ${day} where deal_id = ${id}`;
      case "withdraw":
        return sql`with gone as (delete from role_rows where deal_id = ${id} and partner_id = ${partnerId})
          delete from activities where deal_id = ${id} and partner_id = ${partnerId}`;
      case "activity":
        return sql`insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
          select ${fact}, id, ${partnerId}, 'joint_pitch', ${2 + 2 * pick}, ${day}, ${day}, ${pick ? null : "https://proof.example"}, 'direct' ${there}`;
      case "register":
        return sql`insert into registrations
          (id, deal_id, partner_id, submitted_on, recorded_on, status, decided_on)
          select ${fact}, id, ${partnerId}, ${day}::date, ${day}::date,
            ${pick ? "approved" : "pending"}::registration_status, ${pick ? day : null}::date ${there}`;
      default:
        return sql`insert into rulings (id, deal_id, partner_id, model, outcome, decided_on)
          select ${fact}, id, ${partnerId}, 'two_bucket', 'influenced', ${day} ${there}`;
    }
  }
}

const VERBS = [
  "create",
  "win",
  "reopen",
  "amount",
  "begun",
  "role",
  "confirm",
  "withdraw",
  "activity",
  "register",
  "rule",
  "family",
  "remove",
  "day",
] as const;
type Verb = (typeof VERBS)[number];
interface Step {
  verb: Verb;
  deal: number;
  partner: number;
  /** Days from today; a fact may be dated tomorrow. */
  offset: number;
  pick: number;
}
interface Arguments {
  id: string;
  day: string;
  fact: string;
  partnerId: string;
  pick: number;
}

const steps = fc.array(
  fc.record({
    verb: fc.constantFrom(...VERBS),
    deal: fc.nat({ max: 22 }),
    partner: fc.nat({ max: 2 }),
    offset: fc.oneof(fc.integer({ min: -200, max: 2 }), fc.integer({ min: -1, max: 2 })),
    pick: fc.nat({ max: 1 }),
  }),
  { minLength: 15, maxLength: 40 },
);

/** Closed for tomorrow, closed again for today: amended from tomorrow on, which nothing but that day tells. */
const AMENDED_TOMORROW: Step[] = [
  { verb: "win", deal: 18, partner: 0, offset: 1, pick: 0 },
  { verb: "win", deal: 18, partner: 0, offset: 0, pick: 0 },
  { verb: "day", deal: 0, partner: 0, offset: 0, pick: 0 },
];

describe("judging live", () => {
  it.each(["two_bucket", "roi_buckets"] as const)(
    "equals a rebuild from nothing, under %s",
    async (preset) => {
      const policies = draftBook(PRESETS[preset]);
      await fc.assert(
        fc.asyncProperty(steps, async (story) => {
          const world = new World(policies);
          await world.begin();
          for (const step of story) await world.step(step);
          const [live, log, cases] = [await projection(), await wholeLog(), await stillGray()];
          await write((tx) => tx.execute(sql`delete from judged_deals`).then(() => {}));
          await judgeAll(client, world.today, { policies, batchSize: 4 });
          expect(live).toEqual(await projection());
          expect(await wholeLog()).toEqual(log);
          await write((tx) => tx.execute(sql`delete from exceptions`).then(() => {}));
          await judgeAll(client, world.today, { policies, batchSize: 4 });
          expect(await stillGray()).toEqual(cases);
        }),
        { numRuns: 15, examples: [[AMENDED_TOMORROW]] },
      );
    },
    120_000,
  );

  it("moves the outcome of a deal whose cohort changes", async () => {
    const policies = draftBook(PRESETS.roi_buckets);
    const world = new World(policies);
    await world.begin();
    const outcomeOf = async (id: string) => {
      const [row] = await client.db.execute(sql`select outcome from judged_deals where deal_id = ${id}`);
      return row?.outcome;
    };
    // D-0 takes 70 days; with proof of help it is accelerated against a median of about 104.
    await world.step({ verb: "role", deal: 0, partner: 0, offset: -40, pick: 0 });
    await world.step({ verb: "activity", deal: 0, partner: 0, offset: -40, pick: 0 });
    expect(await outcomeOf("D-0")).toBe("accelerated");
    for (const deal of [1, 2, 4, 5, 7])
      await world.step({ verb: "begun", deal, partner: 0, offset: -140, pick: 0 });
    expect(await outcomeOf("D-0")).toBe("influenced");
  });
});

describe("judging all", () => {
  it("reports its progress, and goes on from where it stopped", async () => {
    const world = new World(draftBook(PRESETS.two_bucket));
    await world.begin();
    const seen: string[] = [];
    await judgeAll(client, world.today, {
      batchSize: 5,
      onProgress: ({ judged, total, lastId }) => seen.push(`${judged}/${total} ${lastId}`),
    });
    expect(seen).toEqual(["5/20 D-15", "10/20 D-2", "15/20 D-4", "20/20 D-9"]);
    expect(await judgeAll(client, world.today, { after: "D-7" })).toBe(2);
  });

  it("writes nothing when everything is right", async () => {
    const world = new World(draftBook(PRESETS.two_bucket));
    await world.begin();
    const versions = () =>
      client.db
        .execute(sql`select deal_id, xmin::text, judged_at::text from judged_deals order by 1`)
        .then((rows) => [...rows]);
    const before = await versions();
    await judgeAll(client, world.today);
    expect(await versions()).toEqual(before);
  });

  it("gives the later of two writers the facts of both", async () => {
    const policies = draftBook(PRESETS.two_bucket);
    const world = new World(policies);
    await world.begin();
    const register = (tx: Tx, partner: string) =>
      tx.execute(sql`insert into registrations
        (id, deal_id, partner_id, submitted_on, recorded_on, status, decided_on)
        values ('R-' || ${partner}, 'D-0', ${partner}, '2025-01-10', '2025-01-10', 'approved', '2025-01-10')`);
    let judged = () => {};
    const firstHasJudged = new Promise<void>((resolve) => {
      judged = resolve;
    });
    const first = write(async (tx) => {
      await register(tx, "P-0");
      await judgeDeals(tx, ["D-0"], world.today);
      judged();
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await firstHasJudged;
    const rebuild = judgeAll(client, world.today, { batchSize: 3 });
    await write(async (tx) => {
      await register(tx, "P-2");
      await judgeDeals(tx, ["D-0"], world.today);
    });
    await Promise.all([first, rebuild]);
    const live = await projection();
    await judgeAll(client, world.today);
    expect(await projection()).toEqual(live);
    const partners = await client.db.execute(
      sql`select partner_id from partner_outcomes where deal_id = 'D-0'`,
    );
    expect(partners).toHaveLength(2);
  });
});

describe.each(COMPANIES)("the deals of $name", ({ folder }) => {
  const text = (file: string) => readFileSync(`${folder}/${file}`, "utf8").trim().split("\n").slice(1);
  const cells = (file: string) => text(file).map((line) => line.trim().split(","));

  beforeAll(async () => {
    await client.close();
    client = connect((await testDatabase()).url);
  });

  it("have the outcomes that they should, all in constant memory and seconds", async () => {
    await write(async (tx) => {
      const load = (statement: string, rows: unknown[]) =>
        tx.execute(
          sql`${sql.raw(statement)} from json_array_elements(${JSON.stringify(rows)}::text::json) r`,
        );
      await load(
        `insert into partners (id, name, kind, parent_id)
          select r->>0, r->>1, (r->>2)::partner_kind, nullif(r->>3, '')`,
        cells("partners.csv"),
      );
      await load(
        `insert into partner_programs (partner_id, name, from_day, to_day)
          select r->>0, r->>1, (r->>2)::date, (r->>3)::date`,
        cells("partners.csv").flatMap(([id, , , , programs = ""]) =>
          programs
            .split(";")
            .filter((text) => text !== "")
            .map((text) => parseMembership("programs", text))
            .map(({ name, from, to }) => [id, name, from, to]),
        ),
      );
      await load(
        `insert into deals (id, account, owner, amount, currency, type, route, created_on, closed_on, outcome, first_engaged_on, recreated_from)
          select r->>0, r->>1, r->>2, (r->>3)::numeric * 100, r->>4, (r->>5)::deal_type, (r->>6)::route, (r->>7)::date,
            nullif(r->>8, '')::date, (r->>9)::deal_outcome, nullif(r->>10, '')::date, nullif(r->>11, '')`,
        cells("deals.csv"),
      );
      await load(
        `insert into stage_entries (deal_id, stage, entered_on, seq) select r->>0, (r->>1)::int, (r->>2)::date, (r->>3)::int`,
        cells("stage_history.csv").map((row, seq) => [...row, seq]),
      );
      await load(
        `insert into registrations (id, deal_id, partner_id, submitted_on, recorded_on, status, decided_on)
          select r->>0, r->>1, r->>2, (r->>3)::date, (r->>4)::date, (r->>5)::registration_status, nullif(r->>6, '')::date`,
        cells("registrations.csv"),
      );
      await load(
        `insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on, confirmed_on)
          select r->>0, r->>1, r->>2, (r->>3)::partner_role, (r->>4)::int, (r->>5)::date, (r->>6)::date, nullif(r->>7, '')::date`,
        cells("roles.csv"),
      );
      await load(
        `insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
          select r->>0, r->>1, r->>2, r->>3, (r->>4)::int, (r->>5)::date, (r->>6)::date, nullif(r->>7, ''), (r->>8)::involvement`,
        cells("activities.csv"),
      );
    });
    const { asOf } = JSON.parse(readFileSync(`${folder}/expected.json`, "utf8"));
    await judgeAll(client, asOf);
    const rows = await client.db.execute<{ line: string }>(
      sql`select deal_id || ',' || outcome as line from judged_deals`,
    );
    expect(rows.map(({ line }) => line).sort()).toEqual(
      text("outcomes.two_bucket.csv")
        .map((line) => line.trim())
        .sort(),
    );
  });
});
