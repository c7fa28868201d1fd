import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import type { Facts } from "@/lib/attribution/facts";
import { parseFacts } from "@/lib/attribution/parse-facts";
import { eachFacts, loadFacts } from "./facts";

let client: Client;

beforeAll(async () => {
  client = connect((await testDatabase()).url);
  await guardedTransaction(client, { actor: "system:test", request: "R-1" }, async (tx) => {
    for (const statement of STORY) await tx.execute(sql.raw(statement));
  });
});
afterAll(() => client.close());

/** Of the demo, whose rulings need no case. D-1 has everything; D-a and D-B order by code unit; D-new begins in March; D-re closed before it began. */
const STORY = [
  `insert into partners (id, name, kind, parent_id) values
    ('P-top', 'Top', 'pe_vc', null), ('P-mid', 'Mid', 'agency', 'P-top'),
    ('P-low', 'Low', 'reseller', 'P-mid'), ('P-else', 'Else', 'referral', null)`,
  `insert into partner_programs (partner_id, name) values ('P-top', 'pe_vc_pricing'), ('P-top', 'with, comma')`,
  `insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome, first_engaged_on, recreated_from, demo) values
    ('D-1', 'Ann', 9007199254740991, 'USD', 'new', 'resale', '2026-01-10', '2026-02-20', 'won', '2026-01-02', 'D-0', true),
    ('D-a', 'Ann', 0, 'JPY', 'renewal', 'direct', '2026-01-10', null, 'open', null, null, true),
    ('D-B', 'Ann', 5, 'USD', 'expansion', 'marketplace', '2026-01-10', '2026-01-31', 'lost', null, null, true),
    ('D-new', 'Ann', 5, 'USD', 'new', 'direct', '2026-03-01', null, 'open', null, null, true),
    ('D-re', 'Ann', 5, 'USD', 'new', 'direct', '2026-03-01', '2026-01-15', 'won', null, null, true)`,
  `insert into stage_entries (deal_id, seq, stage, entered_on) values
    ('D-1', 3, 4, '2026-02-01'), ('D-1', 1, 1, '2026-01-10'), ('D-1', 2, 2, '2026-02-01')`,
  `insert into registrations (id, deal_id, partner_id, submitted_on, recorded_on, status, decided_on) values
    ('R-1', 'D-1', 'P-low', '2026-01-08', '2026-01-08', 'approved', '2026-01-09')`,
  `insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on, confirmed_on) values
    ('T-2', 'D-1', 'P-low', 'influencer', 2, '2026-01-20', '2026-01-21', null),
    ('T-1', 'D-1', 'P-low', 'sourcer', 0, '2026-01-08', '2026-01-11', '2026-01-12')`,
  `insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement) values
    ('A-1', 'D-1', 'P-else', 'joint_pitch', 2, '2026-01-20', '2026-03-01', 'note:call', 'supportive')`,
  `insert into rulings (id, deal_id, partner_id, model, outcome, decided_on) values
    ('X-1', 'D-1', 'P-low', 'two_bucket', 'influenced', '2026-03-05')`,
];

const load = async (id: string, asOf: string) => (await loadFacts(client.db, [id], asOf))[0] as Facts;

describe("loading facts", () => {
  it("gives the whole document of §2, exact to the last minor unit, stages in order of entry", async () => {
    expect(await load("D-1", "2026-03-31")).toEqual({
      asOf: "2026-03-31",
      deal: {
        id: "D-1",
        amount: 9007199254740991,
        currency: "USD",
        type: "new",
        route: "resale",
        createdOn: "2026-01-10",
        closedOn: "2026-02-20",
        outcome: "won",
        firstEngagedOn: "2026-01-02",
        recreatedFrom: "D-0",
        amendedOn: null,
      },
      stages: [
        { stage: 1, enteredOn: "2026-01-10" },
        { stage: 2, enteredOn: "2026-02-01" },
        { stage: 4, enteredOn: "2026-02-01" },
      ],
      // Everybody on the deal and everybody above them.
      partners: [
        { id: "P-else", kind: "referral", parentId: null, programs: [] },
        { id: "P-low", kind: "reseller", parentId: "P-mid", programs: [] },
        { id: "P-mid", kind: "agency", parentId: "P-top", programs: [] },
        {
          id: "P-top",
          kind: "pe_vc",
          parentId: null,
          programs: ["pe_vc_pricing", "with, comma"].map((name) => ({ name, from: null, to: null })),
        },
      ],
      registrations: [
        {
          ...{ id: "R-1", partnerId: "P-low", submittedOn: "2026-01-08", recordedOn: "2026-01-08" },
          ...{ status: "approved", decidedOn: "2026-01-09", source: null, secondHandOn: null },
        },
      ],
      roles: [
        {
          id: "T-1",
          partnerId: "P-low",
          role: "sourcer",
          touchStage: 0,
          touchedOn: "2026-01-08",
          recordedOn: "2026-01-11",
          confirmedOn: "2026-01-12",
          source: null,
          secondHandOn: null,
        },
        {
          id: "T-2",
          partnerId: "P-low",
          role: "influencer",
          touchStage: 2,
          touchedOn: "2026-01-20",
          recordedOn: "2026-01-21",
          confirmedOn: null,
          source: null,
          secondHandOn: null,
        },
      ],
      activities: [
        {
          id: "A-1",
          partnerId: "P-else",
          type: "joint_pitch",
          stage: 2,
          occurredOn: "2026-01-20",
          recordedOn: "2026-03-01",
          proof: "note:call",
          involvement: "supportive",
          source: null,
          secondHandOn: null,
        },
      ],
      rulings: [
        {
          id: "X-1",
          partnerId: "P-low",
          model: "two_bucket",
          outcome: "influenced",
          decidedOn: "2026-03-05",
        },
      ],
      cohort: { medianCycleDays: null },
    });
  });

  it("gives documents that the heart accepts, on any day", async () => {
    for (const asOf of ["2026-01-15", "2026-02-20", "2026-03-31"]) {
      for (const facts of await loadFacts(client.db, ["D-1", "D-a", "D-B", "D-re"], asOf)) {
        expect(parseFacts(facts)).toEqual(facts);
      }
    }
  });

  it.each([
    ["2026-02-19", null, "open"],
    ["2026-02-20", "2026-02-20", "won"],
  ])("shows on %s a deal that closed on 2026-02-20 as it stood", async (asOf, closedOn, outcome) => {
    expect((await load("D-1", asOf)).deal).toMatchObject({ closedOn, outcome });
  });

  it("keeps the order asked for, and leaves out what is unknown", async () => {
    const facts = await loadFacts(client.db, ["D-a", "nobody", "D-1", "'; drop table deals"], "2026-03-31");
    expect(facts.map(({ deal }) => deal.id)).toEqual(["D-a", "D-1"]);
    expect(await loadFacts(client.db, [], "2026-03-31")).toEqual([]);
  });
});

