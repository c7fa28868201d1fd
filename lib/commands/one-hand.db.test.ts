// Long: random lives of one person, and what none of them may have brought about (domain.md §9 "Two hands").
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalJson } from "@/lib/attribution/canonical";
import { classify } from "@/lib/attribution/classify";
import { gradeOf } from "@/lib/attribution/evidence";
import type { Facts } from "@/lib/attribution/facts";
import { isRefusal } from "@/lib/errors";
import { loadFacts } from "@/lib/judging/facts";
import { policyBook } from "@/lib/judging/policy-book";
import { type Company, openCompany, TODAY } from "./commands.fixture";
import { closeDeal } from "./deal/close-deal";
import { createDeal } from "./deal/create-deal";
import { perform } from "./door";
import { freezeOf } from "./review/freeze.fixture";
import type { Person } from "./scenes.fixture";
import { type Action, type AnyVerb, VERBS } from "./verbs";

/** Who works alone: one of each role that writes, and one who owns other deals. */
const LONERS: Person[] = ["ana", "ben", "pam", "hope", "fay", "carl", "rita"];
const QUARTER = "2026-Q1";
const FROZEN = "D-frozen";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  const early = { today: "2026-02-10" };
  const input = { id: FROZEN, account: "Frozen Foods", amount: 700_000, currency: "USD", stage: 1 };
  await company.as("ana", createDeal, { ...input, createdOn: "2026-01-10" }, early);
  await told(
    "pam",
    "tag-partner",
    { dealId: FROZEN, ...row("P-1", "influencer", 1, "2026-02-01") },
    "2026-02-10",
  );
  await told("pam", "log-activity", { dealId: FROZEN, ...motion("2026-02-03") }, "2026-02-10");
  const [first] = await ids("role_rows", [FROZEN]);
  await told("ana", "confirm-role", { rowId: first }, "2026-02-11");
  await company.as("ana", closeDeal, { dealId: FROZEN, outcome: "won" }, { today: "2026-03-01" });
  await freezeOf(company, QUARTER, "2026-04-10");
});
afterAll(() => company.close());

const row = (partnerId: string, role: string, touchStage: number, touchedOn: string) => ({
  ...{ partnerId, role, touchStage, touchedOn },
});
const motion = (occurredOn: string, proof: string | null = "https://proof.example/1") => ({
  ...{ partnerId: "P-1", type: "joint_pitch", stage: 2, occurredOn, proof },
});

const verbOf = new Map<string, AnyVerb>(VERBS.map((verb) => [verb.name, verb]));

