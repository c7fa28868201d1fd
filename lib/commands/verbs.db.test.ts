// Long: what every verb promises (architecture.md "One straight way"), asked of each in the same words.
import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog } from "@/db/schema/audit";
import { canonicalJson } from "@/lib/attribution/canonical";
import { scopeOf } from "@/lib/auth/permissions";
import { USER_ROLES } from "@/lib/auth/roles";
import { checkProjections } from "@/lib/judging/rebuild";
import { type Company, openCompany, TODAY } from "./commands.fixture";
import { closeDeal } from "./deal/close-deal";
import { lacks } from "./guard";
import { type Person, SCENES, Stage } from "./scenes.fixture";
import { undo } from "./undo";
import { type AnyVerb, VERBS } from "./verbs";

/** One person of each role. */
const OF_ROLE: Record<(typeof USER_ROLES)[number], Person> = {
  ae: "ana",
  partner_manager: "pam",
  head_of_partnerships: "hope",
  finance: "fay",
  cro: "carl",
  admin: "rita",
  auditor: "aude",
};

const opened: Company[] = [];
async function open(): Promise<Company> {
  const company = await openCompany();
  opened.push(company);
  return company;
}
let shared: Company;
/** A company a day, since nothing is judged as of a day before the one it was last judged on. */
const ofDay = new Map<string, Company>();
async function onDay(today: string): Promise<Company> {
  const company = ofDay.get(today) ?? (await open());
  ofDay.set(today, company);
  return company;
}
beforeAll(async () => {
  shared = await onDay(TODAY);
});
afterAll(async () => {
  for (const company of opened) await company.close();
});

/** Every fact of every deal, by deal; its version apart. */
async function factsOf(company: Company): Promise<Map<string, { facts: string; version: number }>> {
  const rows = (table: string) =>
    sql.raw(`(select jsonb_agg(to_jsonb(t) - 'created_at' - 'recorded_at' order by to_jsonb(t)::text)
      from ${table} t where t.deal_id = d.id)`);
  const found = await company.client.db.execute<{ id: string; version: number; facts: unknown }>(sql`
    select d.id, d.version, jsonb_build_array(to_jsonb(d) - 'version', ${rows("stage_entries")},
      ${rows("role_rows")}, ${rows("activities")}, ${rows("registrations")}, ${rows("rulings")}) as facts
    from deals d`);
  return new Map(
    [...found].map(({ id, version, facts }) => [
      id,
      { facts: canonicalJson(facts), version: Number(version) },
    ]),
  );
}

const entriesOf = (company: Company, request: string) =>
  company.client.db.select().from(auditLog).where(eq(auditLog.request, request)).orderBy(asc(auditLog.id));

const countEntries = async ({ client }: Company) =>
  Number((await client.db.execute(sql`select count(*) as n from audit_log`))[0]!.n);

async function set(verb: AnyVerb) {
  const scene = SCENES[verb.name];
  const today = scene.today ?? TODAY;
  const company = scene.alone ? await open() : await onDay(today);
  const input = await scene.set(new Stage(company));
  return { scene, company, input, call: { today } };
}

describe.each(VERBS.map((verb) => ({ name: verb.name, verb: verb as AnyVerb })))(
  "$name",
  ({ name, verb }) => {
    test("leaves an entry in the audit log, judges every deal whose facts it changed, and nothing is left to judge", async () => {
      const { scene, company, input, call } = await set(verb);
      const before = await factsOf(company);
      const { request } = await company.as(scene.by, verb, input, call);
      const entries = await entriesOf(company, request);
      expect(entries.length).toBeGreaterThan(0);
      for (const { action, actor, before: was, after: is } of entries) {
        expect({ action, actor }).toEqual({ action: name, actor: `user:${scene.by}` });
        expect(canonicalJson(was ?? null)).not.toBe(canonicalJson(is ?? null));
      }
      const named = new Set(entries.map(({ dealId }) => dealId));
      const after = await factsOf(company);
      for (const [id, { facts, version }] of after) {
        const was = before.get(id);
        if (was?.facts === facts) continue;
        expect(named, `the audit log names ${id}`).toContain(id);
        expect(version, `${id} was judged`).toBeGreaterThan(was?.version ?? 0);
      }
      for (const id of before.keys())
        if (!after.has(id)) expect(named, `the audit log names ${id}`).toContain(id);
      expect(await checkProjections(company.client, call.today)).toBeNull();
    });

    test("is refused, before anything is read, to every role that does not hold its permission", async () => {
      const before = await countEntries(shared);
      for (const role of USER_ROLES) {
        if (scopeOf(verb.guard.may, role)) continue;
        const person = OF_ROLE[role];
        const { code, sentence } = lacks(verb.guard, shared.actor(person))!;
        await expect(shared.as(person, verb, { nonsense: true })).rejects.toMatchObject({
          code,
          rule: sentence,
        });
      }
      expect(await countEntries(shared)).toBe(before);
    });
  },
);

const undoable = VERBS.filter(({ name }) => SCENES[name].undone).map((verb) => ({
  name: verb.name,
  verb: verb as AnyVerb,
  isLocked: SCENES[verb.name].undone === "unless_locked",
}));

describe.each(undoable)("undo of $name", ({ verb }) => {
  test("restores every fact and its judgement", async () => {
    const { scene, company, input, call } = await set(verb);
    const before = await factsOf(company);
    const { request } = await company.as(scene.by, verb, input, call);
    await company.as(scene.by, undo, { request }, call);
    const after = await factsOf(company);
    for (const [id, { facts }] of before) expect(after.get(id)!.facts).toBe(facts);
    expect(await checkProjections(company.client, call.today)).toBeNull();
  });
});

describe.each(undoable.filter(({ isLocked }) => isLocked))("undo of $name", ({ verb }) => {
  test("passes no lock once the deal is closed", async () => {
    const { scene, company, input, call } = await set(verb);
    const { request } = await company.as(scene.by, verb, input, call);
    const dealIds = new Set((await entriesOf(company, request)).map(({ dealId }) => dealId as string));
    for (const dealId of dealIds) await company.as("ana", closeDeal, { dealId, outcome: "lost" }, call);
    const before = await factsOf(company);
    await expect(company.as(scene.by, undo, { request }, call)).rejects.toMatchObject({
      rule: expect.any(String),
    });
    expect(await factsOf(company)).toEqual(before);
  });
});
