import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { z } from "zod";
import { closeDatabases } from "@/db/connection/client";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { editUser } from "@/lib/commands/company/edit-user";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { moveStage } from "@/lib/commands/deal/move-stage";
import { commentException } from "@/lib/commands/exception/comment-exception";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { deferException } from "@/lib/commands/exception/defer-exception";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { recordCost } from "@/lib/commands/finance/record-cost";
import { recordRate } from "@/lib/commands/finance/record-rate";
import { sayNoCost } from "@/lib/commands/finance/say-no-cost";
import { importBatch } from "@/lib/commands/import/import-batch";
import { editPartner } from "@/lib/commands/partner/edit-partner";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import { acceptRestatement } from "@/lib/commands/review/accept-restatement";
import { driveReview } from "@/lib/commands/review/drive-review";
import { freezeOf } from "@/lib/commands/review/freeze.fixture";
import { freezeQuarter } from "@/lib/commands/review/freeze-quarter";
import { prepareFreeze } from "@/lib/commands/review/prepare-freeze";
import { proposeRestatement } from "@/lib/commands/review/propose-restatement";
import { startReview } from "@/lib/commands/review/start-review";
import { writeReview } from "@/lib/commands/review/write-review";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import type { AnyVerb } from "@/lib/commands/verbs";
import { exception } from "@/lib/queries/exception/exception";
import { exceptionsList } from "@/lib/queries/exception/exceptions-list";
import { answer, type Query } from "@/lib/queries/query";
import { quartersList } from "@/lib/queries/review/quarters-list";
import { answerPack } from "./review-pack";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

/** A frozen quarter's pack and log, taken before and after a thousand writes through the door. */
const QUARTER = "2026-Q1";
const THEN = { today: "2026-03-20" };
const LATER = { today: "2026-05-20" };
const WRITES = 1_000;
const NARROWED = [
  { state: "deferred" },
  { partnerId: "P-1" },
  { kind: "other" },
  { awaits: "finance" },
  { least: 5_000 },
  { ownerId: "hope" },
  { dealId: "D-2" },
];
const DEALS = Array.from({ length: 12 }, (_, at) => `D-${at}`);
/** The log as it stood before the freeze. */
let living: Awaited<ReturnType<typeof takeLog>>;
let company: Company;

beforeAll(async () => {
  company = await openCompany();
  process.env.DATABASE_URL = company.url;
  for (const [at, id] of DEALS.entries()) {
    const deal = { id, account: `Account ${at}`, amount: 100_000 * (at + 1), currency: "USD", stage: 2 };
    await company.as("ana", createDeal, { ...deal, createdOn: at % 3 ? "2026-02-01" : "2025-11-03" }, THEN);
    const row = { dealId: id, partnerId: `P-${1 + (at % 2)}`, role: "sourcer", touchStage: 1 };
    if (at % 2) await company.as("ana", tagPartner, { ...row, touchedOn: "2026-02-02" }, THEN);
    else await company.as("ana", confirmNoPartner, { dealId: id }, THEN);
    const version = await versionOf(id);
    if (at % 4 !== 3)
      await company.as("ana", closeDeal, { dealId: id, version, outcome: at % 5 ? "won" : "lost" }, THEN);
  }
  const claim = { dealId: "D-1", kind: "other", partnerId: "P-1", claim: "they brought us the buyer" };
  await company.as("ana", raiseException, claim, THEN);
  const decided = { dealId: "D-2", kind: "other", partnerId: "P-2", claim: "they opened the door" };
  const { exceptionId: first } = await company.as("pam", raiseException, decided, THEN);
  await company.as("ana", commentException, { exceptionId: first, text: "they did" }, THEN);
  for (const [at, person] of (["fay", "hope"] as const).entries()) {
    const vote = { exceptionId: first, version: 1 + at, decision: "learning", reason: "next year" };
    await company.as(person, decideException, vote, LATER);
  }
  const open = await company.client.db.execute<{ id: string }>(
    sql`select id from exceptions where settled_at is null`,
  );
  for (const { id: exceptionId } of open)
    await company.as("fay", deferException, { exceptionId, to: "hope", until: "2026-09-30" }, LATER);
  living = await takeLog();
  await freezeOf(company, QUARTER, LATER.today);
}, 120_000);
afterAll(async () => {
  await company.close();
  await closeDatabases();
  delete process.env.DATABASE_URL;
});

