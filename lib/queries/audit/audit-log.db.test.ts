import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { z } from "zod";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { growLog } from "@/lib/audit/grow";
import { isIncluded, leafHash } from "@/lib/audit/tree";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { SEATS, type UserRole } from "@/lib/auth/roles";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { costsAndRates } from "../company/costs-and-rates";
import { answer, type Query } from "../query";
import { auditHead } from "./audit-head";
import { auditLog } from "./audit-log";
import { auditProof } from "./audit-proof";
import { auditVerdict } from "./audit-verdict";

let client: Client;

function ask<I extends z.ZodType, O extends z.ZodType>(query: Query<I, O>, input: z.input<I>) {
  return answer(query, query.input.parse(input), { db: client.db, actor: COMMAND_LINE, today: "2026-05-20" });
}

/** How many entries each request wrote, in order; `wide` stands for an import of many rows. */
const WROTE: readonly [request: string, action: string, entries: number][] = [
  ["first", "create-deal", 1],
  ["wide", "import-batch", 500],
  ["pair", "tag-partner", 2],
  ["last", "move-stage", 1],
];

beforeAll(async () => {
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  client = connect((await testDatabase()).url);
  for (const [request, action, entries] of WROTE) {
    await guardedTransaction(client, { actor: "user:U-1", request }, async (tx) => {
      await tx.execute(sql`
        insert into audit_log (actor, action, request, deal_id, subject_kind, subject_id)
        select 'user:U-1', ${action}, ${request}, null, 'deal', 'D-' || n from generate_series(1, ${entries}) n`);
    });
  }
  for (let grown = 0; grown < 504; ) grown += await growLog(client);
  await guardedTransaction(client, { actor: "system:test", request: "costs" }, async (tx) => {
    await tx.execute(sql`insert into costs values ('2026-Q1', 'direct_sales', 'headcount', 700000, 'GBP')`);
    await tx.execute(sql`insert into rates (quarter, currency, rate) values ('2026-Q1', 'EUR', 1.083500)`);
  });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await client.close();
});

describe("whoever signs, admins and auditors", () => {
  const READERS = ["admin", "auditor", ...SEATS] as const;
  const as = (role: UserRole) => ({ db: client.db, actor: { ...COMMAND_LINE, role }, today: "2026-05-20" });
  const asks = (role: UserRole) => answer(auditVerdict, {}, as(role));

  it.each(READERS)("as %s read the whole log and are told whether it is whole", async (role) => {
    expect((await asks(role)).ok).toBe(true);
    expect((await answer(auditLog, auditLog.input.parse({}), as(role))).entries).not.toEqual([]);
    expect((await answer(auditHead, {}, as(role))).keys).toHaveLength(1);
  });
  it.each(["ae", "partner_manager"] as const)("are not %s", async (role) => {
    const all = [asks(role), answer(auditHead, {}, as(role)), answer(auditProof, { id: 1 }, as(role))];
    for (const one of [...all, answer(auditLog, auditLog.input.parse({}), as(role))])
      await expect(one).rejects.toMatchObject({ code: "forbidden" });
  });

  it("take an entry's proof along, which the head alone holds", async () => {
    const { head, checked } = await answer(auditHead, {}, as("auditor"));
    expect(head).toMatchObject({ size: 504, signed: expect.stringMatching(/^ey/) });
    expect(checked).toBeNull();
    const proof = await answer(auditProof, { id: 300 }, as("auditor"));
    expect(proof.head).toBe(head!.signed);
    expect(isIncluded(leafHash(proof.entry), proof.place, head!, proof.path)).toBe(true);
    expect(JSON.parse(proof.entry)).toMatchObject({ id: "300", request: "wide" });
    await expect(answer(auditProof, { id: 9_999 }, as("auditor"))).rejects.toMatchObject({ field: "id" });
  });
});

describe("the audit log", () => {
  it("tells each request once with how many entries it wrote, page by page", async () => {
    const told: [string, string, number | null][] = [];
    for (let before: number | undefined; ; ) {
      const { entries, next } = await ask(auditLog, { perRequest: true, limit: 1, before });
      told.push(
        ...entries.map(({ request, action, wrote }): (typeof told)[number] => [request, action, wrote]),
      );
      if (next === null) break;
      before = next;
    }
    expect(told).toEqual([...WROTE].reverse());
  });

  it("tells in one page what it tells in many", async () => {
    const { entries, next } = await ask(auditLog, { perRequest: true, limit: 50 });
    expect(entries.map(({ request }) => request)).toEqual(["last", "pair", "wide", "first"]);
    expect(next).toBeNull();
  });

  it("says by which key to the API something was written, and by none where a person did", async () => {
    await guardedTransaction(client, { actor: "user:U-1", request: "AK-7:r-1" }, async (tx) => {
      await tx.execute(sql`
        insert into api_keys (id, name, role, scopes, key_hash, hint, created_by, expires_at)
        values ('AK-7', 'Nightly export', 'auditor', '{read}', ${"a".repeat(64)}, 'csk_a', 'user:U-1', now() + interval '1 day')`);
      await tx.execute(sql`
        insert into audit_log (actor, action, request, subject_kind, subject_id)
        values ('user:U-1', 'edit-account', 'AK-7:r-1', 'account', 'AC-1')`);
    });
    const { entries } = await ask(auditLog, { limit: 2 });
    expect(entries.map(({ request, keyName }) => [request, keyName])).toEqual([
      ["AK-7:r-1", "Nightly export"],
      ["last", null],
    ]);
  });

  it("narrows to an action, an actor, or what one request wrote", async () => {
    const tags = await ask(auditLog, { action: "tag-partner" });
    expect(tags.entries.map(({ request, wrote }) => [request, wrote])).toEqual([
      ["pair", null],
      ["pair", null],
    ]);
    expect((await ask(auditLog, { actor: "user:U-2" })).entries).toEqual([]);
    const wide = await ask(auditLog, { request: "wide", limit: 20 });
    expect(wide.entries).toHaveLength(20);
    expect(new Set(wide.entries.map(({ request }) => request))).toEqual(new Set(["wide"]));
    const imports = await ask(auditLog, { action: "import-batch", perRequest: true });
    expect(imports.entries.map(({ wrote }) => wrote)).toEqual([500]);
  });
});

describe("costs and rates", () => {
  it("tells rates without trailing zeros, and every currency in use", async () => {
    const { costs, rates, currencies } = await ask(costsAndRates, {});
    expect(costs).toMatchObject([
      { quarter: "2026-Q1", side: "direct_sales", amount: 700000, currency: "GBP" },
    ]);
    expect(rates).toMatchObject([{ quarter: "2026-Q1", currency: "EUR", rate: "1.0835" }]);
    expect(currencies).toEqual(["GBP"]);
  });
});
