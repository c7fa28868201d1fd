import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { growLog } from "@/lib/audit/grow";
import { newestHead } from "@/lib/audit/head";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { verifyAuditLog } from "./verify-audit-log";
import { witnessAt, witnessAuditHead } from "./witness-audit-head";

let url: string;
let client: Client;
let witness: Server;
let status = 200;
const told: { head: string; size: number; keys: unknown[] }[] = [];

beforeAll(async () => {
  url = (await testDatabase()).url;
  client = connect(url, { max: 2 });
  witness = createServer(async (request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (status === 200) told.push(JSON.parse(Buffer.concat(parts).toString()));
    response.writeHead(status).end();
  }).listen(0, "127.0.0.1");
  await once(witness, "listening");
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  vi.stubEnv("AUDIT_WITNESS_URL", `http://127.0.0.1:${(witness.address() as AddressInfo).port}/heads`);
});
afterEach(() => {
  status = 200;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  witness.close();
  await client.close();
});

async function grow(subject: string) {
  await guardedTransaction(client, { actor: "system:test", request: "scene" }, (tx) =>
    tx.execute(sql`insert into audit_log (actor, action, request, subject_kind, subject_id)
      values ('system:test', 'create-deal', 'scene', 'deal', ${subject})`),
  );
  while ((await growLog(client)) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
const turn = () => witnessAuditHead.work(client, "2026-05-20", () => new Date());

test("a witness is told each newest head once, and again what it did not take in", async () => {
  await turn();
  expect(told).toEqual([]);
  await grow("D-1");
  status = 503;
  await expect(turn()).rejects.toThrow(/the witness at 127.0.0.1:\d+ answered 503/);
  status = 200;
  await turn();
  await turn();
  expect(told).toMatchObject([{ size: 1, head: await newestHead(client.db), keys: [expect.anything()] }]);
  await grow("D-2");
  await turn();
  expect(told.map(({ size }) => size)).toEqual([1, 2]);
});

test("nobody is told over a line that others read, or where nobody was named", async () => {
  for (const text of ["http://witness.example/heads", "no address", "ftp://witness.example"])
    expect(() => witnessAt(text)).toThrow("AUDIT_WITNESS_URL");
  expect(witnessAt("https://witness.example/heads").host).toBe("witness.example");
  vi.stubEnv("AUDIT_WITNESS_URL", "");
  await grow("D-3");
  await turn();
  expect(told).toHaveLength(2);
});

test("what the server found of its log is kept, and a log that is not whole is a fault", async () => {
  const verify = () => verifyAuditLog.work(client, "2026-05-20", () => new Date());
  await verify();
  const kept = () =>
    client.db.execute(
      sql`select verdict->'ok' as ok, verdict->'fault' as fault from audit_checks order by at`,
    );
  expect([...(await kept())]).toEqual([{ ok: true, fault: null }]);
  const owner = postgres(url, { max: 1 });
  await owner.unsafe(`alter table audit_log disable trigger all;
    update audit_log set subject_id = 'D-9' where id = 2; alter table audit_log enable trigger all`);
  await owner.end();
  await expect(verify()).rejects.toThrow(/not whole.*changed/);
  expect([...(await kept())].at(-1)).toEqual({ ok: false, fault: "changed" });
});
