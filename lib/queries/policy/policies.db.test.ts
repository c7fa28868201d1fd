// Long: the life of a policy is one story, told verb by verb.
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { z } from "zod";
import { ACTIVITY_MENU } from "@/lib/attribution/menu";
import { PRESETS } from "@/lib/attribution/policy";
import type { Actor } from "@/lib/auth/actor";
import { addDays } from "@/lib/calendar";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, PASSWORD } from "@/lib/commands/commands.fixture";
import { createUser } from "@/lib/commands/company/create-user";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { editUser } from "@/lib/commands/company/edit-user";
import { removeDemo } from "@/lib/commands/company/remove-demo";
import { perform } from "@/lib/commands/door";
import { declinePolicy } from "@/lib/commands/policy/decline-policy";
import { discardDraft } from "@/lib/commands/policy/discard-draft";
import { editDraft } from "@/lib/commands/policy/edit-draft";
import { keepBacktest } from "@/lib/commands/policy/keep-backtest";
import { proposePolicy } from "@/lib/commands/policy/propose-policy";
import { recordLearning } from "@/lib/commands/policy/record-learning";
import { signPolicy } from "@/lib/commands/policy/sign-policy";
import { startDraft } from "@/lib/commands/policy/start-draft";
import { withdrawPolicy } from "@/lib/commands/policy/withdraw-policy";
import type { AnyVerb } from "@/lib/commands/verbs";
import { companyDay } from "@/lib/company-day";
import { policyBook, policyHash } from "@/lib/judging/policy-book";
import { dayInWords } from "@/lib/text/days";
import type { Query } from "../query";
import { activityMenu } from "./activity-menu";
import { learningsList } from "./learnings-list";
import { policiesList } from "./policies-list";
import { policy as policyQuery } from "./policy";

/** The database knows what day it is, so policies live on the server's. */
const TODAY = companyDay(Date.now(), "UTC");
type Person = Parameters<Company["as"]>[0];
const SIGNERS: Person[] = ["carl", "fay", "hope"];

