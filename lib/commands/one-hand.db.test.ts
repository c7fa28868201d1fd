// Long: random lives of one person, and what none of them may have brought about (domain.md §9 "Two hands").
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalJson } from "@/lib/attribution/canonical";
import { classify } from "@/lib/attribution/classify";
import type { Facts } from "@/lib/attribution/facts";
import { gradeOf } from "@/lib/attribution/grade";
import { isRefusal } from "@/lib/errors";
import { loadFacts } from "@/lib/judging/facts";
import { policyBook } from "@/lib/judging/policy-book";
import { type Company, openCompany, TODAY } from "./commands.fixture";
import { closeDeal } from "./deal/close-deal";
import { createDeal } from "./deal/create-deal";
import { perform } from "./door";
import { freezeOf } from "./review/freeze.fixture";
import { DIGEST, type Person, Stage } from "./scenes.fixture";
import { type Action, type AnyVerb, VERBS } from "./verbs";

/** Who works alone: one of each role that writes, and one who owns other deals. */
const LONERS: Person[] = ["ana", "ben", "pam", "hope", "fay", "carl", "rita"];
const QUARTER = "2026-Q1";
const FROZEN = "D-frozen";
/** A partner that the head of partnerships looks after; each life has its own. */
let own = "";

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
  act: Tried;
  deal: number;
  at: number;
  pick: number;
}

