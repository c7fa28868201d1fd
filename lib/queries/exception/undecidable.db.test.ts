import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deals } from "@/db/schema/deals";
import { deputies, exceptionNotes, exceptions } from "@/db/schema/exceptions";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { nameDeputy } from "@/lib/commands/exception/name-deputy";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { withdrawException } from "@/lib/commands/exception/withdraw-exception";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { dayInWords } from "@/lib/text/days";
import { answer, type Query } from "../query";
import { exception } from "./exception";
import { exceptionsList } from "./exceptions-list";

/** No case is undecidable: who raised one withdraws it, and a side names who decides in its place (§8.6). */
let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

type Person = Parameters<Company["actor"]>[0];
const ask = async <Q extends Query>(
  query: Q,
  input: unknown,
  person: Person = "fay",
): Promise<Awaited<ReturnType<Q["run"]>>> => {
  const context = { db: company.client.db, actor: company.actor(person), today: TODAY };
  return query.output.parse(await answer(query, query.input.parse(input) as never, context)) as never;
};
const raise = async (person: Person, more: object = {}) => {
  const dealId = (more as { dealId?: string }).dealId ?? (await company.deal());
  const claim = { dealId, kind: "other", claim: "we brought this", ...more };
  return (await company.as(person, raiseException, claim)).exceptionId as string;
};
const upheld = (exceptionId: string, version = 1) => ({
  exceptionId,
  version,
  decision: "rule_upheld",
  reason: "the memo is clear",
});
const one = async (id: string) =>
  (await company.client.db.select().from(exceptions).where(eq(exceptions.id, id)))[0]!;

describe("withdrawing", () => {
  test("whoever raised a case withdraws it; it stays in the log with the reason", async () => {
    const id = await raise("hope");
    await company.as("fay", decideException, upheld(id));
    await expect(
      company.as("fay", withdrawException, { exceptionId: id, reason: "not mine" }),
    ).rejects.toMatchObject({ code: "forbidden", rule: "Whoever raised a case may withdraw it" });
    await company.as("hope", withdrawException, { exceptionId: id, reason: "the AE explained it" });
    expect(await one(id)).toMatchObject({ settlement: "withdrawn", settledOn: TODAY });
    const shown = await ask(exception, { exceptionId: id });
    expect(shown).toMatchObject({ state: "withdrawn", settled: { by: "withdrawn", on: TODAY } });
    expect(shown.discussion.at(-1)).toMatchObject({
      kind: "withdrawn",
      text: "the AE explained it",
      by: { name: "Hope Adler" },
    });
    await expect(company.as("fay", decideException, upheld(id, 3))).rejects.toMatchObject({
      rule: `It was settled on ${dayInWords(TODAY)}: a decision stands`,
    });
  });

  test("what is raised about a closed deal is gray as what was found is, until it is withdrawn", async () => {
    const share = async () => (await ask(exceptionsList, {})).grayShare;
    const dealId = await company.deal();
    const [deal] = await company.client.db.select().from(deals).where(eq(deals.id, dealId));
    await company.as("ana", closeDeal, { dealId, version: deal!.version, outcome: "lost", closedOn: TODAY });
    const before = await share();
    const exceptionId = await raise("pam", { dealId });
    expect(await share()).toMatchObject({ gray: before.gray + 1, closed: before.closed });
    await company.as("pam", withdrawException, { exceptionId, reason: "it was theirs" });
    expect(await share()).toEqual(before);
  });

  test("what was found is nobody's to withdraw", async () => {
    const dealId = await company.deal();
    await company.as("ana", tagPartner, {
      dealId,
      partnerId: "P-1",
      role: "influencer",
      touchStage: 4,
      touchedOn: "2026-05-02",
    });
    const [found] = await company.client.db.select().from(exceptions).where(eq(exceptions.dealId, dealId));
    await expect(
      company.as("ana", withdrawException, { exceptionId: found!.id, reason: "mine" }),
    ).rejects.toMatchObject({ code: "invalid", rule: expect.stringContaining("found in the facts") });
  });
});