describe("streaming facts", () => {
  const ids = async (query: Parameters<typeof eachFacts>[1]) => {
    const batches: string[][] = [];
    for await (const batch of eachFacts(client.db, query)) batches.push(batch.map(({ deal }) => deal.id));
    return batches;
  };

  it("goes through all deals by code unit, a batch at a time", async () => {
    expect(await ids({ asOf: "2026-03-31", batchSize: 2 })).toEqual([
      ["D-1", "D-B"],
      ["D-a", "D-new"],
      ["D-re"],
    ]);
  });

  it("leaves out deals that were not there yet, but not those closed before they were created", async () => {
    expect(await ids({ asOf: "2026-02-28" })).toEqual([["D-1", "D-B", "D-a", "D-re"]]);
    expect(await ids({ asOf: "2025-12-31" })).toEqual([]);
  });

  it("takes a condition, and says the same as loading", async () => {
    const where = sql`type = 'new' and outcome = 'won'`;
    expect(await ids({ asOf: "2026-03-31", where })).toEqual([["D-1", "D-re"]]);
    for await (const batch of eachFacts(client.db, { asOf: "2026-03-31", where })) {
      expect(batch).toEqual(await loadFacts(client.db, ["D-1", "D-re"], "2026-03-31"));
    }
  });
});

describe("the cohort's median (§2)", () => {
  beforeAll(async () => {
    // Of one cohort with cycles of 10, 20, 30, 40 and 50 days; and seven near misses.
    await guardedTransaction(client, { actor: "system:test", request: "R-2" }, (tx) =>
      tx
        .execute(sql`
        insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome)
        select 'C-' || n, 'Ann', amount, currency, type::deal_type, 'direct', closed - cycle, closed, outcome::deal_outcome
        from (values
          (1, 1000000, 'new', date '2025-03-01', 10, 'won'), (2, 4999999, 'new', '2025-03-02', 20, 'won'),
          (3, 1000000, 'new', '2025-04-01', 30, 'won'), (4, 1000000, 'new', '2025-05-01', 40, 'won'),
          (5, 1000000, 'new', '2026-02-28', 50, 'won'),
          (6, 999999, 'new', '2025-06-01', 900, 'won'), (7, 5000000, 'new', '2025-06-01', 900, 'won'),
          (8, 1000000, 'renewal', '2025-06-01', 900, 'won'), (9, 1000000, 'new', '2025-06-01', 900, 'lost'),
          (10, 1000000, 'new', '2025-06-01', -5, 'won'), (11, 1000000, 'new', '2025-06-01', 5, 'won'),
          (12, 1000000, 'new', '2025-06-01', 900, 'won')) v (n, amount, type, closed, cycle, outcome),
          lateral (select case n when 12 then 'USD' else 'EUR' end) c (currency)`)
        .then(() =>
          tx.execute(sql`insert into deals (id, owner, amount, currency, type, route, created_on, outcome)
          values ('C-open', 'Ann', 2000000, 'EUR', 'new', 'direct', '2025-12-01', 'open')`),
        )
        .then(() =>
          tx.execute(sql`insert into registrations
          (id, deal_id, partner_id, submitted_on, recorded_on, status, decided_on)
          values ('R-C', 'C-11', 'P-else', '2026-02-10', '2026-02-10', 'rejected', '2026-02-10')`),
        ),
    );
  });
  const median = async (asOf: string) => (await load("C-open", asOf)).cohort.medianCycleDays;

  it.each<[string, number | null, string]>([
    ["2026-02-28", 30, "all five, the first on the last day of its year"],
    ["2026-03-01", null, "only four"],
    ["2026-02-27", null, "only four, when the one with a partner has it already"],
    ["2026-02-09", 20, "five, before that partner was on it"],
  ])("on %s is %s: %s", async (asOf, days) => {
    expect(await median(asOf)).toBe(days);
  });

  it("is the same in a stream, and null when not asked for", async () => {
    for await (const batch of eachFacts(client.db, { asOf: "2026-02-28" })) {
      expect(batch).toEqual(
        await loadFacts(
          client.db,
          batch.map(({ deal }) => deal.id),
          "2026-02-28",
        ),
      );
      expect(batch.find(({ deal }) => deal.id === "C-open")?.cohort.medianCycleDays).toBe(30);
    }
    const [plain] = await loadFacts(client.db, ["C-open"], "2026-02-28", { cohorts: "none" });
    expect(plain?.cohort.medianCycleDays).toBeNull();
  });
});