/** What one person may try, each from what stands there at that moment. */
type Try = (
  world: { deals: string[]; dealId: string; requests: string[]; person: Person },
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

let brought = 0;

/**
 * A file with one row: a new one, as recorded today, or on an open deal one that stands there already, said otherwise.
 * What the mirror says of a closed deal is no write of one hand (§8.3).
 */
async function fileOf(
  kind: "activities" | "roles" | "registrations",
  deals: string[],
  on: string,
  { at }: Step,
) {
  const table = kind === "roles" ? "role_rows" : kind;
  const found = await company.client.db.execute<{ id: string; dealId: string; partnerId: string }>(sql`
    select f.id, deal_id as "dealId", partner_id as "partnerId" from ${sql.raw(table)} f join deals d on d.id = f.deal_id
    where deal_id = any(${sql.param(deals)}::text[]) and d.outcome = 'open' order by f.id`);
  const one = at % 2 === 0 ? found[at % Math.max(1, found.length)] : undefined;
  const { id, dealId, partnerId } = one ?? {
    id: `F-${++brought}`,
    dealId: on,
    partnerId: among(PARTNERS, at),
  };
  const values = {
    ...{ id, deal_id: dealId, partner_id: partnerId, recorded_on: TODAY },
    ...{
      activities: {
        type: "executive_intro",
        stage: "1",
        occurred_on: "2026-05-02",
        proof: "",
        involvement: "direct",
      },
      roles: { role: among(ROLES, at), touch_stage: "0", touched_on: "2026-05-02", confirmed_on: "" },
      registrations: { submitted_on: "2026-05-02", status: one ? "approved" : "pending" },
    }[kind],
  };
  return { kind, rows: [{ line: 2, values }], file: { name: `${kind}.csv`, sha256: DIGEST } };
}

/** A line of P-1's statement on a deal, by a link that this person shares; null where they may not, or it is none. */
async function lineBy(person: Person, dealId: string) {
  try {
    return { ...(await new Stage(company).lineOf(dealId, person)), whence: WHENCE };
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
const WHENCE = { browserId: null, browser: "Firefox on Linux", origin: "192.0.2.7" };

const TRIES = {
  "submit-registration": async ({ dealId }, { at, pick }) => [
    "submit-registration",
    { dealId, partnerId: among(PARTNERS, pick), submittedOn: among(PAST, at) },
  ],
  "decide-registration": about("registrations", "registrationId", "decide-registration", ({ pick }) => ({
    status: pick % 4 === 0 ? "rejected" : "approved",
    reason: "as agreed",
  })),
  "tag-partner": async ({ dealId }, { at, pick }) => [
    "tag-partner",
    { dealId, ...row(among(PARTNERS, pick), among(ROLES, at), pick % 3, among(PAST, at)) },
  ],
  "confirm-role": about("role_rows", "rowId", "confirm-role"),
  "edit-role": about("role_rows", "rowId", "edit-role", ({ pick }) => ({
    changes: among(
      [{ role: "sourcer", touchStage: 0, touchedOn: "2026-04-20" }, { touchStage: 2 }, { role: "sourcer" }],
      pick,
    ),
  })),
  "withdraw-role": about("role_rows", "rowId", "withdraw-role"),
  "refuse-role": about("role_rows", "rowId", "refuse-role", () => ({ reason: "I had this account" })),
  "log-activity": async ({ dealId }, { at }) => ["log-activity", { dealId, ...motion(among(PAST, at)) }],
  "edit-activity": about("activities", "activityId", "edit-activity", ({ pick }) => ({
    changes: among([{ proof: "https://proof.example/2" }, { stage: 1 }, { type: "executive_intro" }], pick),
  })),
  "withdraw-activity": about("activities", "activityId", "withdraw-activity"),
  "vouch-activity": about("activities", "activityId", "vouch-activity"),
  "edit-deal": async ({ dealId }, { pick }) => [
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
  "close-deal": async ({ dealId }, { at, pick }) => [
    "close-deal",
    { dealId, outcome: among(["won", "lost"], pick), closedOn: among([...PAST, "2026-02-20"], at) },
  ],
  undo: async ({ requests }, { at }) =>
    requests.length === 0 ? null : ["undo", { request: among(requests, at) }],
  "create-deal": async (_, { at, pick }) => [
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
  "grant-program": async (_, { at, pick }) => [
    "grant-program",
    { partnerId: among([...PARTNERS, own], pick), name: `program_${at}` },
  ],
  "edit-partner": async (_, { pick }) => [
    "edit-partner",
    among(
      [
        { partnerId: "P-2", changes: { parentId: "P-1" } },
        { partnerId: "P-1", changes: { parentId: null } },
        { partnerId: own, changes: { ownerId: "pam" } },
        { partnerId: own, changes: { ownerId: "hope" } },
      ],
      pick,
    ),
  ],
  "propose-correction": async ({ dealId }, { pick }) => [
    "propose-correction",
    {
      dealId,
      changes: among([{ amount: 1 }, { outcome: "lost" }, { closedOn: "2026-05-01" }], pick),
      reason: "so it was",
    },
  ],
  "accept-correction": about("corrections", "correctionId", "accept-correction"),
  "delete-deal": async ({ dealId }) => {
    const [deal] = await company.client.db.execute<{ version: number }>(sql`
      select version from deals where id = ${dealId}`);
    return deal ? ["delete-deal", { dealId, version: deal.version, reason: "merged" }] : null;
  },
  "confirm-no-partner": async ({ dealId }) => ["confirm-no-partner", { dealId }],
  "move-stage": async ({ dealId }, { pick }) => ["move-stage", { dealId, stage: pick % 7 }],
  "import-batch": async ({ deals, dealId }, step) => {
    const kind = among(["activities", "roles", "registrations"] as const, step.pick);
    return ["import-batch", await fileOf(kind, deals, dealId, step)];
  },
  "accept-import": async (_, { at }) => {
    const files = await company.client.db.execute<{ id: string }>(sql`
      select id from imports where accepted_on is null order by at desc, id limit 3`);
    const file = files.length === 0 ? null : among([...files], at);
    return file && ["accept-import", { importId: file.id, sha256: DIGEST }];
  },
  "take-back-import": async (_, { at }) => {
    const files = await company.client.db.execute<{ id: string }>(sql`
      select id from imports where accepted_on is null and taken_back_at is null order by at desc, id limit 3`);
    return files.length === 0 ? null : ["take-back-import", { importId: among([...files], at).id }];
  },
  "withdraw-exception": about("exceptions", "exceptionId", "withdraw-exception", () => ({
    reason: "settled",
  })),
  // Whoever shares a link may sit behind it: what comes by it is their own hand (§9).
  "answer-line": async ({ dealId, person }, { pick }) => {
    const line = await lineBy(person, dealId);
    return line && ["answer-line", { ...line, ...(pick % 3 === 0 && { contest: "it was ours" }) }];
  },
  "log-by-link": async ({ dealId, person }, { at }) => {
    const asked = await lineBy(person, dealId);
    if (!asked) return null;
    const { seen: _, ...line } = asked;
    const did = { type: "joint_pitch", occurredOn: among(PAST, at), proof: "https://proof.example/3" };
    return ["log-by-link", { ...line, ...did }];
  },
  "decide-exception": about("exceptions", "exceptionId", "decide-exception", () => ({
    version: 1,
    decision: "rule_upheld",
    reason: "so",
  })),
} satisfies Partial<Record<Action, Try>>;
type Tried = keyof typeof TRIES;

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...(Object.keys(TRIES) as Tried[])),
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
    union select id from activities where coalesce(changed_by, recorded_by) <> ${person} or vouched_by <> ${person}
    union select f.id from imports i, lateral (select id from registrations where import_id = i.id
      union select id from role_rows where import_id = i.id
      union select id from activities where import_id = i.id) f
      where i.imported_by <> ${`user:${person}`} or i.accepted_by <> ${person}`);
  return new Set([...rows].map(({ id }) => id));
}

/** The ids of the rows and activities that this person recorded. */
async function recordedBy(person: Person): Promise<Set<string>> {
  const rows = await company.client.db.execute<{ id: string }>(sql`
    select id from role_rows where recorded_by = ${person}
    union select id from activities where recorded_by = ${person}`);
  return new Set([...rows].map(({ id }) => id));
}

async function registrationsOfFiles(): Promise<Set<string>> {
  const rows = await company.client.db.execute<{ id: string }>(
    sql`select id from registrations where import_id is not null`,
  );
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

/** One person's writes, one after the other, and everything about the world that they must leave alone. */
async function live(person: Person, steps: readonly Step[]): Promise<void> {
  const [open, closed] = [await scene(false), await scene(true)];
  own = `P-${open}`;
  await told("hope", "create-partner", { id: own, name: "Orrin", kind: "pe_vc", ownerId: "hope" });
  // Closed, and nothing about it is contested.
  const quiet = await company.deal();
  await told("ana", "close-deal", { dealId: quiet, outcome: "lost" });
  const world = { deals: [open, closed, FROZEN, quiet], requests: [] as string[] };
  const load = () => loadFacts(company.client.db, world.deals, TODAY, { cohorts: "none" });
  const before = await load();
  const [others, mine] = [await backed(person), await recordedBy(person)];
  const claims = before.flatMap(claimsOf);
  const known = new Set(claims.map(({ fact }) => fact.id));
  const standing = new Set(claims.filter(({ fact }) => others.has(fact.id)).map(({ key }) => key));
  const shut = new Map(before.filter(isClosed).map((facts) => [facts.deal.id, facts]));
  const [seal, cases] = [await sealOf(), [...(await casesOf(world.deals))]];

  for (const one of steps) {
    const dealId = among(world.deals, one.deal);
    const asked = await TRIES[one.act]({ ...world, dealId, person }, one);
    const request = asked && (await tried(person, ...asked));
    if (!request) continue;
    world.requests.push(request);
    const made = await company.client.db.execute<{ id: string }>(sql`
      select deal_id as id from audit_log where request = ${request} and action = 'create-deal' limit 1`);
    for (const { id } of made) if (!world.deals.includes(id)) world.deals.push(id);
    // What this person closes is closed for this person too.
    if (one.act !== "close-deal") continue;
    for (const facts of (await load()).filter(isClosed))
      if (!shut.has(facts.deal.id)) shut.set(facts.deal.id, facts);
  }

  const after = await load();
  const book = await policyBook(company.client.db);
  const filed = await registrationsOfFiles();
  for (const facts of after) {
    mustBeStated(facts, standing, book);
    mustBeItsOwnDay(facts, known, filed);
  }
  await mustHaveTwoHands(person);
  for (const was of shut.values()) mustStand(was, after, mine);
  expect(await sealOf()).toBe(seal);
  await mustBeLeft(cases, world.deals);
  // What this person asked for does not wait for the next one's yes: that would be two hands.
  const asked = await company.client.db.execute<{ id: string }>(sql`
    select id from corrections where proposed_by = ${person} and state = 'proposed'`);
  for (const { id } of asked) await told(person, "withdraw-correction", { correctionId: id });
}

const isClosed = ({ deal }: Facts) => deal.outcome !== "open";

/** From what nobody else stands behind, no fact and no partner's evidence is above stated. */
function mustBeStated(facts: Facts, standing: Set<string>, book: Awaited<ReturnType<typeof policyBook>>) {
  for (const { fact, key } of claimsOf(facts))
    expect(standing.has(key) || gradeOf(fact) === "stated", `${key} is ${gradeOf(fact)}`).toBe(true);
  const alone = stripped(facts, (key) => !standing.has(key));
  const { partners } = classify(book.judging(facts.deal, TODAY).policy, alone);
  for (const { evidence } of partners) expect([null, "stated"]).toContain(evidence);
}

/**
 * What came about today was recorded today, and a registration that came about waits for somebody else; one that a
 * file says something of is as the file says, and stated until finance accepts it (§5).
 */
function mustBeItsOwnDay(facts: Facts, known: Set<string>, filed: Set<string>): void {
  for (const { fact, key } of claimsOf(facts))
    if (!known.has(fact.id)) expect(fact.recordedOn, `the day of record of ${key}`).toBe(TODAY);
  for (const { id, status } of facts.registrations)
    if (!known.has(id) && !filed.has(id)) expect(status, `of registration ${id}`).toBe("pending");
}

/** Nobody decides what they recorded, or grants a program to a partner that they look after. */
async function mustHaveTwoHands(person: Person): Promise<void> {
  const alone = await company.client.db.execute(sql`
    select id from registrations where recorded_by = ${person} and decided_by = ${person}
    union all select p.name from partner_programs g join partners p on p.id = g.partner_id
      where g.granted_by = ${person} and p.owner_id = ${person}`);
  expect([...alone]).toEqual([]);
}

/**
 * A closed deal says what it said at its close: what may come is a proof that was missing, and what may go is
 * one's own claim that came too late.
 */
function mustStand(was: Facts, after: readonly Facts[], mine: Set<string>): void {
  const is = after.find(({ deal }) => deal.id === was.deal.id);
  expect(is?.deal).toEqual(was.deal);
  const stood = claimsOf(was).filter(
    ({ fact }) => !(fact.recordedOn > was.deal.closedOn! && mine.has(fact.id)),
  );
  const named = new Set(stood.map(({ fact }) => fact.partnerId));
  expect(is!.partners).toEqual(expect.arrayContaining(was.partners.filter(({ id }) => named.has(id))));
  const says = new Map(claimsOf(is!).map(({ fact, key }) => [fact.id, key]));
  for (const { fact, key } of stood) {
    const proofAdded = "proof" in fact && fact.proof === null;
    if (proofAdded) expect(says.has(fact.id)).toBe(true);
    else expect(says.get(fact.id)).toBe(key);
  }
}

/** No case is gone, and none whose facts were not added to is settled. */
async function mustBeLeft(cases: Awaited<ReturnType<typeof casesOf>>[number][], deals: readonly string[]) {
  const left = new Map([...(await casesOf(deals))].map((one) => [one.id, one]));
  for (const { id, kind, settled } of cases) {
    expect(left.has(id)).toBe(true);
    if (kind === "stage_conflict") expect(left.get(id)!.settled).toBe(settled);
  }
}

const does = (act: Tried, deal = 0, pick = 0, at = 0): Step => ({ act, deal, pick, at });
/** On whatever stands there, one after the other. */
const doesAll = (act: Tried, pick = 0) => [0, 1, 2, 3, 4, 5, 6].map((at) => does(act, 0, pick, at));

/** How the holes once were used: lives that always happen, beside the random ones. */
const LIVES: [Person, Step[]][] = [
  ["pam", [does("submit-registration"), ...doesAll("decide-registration", 1)]],
  ["pam", [does("submit-registration", 1), does("submit-registration", 2)]],
  ["pam", [...doesAll("edit-role", 0), ...doesAll("edit-role", 1)]],
  ["ana", [0, 1, 2, 3].map((pick) => does("edit-deal", 1, pick))],
  ["ana", [does("log-activity", 0, 0, 1), does("close-deal", 0, 1, 3), does("undo")]],
  ["rita", [does("tag-partner", 0, 1, 2), does("close-deal", 0, 1, 3), does("undo")]],
  ["ana", [does("create-deal")]],
  ["hope", [does("grant-program", 0, 2)]],
  ["hope", [does("edit-partner", 0, 2), does("grant-program", 0, 2), does("edit-partner", 0, 3)]],
  ["rita", [does("delete-deal", 1), does("delete-deal", 2), does("delete-deal", 3)]],
  ["rita", [does("delete-deal", 0)]],
  ["rita", [0, 1, 2].flatMap((kind) => [does("import-batch", 0, kind, 1), ...doesAll("accept-import")])],
  [
    "pam",
    [
      does("log-activity", 0, 0, 1),
      does("answer-line", 0, 1),
      does("log-by-link"),
      ...doesAll("vouch-activity"),
    ],
  ],
  [
    "hope",
    [does("log-by-link"), does("answer-line", 0, 1), does("log-by-link", 0, 0, 2), does("answer-line", 0, 2)],
  ],
  ["hope", [does("answer-line", 0, 0), ...doesAll("withdraw-exception"), ...doesAll("decide-exception")]],
  ["rita", [does("create-deal"), ...doesAll("import-batch", 2)]],
  ["rita", [0, 1, 2].flatMap((kind) => [0, 2, 4, 6].map((at) => does("import-batch", 0, kind, at)))],
  ["rita", [...[0, 2, 4, 6].map((at) => does("import-batch", 0, 1, at)), ...doesAll("confirm-role")]],
  ["rita", [0, 1, 2].flatMap((kind) => [does("import-batch", 0, kind, 1), ...doesAll("take-back-import")])],
  ["rita", [does("import-batch", 1, 1, 2), does("import-batch", 2, 1, 4), ...doesAll("take-back-import")]],
];

test("one person alone raises nothing above stated, changes no closed deal, moves no seal, makes no case go away", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...LONERS), fc.array(step, { minLength: 3, maxLength: 30 }), live),
    // What a life leaves stays for the next: a shorter one would tell of another world.
    { numRuns: RUNS + LIVES.length, examples: LIVES, endOnFailure: true },
  );
}, 240_000);

/** Of random lives. */
const RUNS = Number(process.env.ONE_HAND_RUNS ?? 30);