/** Performs a verb; the request's id, or null when the door said no. */
async function tried(person: Person, name: Action, input: unknown, today = TODAY): Promise<string | null> {
  const call = { actor: company.actor(person), client: company.client, today };
  try {
    return (await perform(verbOf.get(name)!, input, call)).request;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

async function told(person: Person, name: Action, input: unknown, today = TODAY): Promise<void> {
  expect(await tried(person, name, input, today), `${person} may ${name}`).not.toBeNull();
}

async function ids(table: string, dealIds: readonly string[]): Promise<string[]> {
  const rows = await company.client.db.execute<{ id: string }>(sql`
    select id from ${sql.raw(table)} where deal_id = any(${sql.param(dealIds)}::text[]) order by id`);
  return [...rows].map(({ id }) => id);
}

/** A deal with what two people stand behind, what one said, and a case; closed as won or open. */
async function scene(closed: boolean): Promise<string> {
  const dealId = await company.deal({ createdOn: "2026-05-01" });
  await told("pam", "tag-partner", { dealId, ...row("P-1", "influencer", 2, "2026-05-12") });
  for (const rowId of await ids("role_rows", [dealId])) await told("ana", "confirm-role", { rowId });
  await told("ana", "tag-partner", { dealId, ...row("P-2", "co_seller", 5, "2026-05-11") });
  await told("pam", "log-activity", { dealId, ...motion("2026-05-10") });
  await told("pam", "log-activity", { dealId, ...motion("2026-05-11", null) });
  await told("pam", "submit-registration", { dealId, partnerId: "P-1", submittedOn: "2026-04-30" });
  if (closed) await told("ana", "close-deal", { dealId, outcome: "won", closedOn: TODAY });
  return dealId;
}

interface Step {
  act: number;
  deal: number;
  at: number;
  pick: number;
}

/** What one person may try, each from what stands there at that moment. */
type Try = (
  world: { deals: string[]; dealId: string; requests: string[] },
  step: Step,
) => Promise<[Action, unknown] | null>;

const one = async (table: string, deals: string[], { at }: Step) => {
  const found = await ids(table, deals);
  return found.length === 0 ? null : found[at % found.length]!;
};
const among = <T>(list: readonly T[], pick: number): T => list[pick % list.length]!;
const PARTNERS = ["P-1", "P-2"];
const ROLES = ["sourcer", "influencer", "referral_source", "co_seller"];
const PAST = ["2026-04-20", "2026-05-02", "2026-05-12", TODAY];
const about =
  (table: string, key: string, name: Action, more: (step: Step) => object = () => ({})): Try =>
  async ({ deals }, step) => {
    const id = await one(table, deals, step);
    return id === null ? null : [name, { [key]: id, ...more(step) }];
  };

const TRIES: readonly Try[] = [
  async ({ dealId }, { at, pick }) => [
    "submit-registration",
    { dealId, partnerId: among(PARTNERS, pick), submittedOn: among(PAST, at) },
  ],
  about("registrations", "registrationId", "decide-registration", ({ pick }) => ({
    status: pick % 4 === 0 ? "rejected" : "approved",
    reason: "as agreed",
  })),
  async ({ dealId }, { at, pick }) => [
    "tag-partner",
    { dealId, ...row(among(PARTNERS, pick), among(ROLES, at), pick % 3, among(PAST, at)) },
  ],
  about("role_rows", "rowId", "confirm-role"),
  about("role_rows", "rowId", "edit-role", ({ pick }) => ({
    changes: among(
      [{ role: "sourcer", touchStage: 0, touchedOn: "2026-04-20" }, { touchStage: 2 }, { role: "sourcer" }],
      pick,
    ),
  })),
  about("role_rows", "rowId", "withdraw-role"),
  about("role_rows", "rowId", "refuse-role", () => ({ reason: "I had this account" })),
  async ({ dealId }, { at }) => ["log-activity", { dealId, ...motion(among(PAST, at)) }],
  about("activities", "activityId", "edit-activity", ({ pick }) => ({
    changes: among([{ proof: "https://proof.example/2" }, { stage: 1 }, { type: "executive_intro" }], pick),
  })),
  about("activities", "activityId", "withdraw-activity"),
  about("activities", "activityId", "vouch-activity"),
  async ({ dealId }, { pick }) => [
    "edit-deal",
    {
      dealId,
      changes: among(
        [
          { amount: 99_999_900 },
          { route: "marketplace" },
          { type: "renewal" },
          { firstEngagedOn: "2026-01-01" },
        ],
        pick,
      ),
    },
  ],
  async ({ dealId }, { at, pick }) => [
    "close-deal",
    { dealId, outcome: among(["won", "lost"], pick), closedOn: among([...PAST, "2026-02-20"], at) },
  ],
  async ({ requests }, { at }) => (requests.length === 0 ? null : ["undo", { request: among(requests, at) }]),
  async (_, { at, pick }) => [
    "create-deal",
    {
      ...{
        account: "New Foods",
        amount: 500_000,
        currency: "USD",
        createdOn: "2026-05-02",
        owner: "Ana Ruiz",
      },
      registration: { partnerId: among(PARTNERS, pick), submittedOn: among(PAST, at) },
    },
  ],
  async (_, { pick }) => ["grant-program", { partnerId: among(PARTNERS, pick), name: "pe_vc_pricing" }],
  async (_, { pick }) => [
    "edit-partner",
    { partnerId: among(PARTNERS, pick), changes: { parentId: pick % 2 ? "P-1" : null } },
  ],
  async ({ dealId }, { pick }) => [
    "propose-correction",
    {
      dealId,
      changes: among([{ amount: 1 }, { outcome: "lost" }, { closedOn: "2026-05-01" }], pick),
      reason: "so it was",
    },
  ],
  about("corrections", "correctionId", "accept-correction"),
  async ({ dealId }) => ["confirm-no-partner", { dealId }],
  async ({ dealId }, { pick }) => ["move-stage", { dealId, stage: pick % 7 }],
  about("exceptions", "exceptionId", "withdraw-exception", () => ({ reason: "settled" })),
  about("exceptions", "exceptionId", "decide-exception", () => ({
    version: 1,
    decision: "rule_upheld",
    reason: "so",
  })),
];

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.nat(TRIES.length - 1),
  deal: fc.nat(20),
  at: fc.nat(11),
  pick: fc.nat(11),
});

/** What a fact claims, apart from who stands behind it. */
function claimsOf({ registrations, roles, activities }: Facts) {
  return [
    ...registrations.map((one) => ({ fact: one, says: [one.id, one.partnerId, one.submittedOn] })),
    ...roles.map((one) => ({
      fact: one,
      says: [one.id, one.partnerId, one.role, one.touchStage, one.touchedOn],
    })),
    ...activities.map((one) => ({
      fact: one,
      says: [one.id, one.partnerId, one.type, one.stage, one.occurredOn, one.proof],
    })),
  ].map(({ fact, says }) => ({ fact, key: canonicalJson(says) }));
}

