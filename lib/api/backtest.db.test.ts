import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDatabases, database } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { PRESETS } from "@/lib/attribution/policy";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { makeClient } from "./client";
import { problemOf } from "./problem-of";
import { answerApi } from "./server";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

const DEALS = 4_500;
const client = makeClient("http://countersign.test", (request) => {
  const headers = new Headers(request.headers);
  headers.set("sec-fetch-site", "same-origin");
  return answerApi(new Request(request, { headers }), async () => COMMAND_LINE);
});
const ask = { policy: { document: PRESETS.lanes } };

beforeAll(async () => {
  process.env.DATABASE_URL = (await testDatabase()).url;
  await guardedTransaction(database(), { actor: "system:test", request: randomUUID() }, async (tx) => {
    await tx.execute(sql`
      insert into deals (id, owner, amount, currency, type, route, created_on, outcome)
      select 'D-' || n, 'Ann', 100, 'USD', 'new', 'direct', '2026-01-01', 'open'
      from generate_series(1, ${DEALS}::integer) n`);
  });
});
afterAll(async () => {
  await closeDatabases();
  delete process.env.DATABASE_URL;
});

describe("a backtest through the API", () => {
  it("streams how far it is, then what came out", async () => {
    const events = [];
    for await (const event of await client.backtest(ask)) events.push(event);
    const progress = events.filter((one) => one.event === "progress");
    expect(progress.map(({ judged, total }) => [judged, total])).toEqual([
      ...[0, 1000, 2000, 3000, 4000, DEALS].map((judged) => [judged, DEALS]),
    ]);
    expect(events.at(-1)).toMatchObject({
      event: "result",
      result: {
        deals: DEALS,
        moved: DEALS,
        moves: [
          {
            from: "none",
            to: "unattributed",
            deals: DEALS,
            amounts: [{ amount: 100 * DEALS, currency: "USD" }],
          },
        ],
        quarters: [],
      },
    });
  });

  it("ends when the one who asked goes away", async () => {
    const going = new AbortController();
    const judged: number[] = [];
    const read = async () => {
      for await (const event of await client.backtest(ask, { signal: going.signal })) {
        judged.push(event.event === "progress" ? event.judged : DEALS + 1);
        if (judged.length === 2) going.abort();
      }
    };
    await read().catch((error) => expect(error).toMatchObject({ name: "AbortError" }));
    expect(judged.length).toBeLessThan(5);
    expect(judged).not.toContain(DEALS + 1);
  });

  it.each([
    ["a policy that is not there", { policy: { policyId: "M-404" } }, "not_found", "policy.policyId"],
    ["a document that is none", { policy: { document: { model: "luck" } } }, "invalid", /policy.document/],
    ["a quarter that is none", { ...ask, quarters: ["2026"] }, "invalid", /quarters/],
  ])("refuses %s before it begins", async (_what, input, code, field) => {
    const refused = await client.backtest(input as typeof ask).then(
      () => null,
      (error) => problemOf(error),
    );
    expect(refused?.code).toBe(code);
    expect(refused?.field).toMatch(field);
  });
});