const versionOf = async (dealId: string) =>
  (
    await company.client.db.execute<{ version: number }>(sql`select version from deals where id = ${dealId}`)
  )[0]?.version ?? 1;

/** The same numbers in the same order for the same seed. */
function seeded(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Person = Parameters<Company["as"]>[0];
type Write = [person: Person, verb: AnyVerb, input: unknown];

/** Somebody does something that they might do, to something that is there. */
async function someWrite(random: (below: number) => number, nth: number): Promise<Write> {
  const dealId = DEALS[random(DEALS.length)]!;
  const partnerId = `P-${1 + random(2)}`;
  const [one] = await company.client.db.execute<{ id: string; version: number }>(
    sql`select id, version from exceptions order by md5(id || ${nth}::text) limit 1`,
  );
  const [waiting] = await company.client.db.execute<{ id: string }>(
    sql`select id from restatements where accepted_at is null and declined_on is null limit 1`,
  );
  const version = await versionOf(dealId);
  const exception = { exceptionId: one!.id, version: one!.version };
  const currency = ["USD", "EUR", "JPY"][random(3)]!;
  const category = ["headcount", "technology", "incentives", "travel"][random(4)]!;
  const vote = { ...exception, decision: random(2) ? "rule_upheld" : "learning", reason: `reason ${nth}` };
  const deal = { id: `D-new-${nth}`, account: `New ${nth}`, amount: 1 + random(900_000), currency, stage: 1 };
  const row = { dealId, partnerId, role: ["influencer", "co_seller"][random(2)], touchStage: 2 };
  const motion = { dealId, partnerId, type: "joint_pitch", stage: 2, occurredOn: "2026-05-01" };
  const values = {
    ...{
      id: dealId,
      account: `Mirrored ${nth}`,
      owner: "Ana Ruiz",
      amount: String(1 + random(90_000)),
      currency,
    },
    ...{ type: "new", route: "direct", created_on: "2026-02-01", closed_on: "2026-03-20", outcome: "won" },
  };
  const writes: Write[] = [
    ["ana", editDeal, { dealId, changes: { account: `Renamed ${nth}` } }],
    ["rita", editDeal, { dealId, changes: { amount: 1 + random(900_000) } }],
    ["ana", createDeal, { ...deal, createdOn: random(2) ? "2026-02-01" : "2026-05-01" }],
    ["ana", moveStage, { dealId, version, stage: 1 + random(5) }],
    ["ana", closeDeal, { dealId, version, outcome: random(2) ? "won" : "lost" }],
    ["rita", deleteDeal, { dealId, version, reason: "merged" }],
    ["pam", tagPartner, { ...row, touchedOn: "2026-04-02" }],
    ["pam", logActivity, { ...motion, proof: "https://notes.example/1" }],
    ["pam", submitRegistration, { dealId, partnerId, submittedOn: "2026-05-01" }],
    ["hope", editPartner, { partnerId, changes: { name: `Partner ${nth}` } }],
    ["rita", editUser, { userId: "fay", changes: { name: `Fay ${nth}` } }],
    ["rita", editSettings, { company: `Company ${nth}` }],
    ["rita", editSettings, { fiscalFirstMonth: 1 + random(12) }],
    [
      "fay",
      recordCost,
      { quarter: QUARTER, side: "partner_program", category, amount: random(9_999), currency },
    ],
    ["fay", recordRate, { quarter: QUARTER, currency, rate: `1.${1 + random(99)}` }],
    ["fay", sayNoCost, { quarter: QUARTER, side: "partner_program", category, none: random(2) === 0 }],
    ["ana", raiseException, { dealId, kind: "other", partnerId, claim: `claim ${nth}` }],
    ["hope", commentException, { exceptionId: one!.id, text: `comment ${nth}` }],
    ["fay", decideException, vote],
    ["hope", decideException, vote],
    ["hope", deferException, { exceptionId: one!.id, to: "fay", until: "2026-08-01" }],
    ["hope", startReview, { quarter: QUARTER }],
    ["hope", driveReview, { quarter: QUARTER, turn: 1 + random(3), position: "minutes", facilitate: true }],
    ["hope", writeReview, { quarter: QUARTER, version: 1 + random(4), minutes: `minutes ${nth}` }],
    ["hope", prepareFreeze, { quarter: QUARTER }],
    ["fay", freezeQuarter, { quarter: QUARTER, password: "correct horse battery" }],
    ["hope", proposeRestatement, { quarter: QUARTER, dealId, reason: `reason ${nth}` }],
    ["fay", acceptRestatement, { restatementId: waiting?.id ?? "K-none" }],
    ["rita", importBatch, { kind: "deals", rows: [{ line: 2, values }] }],
  ];
  return writes[random(writes.length)]!;
}

const take = async () =>
  Promise.all(
    ["pack.pdf", "pack.pptx", "pack.xlsx"].map(async (file) => {
      const response = await answerPack({ quarter: QUARTER, file }, async () => company.actor("aude"));
      expect(response.status).toBe(200);
      return Buffer.from(await response.arrayBuffer()).toString("base64");
    }),
  );

/** What the pages of its log say: the log, narrowed too, each case, and its line among the quarters. */
async function takeLog() {
  const context = { db: company.client.db, actor: company.actor("aude"), today: LATER.today };
  const ask = async <Q extends Query>(query: Q, input: unknown) =>
    query.output.parse(await answer(query, query.input.parse(input) as never, context)) as never;
  const log = async (narrowed: object = {}): Promise<z.output<typeof exceptionsList.output>> =>
    ask(exceptionsList, { quarter: QUARTER, ...narrowed });
  const whole = await log();
  const cases = await Promise.all(
    whole.rows.map(({ id }) => ask(exception, { exceptionId: id, quarter: QUARTER })),
  );
  const { quarters }: z.output<typeof quartersList.output> = await ask(quartersList, {});
  return {
    ...{ whole, cases },
    narrowed: await Promise.all(NARROWED.map(async (one) => (await log(one)).rows.map(({ id }) => id))),
    line: quarters.find(({ label }) => label === QUARTER),
  };
}

test(`is the same bytes after ${WRITES} writes of everybody, in all three formats`, async () => {
  const taken = await take();
  const log = await takeLog();
  expect(log.whole.counts).toMatchObject({ decided: 1, deferred: log.whole.total - 1 });
  // Narrowed in the seal as it was narrowed in the database; each filter leaves some out.
  expect(log.narrowed).toEqual(living.narrowed);
  for (const ids of log.narrowed) {
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.length).toBeLessThan(log.whole.total);
  }
  expect(log.whole).toMatchObject({ grayShare: living.whole.grayShare, atStake: living.whole.atStake });
  const random = seeded(20260331);
  const landed = new Map<string, number>();
  for (let nth = 0; nth < WRITES; nth++) {
    const [person, verb, input] = await someWrite(random, nth);
    await company.as(person, verb, input, LATER).then(
      () => landed.set(verb.name, (landed.get(verb.name) ?? 0) + 1),
      // A rule or a lock refused it; what is no refusal is a fault.
      (error) => expect(error).toMatchObject({ code: expect.any(String), rule: expect.any(String) }),
    );
  }
  expect(await take()).toEqual(taken);
  expect(await takeLog()).toEqual(log);
  // Enough of it landed, of many kinds, for this to say anything.
  expect([...landed.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(WRITES / 3);
  expect(landed.size).toBeGreaterThan(14);
  expect(landed.has("freeze-quarter")).toBe(false);
}, 300_000);