let company: Company;
let owner: postgres.Sql;
beforeAll(async () => {
  company = await openCompany();
  owner = postgres(company.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await owner.end();
  await company.close();
});
/** Each test begins with nothing agreed; only an owner who switches the guards off can have that. */
beforeEach(() =>
  owner.unsafe(`begin; set local session_replication_role = replica;
    delete from backtests; delete from judging_moves; delete from judging_runs; delete from learnings;
    update policies set demo = true; delete from signatures; delete from policy_declines; delete from policies; commit`),
);

const as = <V extends AnyVerb>(person: Person, verb: V, input: unknown, today = TODAY) =>
  company.as(person, verb, input, { today });
const ask = <I extends z.ZodType, O extends z.ZodType>(
  query: Query<I, O>,
  input: unknown,
  person: Person = "hope",
  today = TODAY,
) => query.run({ db: company.client.db, actor: company.actor(person), today }, query.input.parse(input));

/** A draft of a preset, or with a document of its own. */
async function draft(document: object = PRESETS.two_bucket, title = "The memo") {
  const { policyId, version } = await as("hope", startDraft, { title });
  const edited = await as("hope", editDraft, { policyId, version, document });
  return { policyId, version: edited.version };
}

/** A proposal and its hash. */
async function propose(document?: object, activeFrom = TODAY) {
  const { policyId, version } = await draft(document);
  const { hash } = await as("hope", proposePolicy, { policyId, version, activeFrom });
  return { policyId, hash };
}

const sign = (person: Person, { policyId, hash }: { policyId: string; hash: string }, password = PASSWORD) =>
  as(person, signPolicy, { policyId, hash, password });

/** Signs as somebody who is not of the fixture's people, with a password of theirs. */
const signAs = (userId: string, role: "cro" | "finance", input: object, password = PASSWORD) =>
  perform(
    signPolicy,
    { ...input, password },
    {
      actor: { ...company.actor("carl"), id: `user:${userId}`, userId, role },
      client: company.client,
      today: TODAY,
    },
  );
const join = (id: string) =>
  as("rita", createUser, {
    id,
    role: "cro",
    name: `The other CRO ${id}`,
    email: `${id}@company.example`,
  }).then(() => setFirstPassword(company.client, id, PASSWORD));

/** A policy that all three signed. */
async function signed(document?: object, activeFrom = TODAY) {
  const proposal = await propose(document, activeFrom);
  for (const person of SIGNERS) await sign(person, proposal);
  return proposal;
}

describe("a policy's life", () => {
  test("from a preset through three passwords into force, each step in the audit log", async () => {
    const { policyId, version } = await as("hope", startDraft, { title: "2027", preset: "triple_tier" });
    expect((await policyBook(company.client.db)).onDay(TODAY)).toMatchObject({
      signed: null,
      proposed: null,
      policy: PRESETS.two_bucket,
    });
    const { hash } = await as("hope", proposePolicy, { policyId, version, activeFrom: TODAY });
    expect(await sign("carl", { policyId, hash })).toMatchObject({ signatures: 1, activeFrom: null });
    expect((await ask(policiesList, {})).inForce).toMatchObject({
      signed: null,
      proposed: { policyId, signatures: 1, hash },
    });
    await sign("fay", { policyId, hash });
    expect(await sign("hope", { policyId, hash })).toMatchObject({ signatures: 3, activeFrom: TODAY });
    const { inForce, policies } = await ask(policiesList, {});
    expect(inForce).toMatchObject({ hash, model: "triple_tier", proposed: null });
    expect(inForce.signed).toMatchObject({
      policyId,
      number: 1,
      on: TODAY,
      activeFrom: TODAY,
      until: null,
      by: [
        { seat: "cro", name: "Carl Moss", on: TODAY },
        { seat: "finance", name: "Fay Chen", on: TODAY },
        { seat: "head_of_partnerships", name: "Hope Adler", on: TODAY },
      ],
    });
    expect(policies).toMatchObject([{ id: policyId, state: "in_force", number: 1, signatures: 3 }]);
    const actions = await company.client.db.execute<{ action: string }>(
      sql`select action from audit_log where subject_id like ${`${policyId}%`} order by id`,
    );
    expect([...actions].map(({ action }) => action)).toEqual([
      "start-draft",
      "propose-policy",
      "sign-policy",
      "sign-policy",
      "sign-policy",
      "sign-policy",
    ]);
  });

  test("the former ends the day before; what closed before the first day is the preset's, but for its reach", async () => {
    const reach = addDays(TODAY, -90);
    const first = await signed({ ...PRESETS.triple_tier, reachesBackTo: reach });
    const later = addDays(TODAY, 366);
    const second = await signed(PRESETS.lanes, later);
    const { policies } = await ask(policiesList, {});
    expect(
      policies.map(({ id, state, activeFrom, activeUntil }) => [id, state, activeFrom, activeUntil]),
    ).toEqual([
      [second.policyId, "signed", later, null],
      [first.policyId, "in_force", TODAY, addDays(later, -1)],
    ]);
    const book = await policyBook(company.client.db);
    const preset = policyHash(PRESETS.two_bucket);
    const judging = (closedOn: string | null, asOf: string) => book.judging({ closedOn }, asOf).hash;
    const closed = [addDays(reach, -1), reach, addDays(TODAY, -1), TODAY, addDays(later, -1), later];
    expect(closed.map((day) => judging(day, later))).toEqual([
      preset,
      ...Array(4).fill(first.hash),
      second.hash,
    ]);
    expect([addDays(TODAY, -1), TODAY, addDays(later, -1), later].map((day) => judging(null, day))).toEqual([
      preset,
      first.hash,
      first.hash,
      second.hash,
    ]);
    // Looked at as of a day before it began, the first agreement reaches nowhere yet.
    expect(judging(reach, addDays(TODAY, -1))).toBe(preset);
    expect(book.onDay(TODAY)).toMatchObject({ signed: { number: 1, until: later }, unsignedBefore: reach });
    expect((await ask(policiesList, {})).inForce.unsignedBefore).toBe(reach);
    const afterwards = await ask(policiesList, {}, "hope", later);
    expect(afterwards.policies.map(({ state }) => state)).toEqual(["in_force", "former"]);
  });

  test("signed for a day to come, it judges nothing until then, closed deals since its reach included", async () => {
    const begins = addDays(TODAY, 40);
    const reach = addDays(TODAY, -90);
    const { hash } = await signed({ ...PRESETS.triple_tier, reachesBackTo: reach }, begins);
    const book = await policyBook(company.client.db);
    const preset = policyHash(PRESETS.two_bucket);
    const on = (asOf: string) => [null, reach].map((closedOn) => book.judging({ closedOn }, asOf).hash);
    expect(on(TODAY)).toEqual([preset, preset]);
    expect(on(addDays(begins, -1))).toEqual([preset, preset]);
    expect(on(begins)).toEqual([hash, hash]);
    expect((await ask(policiesList, {})).inForce.signed).toBeNull();
  });

  test("signed after its first day, it is in force from the day of the third signature", async () => {
    const proposal = await propose();
    for (const person of SIGNERS)
      await company.as(person, signPolicy, { ...proposal, password: PASSWORD }, { today: addDays(TODAY, 2) });
    const book = await policyBook(company.client.db);
    expect(book.onDay(addDays(TODAY, 2)).signed?.activeFrom).toBe(addDays(TODAY, 2));
    expect(book.onDay(addDays(TODAY, 1)).signed).toBeNull();
  });

  test("declined or withdrawn with a reason, it has ended; another may be proposed", async () => {
    const proposal = await propose();
    await as("fay", declinePolicy, { policyId: proposal.policyId, reason: "Too generous" });
    await expect(sign("carl", proposal)).rejects.toMatchObject({ rule: "This proposal was declined" });
    const declined = await ask(policyQuery, { policyId: proposal.policyId });
    expect(declined).toMatchObject({
      state: "declined",
      declined: { seat: "finance", name: "Fay Chen", reason: "Too generous" },
    });
    const other = await propose(PRESETS.lanes);
    await sign("carl", other);
    await as("hope", withdrawPolicy, { policyId: other.policyId, reason: "A typing error" });
    expect(await ask(policyQuery, { policyId: other.policyId })).toMatchObject({
      state: "withdrawn",
      withdrawn: { name: "Hope Adler", reason: "A typing error" },
    });
    await propose(PRESETS.roi_buckets);
  });

  test("a draft is discarded; whoever edits an older version of it is told", async () => {
    const { policyId } = await draft();
    await expect(as("hope", editDraft, { policyId, version: 1, title: "Late" })).rejects.toMatchObject({
      code: "conflict",
    });
    await as("hope", discardDraft, { policyId });
    await expect(ask(policyQuery, { policyId })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("what verbs refuse, with field and rule", () => {
  test("a password that is not the signer's own, and guessing at it", async () => {
    const proposal = await propose();
    await join("gus");
    for (let at = 0; at < 8; at++) {
      await expect(signAs("gus", "cro", proposal, "let me in")).rejects.toMatchObject({
        field: "password",
        rule: expect.stringContaining("your own password"),
      });
    }
    await expect(signAs("gus", "cro", proposal)).rejects.toMatchObject({
      field: "password",
      rule: expect.stringContaining("wait 10 minutes"),
    });
    await sign("fay", proposal);
  });

  test("a fourth signature, by another person with the same role", async () => {
    const proposal = await signed();
    await join("cleo");
    const fourth = signAs("cleo", "cro", proposal);
    await expect(fourth).rejects.toMatchObject({ rule: expect.stringContaining("Three people signed it") });
  });

  test("a second seat for one person who changed roles meanwhile", async () => {
    const proposal = await propose();
    await sign("carl", proposal);
    await as("rita", editUser, { userId: "carl", changes: { role: "finance" } });
    const again = signAs("carl", "finance", proposal);
    await expect(again).rejects.toMatchObject({
      rule: "You have signed: one person, one seat",
    });
    await as("rita", editUser, { userId: "carl", changes: { role: "cro" } });
  });

  test.each(["ana", "pam", "rita", "aude"] as const)(
    "%s neither drafts, proposes nor signs",
    async (person) => {
      const proposal = await propose();
      await expect(sign(person, proposal)).rejects.toMatchObject({ code: "forbidden" });
      await expect(as(person, startDraft, { title: "Mine" })).rejects.toMatchObject({ code: "forbidden" });
    },
  );

  test("an edit after proposing, another hash, a day in the past, a second proposal at once", async () => {
    const proposal = await propose();
    const { policyId } = proposal;
    await expect(as("hope", editDraft, { policyId, version: 2, title: "Better" })).rejects.toMatchObject({
      rule: expect.stringContaining("frozen"),
    });
    await expect(sign("carl", { policyId, hash: "0".repeat(64) })).rejects.toMatchObject({
      rule: expect.stringContaining("hash differs"),
    });
    const other = await draft(PRESETS.lanes);
    const past = { ...other, activeFrom: addDays(TODAY, -1) };
    await expect(as("hope", proposePolicy, { ...past, activeFrom: TODAY })).rejects.toMatchObject({
      rule: expect.stringContaining("one proposal at a time"),
    });
    await as("hope", withdrawPolicy, { policyId, reason: "Another is better" });
    await expect(as("hope", proposePolicy, past)).rejects.toMatchObject({
      field: "activeFrom",
      rule: expect.stringContaining("not in the past"),
    });
  });

  test("a document that breaks a rule, by the path of its field", async () => {
    const { policyId, version } = await draft();
    const refused = (document: object) =>
      expect(as("hope", editDraft, { policyId, version, document })).rejects;
    await refused({ ...PRESETS.lanes, sourcedAtOrBefore: 4 }).toMatchObject({
      field: "document.sourcedAtOrBefore",
      rule: expect.stringContaining("the gates cross"),
    });
    await refused({ ...PRESETS.lanes, menu: [] }).toMatchObject({ field: "document.menu" });
  });

  test("an amendment within twelve months of the first agreement, told in advance; a wish is kept", async () => {
    expect((await ask(policiesList, {})).amendment).toEqual({
      possibleFrom: TODAY,
      waitsFor: null,
      first: true,
    });
    const first = await signed({ ...PRESETS.triple_tier, reachesBackTo: addDays(TODAY, -30) });
    const { amendment } = await ask(policiesList, {});
    const [year, ...monthAndDay] = TODAY.split("-");
    const possibleFrom = [Number(year) + 1, ...monthAndDay].join("-");
    expect(amendment).toMatchObject({
      possibleFrom,
      waitsFor: { policyId: first.policyId, activeFrom: TODAY },
      first: false,
    });
    const third = await draft(PRESETS.lanes);
    const early = { ...third, activeFrom: addDays(possibleFrom, -1) };
    const told = {
      field: "activeFrom",
      rule: `at most one amendment in twelve months: the next may be active from ${dayInWords(possibleFrom)}`,
    };
    await expect(as("hope", proposePolicy, early)).rejects.toMatchObject(told);
    await expect(as("hope", proposePolicy, { ...third, activeFrom: TODAY })).rejects.toMatchObject(told);
    await as("ana", recordLearning, { text: "Count joint demos as motions" });
    expect((await ask(learningsList, {})).learnings).toMatchObject([
      { text: "Count joint demos as motions", source: "wish", recorded: { name: "Ana Ruiz" } },
    ]);
    await as("hope", proposePolicy, { ...early, activeFrom: possibleFrom });
  });

  test("an amendment that reaches back, as it is written; a first agreement that reaches ahead, as it is proposed", async () => {
    const reaching = { ...PRESETS.two_bucket, reachesBackTo: addDays(TODAY, 3) };
    const ahead = await draft(reaching);
    await expect(as("hope", proposePolicy, { ...ahead, activeFrom: TODAY })).rejects.toMatchObject({
      field: "document.reachesBackTo",
      rule: "the day that it reaches back to is not after its first day",
    });
    const first = await signed({ ...PRESETS.two_bucket, reachesBackTo: addDays(TODAY, -3) });
    const only = "only the first agreement reaches back: an amendment judges from its first day on";
    await expect(draft(reaching)).rejects.toMatchObject({ field: "document.reachesBackTo", rule: only });
    // Written before anything was signed, it is refused where it is proposed.
    await expect(
      as("hope", proposePolicy, { ...ahead, activeFrom: addDays(TODAY, 366) }),
    ).rejects.toMatchObject({ field: "document.reachesBackTo", rule: only });
    const { policyId } = await as("hope", startDraft, { title: "From the first", from: first.policyId });
    expect((await ask(policyQuery, { policyId })).document.reachesBackTo).toBeNull();
  });

  test("letters that cannot be printed, as they are written; a memo longer than its page, as it is proposed", async () => {
    const activity = (type: string, definition: string) => ({
      type,
      label: type,
      definition,
      stages: [1],
      involvement: "direct" as const,
    });
    const menu = (many: readonly object[]) => ({ ...PRESETS.two_bucket, menu: [...ACTIVITY_MENU, ...many] });
    await expect(draft(menu([activity("thai", "ไทย")]))).rejects.toMatchObject({
      field: `document.menu[${ACTIVITY_MENU.length}].definition`,
      rule: "cannot be printed in the memo: ไ ท ย",
    });
    const long = await draft(
      menu(
        Array.from({ length: 90 }, (_, at) =>
          activity(`own_${at}`, "partner and customer met ".repeat(8).trim()),
        ),
      ),
    );
    await expect(as("hope", proposePolicy, { ...long, activeFrom: TODAY })).rejects.toMatchObject({
      field: "document.menu",
      rule: expect.stringMatching(
        /^the memo is \d+ lines too long for its one page: the activities take \d+ lines/,
      ),
    });
    await as("hope", discardDraft, { policyId: long.policyId });
    await propose(menu([activity("japanese", "顧客との打合せ")]));
  });
});

describe("the policy page's answer", () => {
  test("has seats, difference in words, what the asker may do, and the backtests kept", async () => {
    const first = await signed();
    const { policyId, version } = await draft({
      ...PRESETS.two_bucket,
      coSellMinimum: 3,
      influencedBefore: 3,
    });
    await as("fay", keepBacktest, { policyId, quarters: [] });
    const seen = await ask(policyQuery, { policyId });
    expect(seen).toMatchObject({
      state: "draft",
      number: null,
      hash: null,
      against: { policyId: first.policyId, hash: first.hash },
      may: { edit: true, propose: true, withdraw: "A draft is discarded, not withdrawn" },
      backtests: [{ current: true, hash: seen.draftHash, againstHash: first.hash, result: { moved: 0 } }],
    });
    expect(seen.difference.map(({ clause, before, after }) => [clause, before, after])).toContainEqual([
      "stage-rules.influence-gate",
      "Influence ends before stage 4.",
      "Influence ends before stage 3.",
    ]);
    expect(seen.seats.map(({ seat, holders, maySign }) => [seat, holders, maySign])).toEqual([
      ["cro", expect.arrayContaining(["Carl Moss"]), "A draft is proposed before it is signed"],
      ["finance", ["Fay Chen"], "A draft is proposed before it is signed"],
      ["head_of_partnerships", ["Hope Adler"], "A draft is proposed before it is signed"],
    ]);
    await as("hope", editDraft, { policyId, version, document: PRESETS.two_bucket });
    expect(await ask(policyQuery, { policyId })).toMatchObject({
      difference: [],
      backtests: [{ current: false }],
    });
  });

  test("is not kept with a backtest of the text that it had before somebody edited it", async () => {
    const { policyId } = await draft();
    let editing: Promise<unknown> = Promise.resolve();
    // Holds the draft, as an edit under way does: what is run against the deals waits for nobody.
    const other = postgres(company.url, { max: 1, onnotice: () => {} });
    await other.begin(async (held) => {
      await held`select from policies where id = ${policyId} for update`;
      const keeping = as("fay", keepBacktest, { policyId, quarters: [] });
      editing = expect(keeping).rejects.toMatchObject({
        code: "conflict",
        rule: expect.stringContaining("run it again"),
      });
      await vi.waitFor(
        async () =>
          expect(
            await owner`select from pg_locks join pg_stat_activity using (pid)
              where not granted and locktype = 'transactionid' and datname = current_database()`,
          ).toHaveLength(1),
        { timeout: 10_000 },
      );
      await held`select set_config('countersign.actor', 'user:hope', true), set_config('countersign.request', 'R', true)`;
      await held`update policies set document = ${JSON.stringify(PRESETS.lanes)}::text::jsonb where id = ${policyId}`;
    });
    await other.end();
    await editing;
  });

  test("tells each signer what is theirs", async () => {
    const { policyId, hash } = await propose();
    await sign("carl", { policyId, hash });
    const seats = async (person: Person) =>
      (await ask(policyQuery, { policyId }, person)).seats.map(({ maySign }) => maySign);
    expect(await seats("fay")).toEqual([
      "This seat has signed already",
      true,
      "Only the Head of partnerships signs in this seat",
    ]);
    expect(await seats("ana")).toEqual([
      "This seat has signed already",
      "Only the Finance (CFO) signs in this seat",
      "Only the Head of partnerships signs in this seat",
    ]);
  });
});

test("the menu of the policy in force is what activities are logged by", async () => {
  const golf = {
    type: "golf_day",
    label: "Golf day",
    definition: "Partner and customer played a round.",
    stages: [1],
    involvement: "supportive",
  } as const;
  const log = async () =>
    as("pam", logActivity, { dealId: await company.deal(), partnerId: "P-1", type: "golf_day" });
  await expect(log()).rejects.toMatchObject({ field: "type" });
  await signed({ ...PRESETS.two_bucket, motions: ["golf_day"], menu: [golf] });
  await log();
  const [activity] = await company.client.db.execute(sql`select type, involvement from activities`);
  expect(activity).toEqual({ type: "golf_day", involvement: "supportive" });
  expect((await ask(activityMenu, {})).types).toEqual([{ ...golf, offered: true, motion: true }]);
  const { dealId } = { dealId: await company.deal() };
  await expect(
    as("pam", logActivity, { dealId, partnerId: "P-1", type: "joint_pitch" }),
  ).rejects.toMatchObject({ field: "type" });
});

describe("whose hand signs", () => {
  const calling = (actor: Partial<Actor>) => ({
    actor: { ...company.actor("carl"), ...actor },
    client: company.client,
    today: TODAY,
  });
  const seatOf = async (policyId: string, actor: Partial<Actor>) => {
    const told = await policyQuery.run({ db: company.client.db, ...calling(actor) }, { policyId });
    return told.seats.find(({ seat }) => seat === "cro");
  };

  test.each<[string, Partial<Actor>, string]>([
    ["a person of the demo does not sign what is real", { demo: true }, "and nothing real"],
    ["a password that an admin could know signs nothing", { ownPassword: false }, "in a browser of your own"],
  ])("%s, on the page and at the door in the same words", async (_, actor, words) => {
    const proposal = await propose();
    const refused = perform(signPolicy, { ...proposal, password: PASSWORD }, calling(actor));
    const { rule } = await refused.catch((error) => error);
    expect(rule).toContain(words);
    expect((await seatOf(proposal.policyId, actor))?.maySign).toBe(rule);
    await sign("carl", proposal);
  });
});

test("what people of the demo drafted and signed goes with the demo", async () => {
  const demo = await perform(
    createUser,
    {
      id: "dan",
      role: "head_of_partnerships",
      name: "Dan Demo",
      email: "dan@company.example",
    },
    { actor: company.actor("rita"), client: company.client, today: TODAY, demo: true },
  );
  await setFirstPassword(company.client, demo.answer.userId, PASSWORD);
  const dan = {
    actor: { ...company.actor("hope"), id: "user:dan", userId: "dan", name: "Dan Demo", demo: true },
    client: company.client,
    today: TODAY,
  };
  const { answer: drafted } = await perform(startDraft, { title: "A story" }, dan);
  const { answer } = await perform(proposePolicy, { ...drafted, activeFrom: TODAY }, dan);
  await perform(signPolicy, { ...answer, password: PASSWORD }, dan);
  for (const person of ["carl", "fay"] as const) await sign(person, answer);
  expect((await policyBook(company.client.db)).onDay(TODAY).signed).not.toBeNull();
  expect(await as("rita", removeDemo, {})).toMatchObject({ policies: 1, people: 1 });
  expect((await policyBook(company.client.db)).onDay(TODAY).signed).toBeNull();
});

test("a company starts with eight types to log; the other fourteen are found by name until it adds them", async () => {
  const offered = async () => {
    const { own, types } = await ask(activityMenu, {});
    expect(types).toHaveLength(22);
    return [own, types.filter((one) => one.offered).map(({ type }) => type)];
  };
  const eight = ACTIVITY_MENU.slice(0, 8).map(({ type }) => type);
  expect(await offered()).toEqual([false, eight]);
  await as("rita", editSettings, { addedActivities: ["training"] });
  expect(await offered()).toEqual([false, [...eight, "training"]]);
  const dealId = await company.deal();
  await as("pam", logActivity, { dealId, partnerId: "P-1", type: "joint_demo" });
});