/** The ids of the facts that somebody else recorded, or stands behind as the second hand. */
async function backed(person: Person): Promise<Set<string>> {
  const rows = await company.client.db.execute<{ id: string }>(sql`
    select id from registrations where recorded_by <> ${person} or decided_by <> ${person}
    union select id from role_rows where coalesce(changed_by, recorded_by) <> ${person} or confirmed_by <> ${person}
    union select id from activities where coalesce(changed_by, recorded_by) <> ${person} or vouched_by <> ${person}`);
  return new Set([...rows].map(({ id }) => id));
}

const sealOf = async () =>
  canonicalJson([
    ...(await company.client.db.execute(sql`
      select to_jsonb(q)::text as q, (select md5(string_agg(to_jsonb(d)::text, '' order by deal_id)) from sealed_deals d) as d
      from sealed_quarters q`)),
  ]);

const casesOf = (dealIds: readonly string[]) =>
  company.client.db.execute<{ id: string; kind: string; settled: boolean }>(sql`
    select id, kind::text, settled_at is not null as settled from exceptions
    where deal_id = any(${sql.param(dealIds)}::text[])`);

const stripped = (facts: Facts, keep: (key: string) => boolean): Facts => {
  const kept = new Set(
    claimsOf(facts)
      .filter(({ key }) => keep(key))
      .map(({ fact }) => fact.id),
  );
  const of = <F extends { id: string }>(list: F[]) => list.filter(({ id }) => kept.has(id));
  return {
    ...facts,
    ...{ registrations: of(facts.registrations), roles: of(facts.roles), activities: of(facts.activities) },
  };
};

test("one person alone raises nothing above stated, changes no closed deal, moves no seal, makes no case go away", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...LONERS),
      fc.array(step, { minLength: 3, maxLength: 30 }),
      async (person, steps) => {
        const [open, closed] = [await scene(false), await scene(true)];
        const world = { deals: [open, closed, FROZEN], requests: [] as string[] };
        const load = () => loadFacts(company.client.db, world.deals, TODAY, { cohorts: "none" });
        const before = await load();
        const others = await backed(person);
        const standing = new Set(
          before.flatMap((facts) =>
            claimsOf(facts)
              .filter(({ fact }) => others.has(fact.id))
              .map(({ key }) => key),
          ),
        );
        const [seal, cases] = [await sealOf(), [...(await casesOf(world.deals))]];

        for (const one of steps) {
          const dealId = among(world.deals, one.deal);
          const asked = await among(TRIES, one.act)({ ...world, dealId }, one);
          const request = asked && (await tried(person, ...asked));
          if (!request) continue;
          world.requests.push(request);
          const made = await company.client.db.execute<{ id: string }>(sql`
            select deal_id as id from audit_log where request = ${request} and action = 'create-deal' limit 1`);
          for (const { id } of made) if (!world.deals.includes(id)) world.deals.push(id);
        }

        const book = await policyBook(company.client.db);
        const after = await load();
        for (const facts of after) {
          for (const { fact, key } of claimsOf(facts))
            expect(standing.has(key) || gradeOf(fact) === "stated", `${key} is ${gradeOf(fact)}`).toBe(true);
          const { policy } = book.judging(facts.deal, TODAY);
          const alone = classify(
            policy,
            stripped(facts, (key) => !standing.has(key)),
          );
          for (const { evidence } of alone.partners) expect([null, "stated"]).toContain(evidence);
        }
        for (const was of before) {
          if (was.deal.outcome === "open") continue;
          const is = after.find(({ deal }) => deal.id === was.deal.id)!;
          expect(is.deal).toEqual(was.deal);
          expect(is.partners).toEqual(expect.arrayContaining(was.partners));
          const says = new Map(claimsOf(is).map(({ fact, key }) => [fact.id, key]));
          for (const { fact, key } of claimsOf(was)) {
            const proofAdded = "proof" in fact && fact.proof === null;
            if (proofAdded) expect(says.has(fact.id)).toBe(true);
            else expect(says.get(fact.id)).toBe(key);
          }
        }
        expect(await sealOf()).toBe(seal);
        const left = new Map([...(await casesOf(world.deals))].map((one) => [one.id, one]));
        for (const { id, kind, settled } of cases) {
          expect(left.has(id)).toBe(true);
          if (kind === "stage_conflict") expect(left.get(id)!.settled).toBe(settled);
        }
      },
    ),
    { numRuns: RUNS },
  );
}, 240_000);

const RUNS = Number(process.env.ONE_HAND_RUNS ?? 12);