describe("a deputy", () => {
  test("decides a case that the only head of partnerships raised, for that case alone", async () => {
    const id = await raise("hope");
    const other = await raise("ana");
    const before = await ask(exception, { exceptionId: id }, "hope");
    expect(before.deciders).toMatchObject({ finance: [{ name: "Fay Chen" }], partnerships: [] });
    expect(before.may).toMatchObject({
      decide: "Nobody decides on their own claim: you raised this",
      withdraw: true,
      nameDeputy: true,
    });
    await expect(company.as("carl", decideException, upheld(id))).rejects.toMatchObject({
      code: "forbidden",
      rule: "Finance and partnerships decide, or a deputy that one of them named",
    });
    await company.as("hope", nameDeputy, { userId: "carl", exceptionId: id });
    const now = await ask(exception, { exceptionId: id }, "carl");
    expect(now).toMatchObject({
      side: "partnerships",
      may: { decide: true, nameDeputy: expect.any(String) },
    });
    expect(now.deciders.partnerships).toEqual([{ id: "carl", name: "Carl Moss" }]);
    expect(now.deputies).toEqual([
      { side: "partnerships", person: { id: "carl", name: "Carl Moss" }, forThisCase: true },
    ]);
    expect(now.discussion.at(-1)).toMatchObject({ kind: "deputy", text: "", person: { name: "Carl Moss" } });
    const { version } = await one(id);
    await company.as("carl", decideException, upheld(id, version));
    expect(await company.as("fay", decideException, upheld(id, version + 1))).toMatchObject({
      state: "settled",
    });
    await expect(company.as("carl", decideException, upheld(other))).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("of all of a side's cases, until another is named or nobody", async () => {
    const id = await raise("ana");
    await company.as("fay", nameDeputy, { userId: "carl" });
    expect((await ask(exceptionsList, {}, "carl")).side).toBe("finance");
    expect((await ask(exceptionsList, {}, "carl")).may.decide).toBe(true);
    expect(await company.as("carl", decideException, upheld(id))).toMatchObject({ state: "waiting" });
    await company.as("fay", nameDeputy, { userId: null });
    expect((await ask(exceptionsList, {}, "carl")).may.decide).toBe(
      "Neither side has named you as its deputy",
    );
    await expect(company.as("carl", decideException, upheld(id, 2))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(company.as("fay", nameDeputy, { userId: null })).rejects.toMatchObject({
      rule: "nobody is named",
    });
    const kept = await company.client.db.select().from(deputies).where(eq(deputies.side, "finance"));
    expect(kept).toMatchObject([
      { userId: "carl", namedBy: "fay", namedOn: TODAY, endedOn: TODAY, endedBy: "fay" },
    ]);
  });

  test.each([
    ["fay", "hope", "Hope Adler cannot decide for finance: they stand on the other side"],
    ["fay", "pam", "Pam Lind cannot decide for finance: they stand on the other side"],
    ["hope", "fay", "Fay Chen cannot decide for partnerships: they stand on the other side"],
    [
      "hope",
      "rita",
      "Rita Vale cannot decide for partnerships: who runs or audits the system decides nothing",
    ],
    ["hope", "ana", "Ana Ruiz cannot decide for partnerships: the deals are theirs"],
    ["hope", "hope", "A deputy is somebody else"],
  ] as const)("%s cannot name %s", async (who, userId, rule) => {
    await expect(company.as(who, nameDeputy, { userId })).rejects.toMatchObject({ code: "forbidden", rule });
  });

  test("is of one side, and decides nothing that they recorded themselves", async () => {
    await company.as("fay", nameDeputy, { userId: "carl" });
    await expect(company.as("hope", nameDeputy, { userId: "carl" })).rejects.toMatchObject({
      rule: "Carl Moss is the deputy of finance: nobody decides for both sides",
    });
    await company.as("fay", nameDeputy, { userId: null });
    await company.as("hope", nameDeputy, { userId: "pam" });
    const dealId = await company.deal();
    const motion = { dealId, partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-05-10" };
    await company.as("pam", logActivity, motion);
    const id = await raise("ana", { dealId, partnerId: "P-1" });
    await expect(company.as("pam", decideException, upheld(id))).rejects.toMatchObject({
      rule: "Nobody decides on their own claim: you recorded Northgate's joint discovery of 10 May 2026",
    });
    const { deciders } = await ask(exception, { exceptionId: id });
    expect(deciders.partnerships).toEqual([{ id: "hope", name: "Hope Adler" }]);
    for (const person of ["ana", "carl", "rita", "aude", "pam"] as const)
      await expect(company.as(person, nameDeputy, { userId: "paul" })).rejects.toMatchObject({
        code: "forbidden",
      });
  });
});

describe("what is said about a case", () => {
  test("keeps who and whom beside the words, so that an id that begins another names nobody else", async () => {
    for (const [id, name] of [
      ["P-10", "Tenth Street"],
      ["P-orrin", "Orrin Group"],
      ["P-orrin-retail", "Orrin Retail Practice"],
    ])
      await company.as("pam", createPartner, { id, name, kind: "reseller" });
    for (const [partnerId, name] of [
      ["P-10", "Tenth Street"],
      ["P-orrin-retail", "Orrin Retail Practice"],
    ] as const) {
      const id = await raise("ana", { partnerId });
      const ruling = { decision: "ruling", partnerId, outcome: "influenced", reason: `so says ${partnerId}` };
      await company.as("fay", decideException, { exceptionId: id, version: 1, ...ruling });
      const { discussion } = await ask(exception, { exceptionId: id });
      expect(discussion.at(-1)).toMatchObject({
        kind: "voted",
        decision: "ruling",
        partner: { id: partnerId, name },
        outcome: "influenced",
        text: `so says ${partnerId}`,
      });
    }
    const notes = await company.client.db
      .select({ text: exceptionNotes.text })
      .from(exceptionNotes)
      .where(sql`${exceptionNotes.kind} in ('owner', 'deferred', 'deputy', 'decided')`);
    expect(new Set(notes.map(({ text }) => text))).toEqual(new Set([""]));
  });
});
