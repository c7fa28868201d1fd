/** Who gets what of the API: every call × nobody, each role, each scope of a key (domain.md §9). */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import type { Actor } from "@/lib/auth/actor";
import { KEY_SCOPES, type KeyScope, scopeOpening } from "@/lib/auth/key-scopes";
import { scopeOf } from "@/lib/auth/permissions";
import { USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { type Company, openCompany, type Person } from "@/lib/commands/commands.fixture";
import { API_VERBS } from "@/lib/commands/verbs";
import { QUERIES } from "@/lib/queries/queries";
import type { Query } from "@/lib/queries/query";
import { IN_ADDRESS } from "./routes";
import { answerApi } from "./server";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

const OF_ROLE: Record<UserRole, Person> = {
  ae: "ana",
  partner_manager: "pam",
  finance: "fay",
  cro: "carl",
  head_of_partnerships: "hope",
  admin: "rita",
  auditor: "aude",
};

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  vi.stubEnv("DATABASE_URL", company.url);
});
afterAll(async () => {
  await closeDatabases();
  await company.close();
  vi.unstubAllEnvs();
});

/** What nobody may leave in its place: no call takes it, so that none that is let in does anything. */
const NONSENSE = { nonsense: "x" };

async function statusOf(name: string, actor: Actor | null): Promise<number> {
  const reads = (IN_ADDRESS as readonly string[]).includes(name);
  const address = `https://sign.test/api/v1/${name}${reads ? "?nonsense=x" : ""}`;
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  const body = JSON.stringify(NONSENSE);
  const request = new Request(address, reads ? { headers } : { method: "POST", headers, body });
  return (await answerApi(request, async () => actor)).status;
}

const withKey = (role: UserRole, scope: KeyScope, of: string): Actor => ({
  ...company.actor(OF_ROLE[role]),
  key: { id: `AK-${of}-${scope}`, name: "Sheet", scopes: [scope] },
});

/** The roles that are let in to a call: those whose answer is about the input and not about who asks. */
async function letIn<T extends string>(all: readonly T[], ask: (one: T) => Promise<number>): Promise<T[]> {
  const found: T[] = [];
  for (const one of all) {
    const status = await ask(one);
    if (status === 403) continue;
    // Let in, its nonsense is named.
    expect(status, one).toBe(400);
    found.push(one);
  }
  return found;
}

const READS = QUERIES.map((query) => query as unknown as Query);
const OPENED: Readonly<Record<string, readonly KeyScope[]>> = {
  "gate-deal": ["read", "gate"],
  "panel-link": ["read", "gate"],
};

describe.each(READS.map((query) => ({ name: query.name, query })))("the read $name", ({ name, query }) => {
  test("is answered to whom it is for, and refused before its input is looked at", async () => {
    expect(await statusOf(name, null)).toBe(401);
    const roles = await letIn(USER_ROLES, (role) => statusOf(name, company.actor(OF_ROLE[role])));
    expect(roles.toSorted()).toEqual([...(query.only ?? USER_ROLES)].toSorted());
    const scopes = await letIn(KEY_SCOPES, (scope) => statusOf(name, withKey(roles[0]!, scope, name)));
    expect(scopes).toEqual(OPENED[name] ?? ["read"]);
  });
});

/** Who reads what not everybody reads. */
const NOT_EVERYBODYS = {
  "audit-head": "admin auditor cro finance head_of_partnerships",
  "audit-proof": "admin auditor cro finance head_of_partnerships",
  "audit-verdict": "admin auditor cro finance head_of_partnerships",
  "compensation-statement": "auditor cro finance head_of_partnerships partner_manager",
  connection: "admin auditor cro finance head_of_partnerships",
  "connections-list": "admin auditor cro finance head_of_partnerships",
  "evidence-model": "admin auditor cro finance head_of_partnerships",
  "evidence-original": "ae auditor head_of_partnerships partner_manager",
  "evidence-waiting": "ae auditor head_of_partnerships partner_manager",
  "import-preview": "admin finance",
  "jobs-list": "admin auditor",
  "notice-ways": "admin auditor",
  "people-list": "admin auditor",
  "webhooks-list": "admin auditor",
};

/** Said here again: a query that forgets it is found. */
test("what not everybody reads is this", () => {
  const some = READS.filter(({ only }) => only).map(({ name, only }) => [name, only!.toSorted().join(" ")]);
  expect(Object.fromEntries(some)).toMatchObject(NOT_EVERYBODYS);
});

describe.each(API_VERBS.map((verb) => ({ name: verb.name, may: verb.guard.may })))(
  "the write $name",
  ({ name, may }) => {
    test("is let in to its roles, and to a key of the one scope that opens it, if any", async () => {
      expect(await statusOf(name, null)).toBe(401);
      const roles = await letIn(USER_ROLES, (role) => statusOf(name, company.actor(OF_ROLE[role])));
      expect(roles).toEqual(USER_ROLES.filter((role) => scopeOf(may, role)));
      const scopes = await letIn(KEY_SCOPES, (scope) => statusOf(name, withKey(roles[0]!, scope, name)));
      const opens = scopeOpening(may);
      expect(scopes).toEqual(opens ? [opens] : []);
      // A key never does what its owner may not.
      for (const role of USER_ROLES.filter((one) => !roles.includes(one)))
        expect(await statusOf(name, withKey(role, opens ?? "read", name))).toBe(403);
    });
  },
);

/** What a person does signed in and no key does, said again beside the table: what binds the company, and who is let in. */
test.each([
  ...[
    "sign-policy",
    "decline-policy",
    "propose-policy",
    "freeze-quarter",
    "prepare-freeze",
    "decide-exception",
  ],
  ...[
    "accept-restatement",
    "sign-compensation-plan",
    "pay-compensation",
    "sign-forecast",
    "accept-correction",
  ],
  ...[
    "create-user",
    "edit-user",
    "issue-link",
    "change-password",
    "create-api-key",
    "edit-settings",
    "delete-deal",
  ],
  ...[
    "share-statement",
    "lock-month",
    "accept-import",
    "accept-connection",
    "undo",
    "run-job",
    "remove-demo",
  ],
])("no key does %s", (name) => {
  const verb = API_VERBS.find((one) => one.name === name);
  expect(verb && scopeOpening(verb.guard.may)).toBeNull();
});
