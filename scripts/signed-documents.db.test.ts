import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { growLog } from "@/lib/audit/grow";
import { newestHead } from "@/lib/audit/head";
import { standingHeads } from "@/lib/audit/standing";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { type Company, openCompany, PASSWORD, type Person } from "@/lib/commands/commands.fixture";
import { draftCompensationPlan } from "@/lib/commands/compensation/draft-compensation-plan";
import { signCompensationPlan } from "@/lib/commands/compensation/sign-compensation-plan";
import { withdrawCompensationPlan } from "@/lib/commands/compensation/withdraw-compensation-plan";
import { agreedForYears, SIGNERS } from "@/lib/commands/review/freeze.fixture";
// @ts-expect-error plain JavaScript, as an outsider runs it
import { check } from "./verifier/check.mjs";
// @ts-expect-error the same
import { readDatabase } from "./verifier/read-database.mjs";
// @ts-expect-error the same
import { readExport } from "./verifier/read-export.mjs";
import { exportLog } from "./write-export";

/** A compensation plan is signed as a policy is (§8.8, §8.10): by the one guard, on the log's head, for an outsider to verify. */
const NONE = { capPerDeal: null, capPerQuarter: null };
const PLAN = {
  ...{ title: "The plan", paidTo: "partner", from: "2026-Q1", to: null },
  lines: {
    sourced: { pays: { of: "rate", basisPoints: 500 }, ...NONE },
    influenced: { pays: { of: "nothing" }, ...NONE },
  },
};

let company: Company;
let owner: postgres.Sql;
let folder: string;

const drafted = async (plan: Record<string, unknown> = PLAN) => {
  const { planId, hash } = await company.as("hope", draftCompensationPlan, plan);
  return { planId: planId as string, hash: hash as string };
};
const sign = (person: Person, plan: { planId: string; hash: string }) =>
  company.as(person, signCompensationPlan, { ...plan, password: PASSWORD });
/** Takes every entry into the tree: what is young waits a moment. */
const growAll = () =>
  vi.waitFor(
    async () => {
      await growLog(company.client);
      const [young] = await owner`select count(*)::int as count from audit_log l
        where not exists (select from audit_tree t where t.level = 0 and t.audit_id = l.id)`;
      expect(young?.count).toBe(0);
    },
    { timeout: 20_000 },
  );

/** Takes away the agreement of years, whose signatures no entry tells of. */
const forgetPolicy = () =>
  owner.unsafe(`set session_replication_role = replica; update policies set demo = true;
    delete from signatures; delete from policies; set session_replication_role = default`);

/** What the database itself says to a signature that comes past every verb, by somebody who acts as `actor`. */
const refusal = (plan: { planId: string; hash: string }, seat: string, person: string, actor = person) =>
  owner
    .begin(async (sql) => {
      await sql`select set_config('countersign.actor', ${`user:${actor}`}, true), set_config('countersign.request', 'R', true)`;
      await sql`insert into compensation_signatures (plan_id, seat, user_id, name, hash)
        values (${plan.planId}, ${seat}, ${person}, 'whoever', ${plan.hash})`;
    })
    .then(
      () => "accepted",
      (error: { code: string; message: string }) => `${error.code} ${error.message}`,
    );

beforeAll(async () => {
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  company = await openCompany();
  owner = postgres(company.url, { max: 1, onnotice: () => {} });
  folder = mkdtempSync(join(tmpdir(), "countersign-signed-"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await owner.end();
  await company.close();
});

test("the database takes a plan's signature only after a policy, in one's own seat, in person, over its hash, once", async () => {
  const plan = await drafted();
  expect(await refusal(plan, "cro", "carl")).toBe("CS202 compensation is signed after the policy");
  await agreedForYears(company.url, SIGNERS);
  const other = { ...plan, hash: "0".repeat(64) };
  expect(await refusal(other, "cro", "carl")).toMatch(/^CS202 .*its hash differs$/);
  expect(await refusal(plan, "cro", "fay")).toBe("CS202 Fay Chen does not hold this seat");
  expect(await refusal(plan, "cro", "carl", "hope")).toMatch(/^CS202 nobody signs for somebody else/);
  await sign("carl", plan);
  expect(await refusal(plan, "finance", "carl")).toMatch(/^CS202 .*one person, one seat$/);
  expect(await refusal(plan, "cro", "clara")).not.toBe("accepted");
  await company.as("hope", withdrawCompensationPlan, { planId: plan.planId, reason: "written anew" });
  expect(await refusal(plan, "finance", "fay")).toBe("CS202 this plan was withdrawn");
});

test("each signature stands on the head of the log that there was", async () => {
  const plan = await drafted();
  await growAll();
  const head = await newestHead(company.client.db);
  expect(head).not.toBeNull();
  for (const person of ["carl", "fay", "hope"] as const) await sign(person, plan);
  const standing = await standingHeads(company.client.db);
  expect(standing.filter(({ on }) => on.includes(plan.planId))).toEqual(
    ["cro", "finance", "head_of_partnerships"].map((seat) => ({
      ...{ on: `signature ${plan.planId} ${seat}`, head },
    })),
  );
  expect(await refusal(plan, "cro", "carl")).toMatch(/there is no fourth signature$/);
});

test("an outsider verifies plans as policies, and finds a text that is not the one that was signed", async () => {
  await forgetPolicy();
  await growAll();
  const database = await readDatabase(company.url);
  expect(await check(database, null)).toContainEqual(
    expect.stringMatching(/^0 policies and 2 compensation plans, the hash that of the text/),
  );
  await database.close();
  const whole = join(folder, "whole");
  await exportLog(company.client.db, whole);
  const file = join(whole, "plans.jsonl");
  const text = readFileSync(file, "utf8");
  const found = async (forged: string) => {
    writeFileSync(file, forged);
    return check(readExport(whole), null).then(() => null, String);
  };
  expect(await found(text)).toBeNull();
  expect(await found(text.replaceAll("500", "900"))).toMatch(/is not the text of its hash/);
  expect(await found(text.replace('"seat":"cro"', '"seat":"auditor"'))).toMatch(
    /the log tells of no signature by auditor of the compensation plan/,
  );
});

test("an export within seconds of a signature is whole: what is too young for the newest head is left out of it", async () => {
  await agreedForYears(company.url, SIGNERS);
  const plan = await drafted({ ...PLAN, paidTo: "partner_manager" });
  await growAll();
  await sign("carl", plan);
  await forgetPolicy();
  const young = join(folder, "young");
  await exportLog(company.client.db, young);
  expect(readFileSync(join(young, "plans.jsonl"), "utf8")).toContain(`"id":"${plan.planId}"`);
  expect(await check(readExport(young), null).then(() => null, String)).toBeNull();
  // Once it is old enough it is in it, and a signature that no entry tells of is in it from the first: it is found.
  await growAll();
  const old = join(folder, "old");
  await exportLog(company.client.db, old);
  expect(readFileSync(join(old, "plans.jsonl"), "utf8")).toMatch(
    new RegExp(`"id":"${plan.planId}".*"seat":"cro"`),
  );
  expect(await check(readExport(old), null).then(() => null, String)).toBeNull();
  await owner.unsafe(`set session_replication_role = replica;
    insert into compensation_signatures (plan_id, seat, user_id, name, hash)
      values ('${plan.planId}', 'finance', 'fay', 'Fay Chen', '${plan.hash}');
    set session_replication_role = default`);
  const forged = join(folder, "forged");
  await exportLog(company.client.db, forged);
  expect(await check(readExport(forged), null).then(() => null, String)).toMatch(
    /the log tells of no signature by finance/,
  );
});
