import { register } from "prom-client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { measured } from "@/lib/jobs/meters";
import { answerMetrics, metered } from "./metered";

const TOKEN = "a-token-of-thirty-two-characters-or-more";
let url: string;
beforeAll(async () => {
  ({ url } = await testDatabase());
});
beforeEach(() => {
  vi.stubEnv("DATABASE_URL", url);
  vi.stubEnv("METRICS_TOKEN", TOKEN);
  vi.stubEnv("LOG_LEVEL", "silent");
});
afterEach(() => vi.unstubAllEnvs());
afterAll(closeDatabases);

const ask = (headers: Record<string, string> = {}) =>
  answerMetrics(new Request("http://localhost/metrics", { headers }));
const read = async () => (await ask({ authorization: `Bearer ${TOKEN}` })).text();
const of = (text: string, line: string) =>
  Number(
    text
      .split("\n")
      .find((one) => one.startsWith(`${line} `))
      ?.slice(line.length),
  );

describe("who reads them", () => {
  const here = { "x-forwarded-for": "127.0.0.1" };
  test.each([
    ["the token", { METRICS_TOKEN: TOKEN }, { authorization: `Bearer ${TOKEN}` }, 200],
    ["another token", { METRICS_TOKEN: TOKEN }, { authorization: `Bearer ${TOKEN}x` }, 404],
    [
      "this machine, where a token is wanted",
      { METRICS_TOKEN: TOKEN, NEXTAUTH_URL: "http://localhost:3000" },
      here,
      404,
    ],
    ["a token that could be guessed", { METRICS_TOKEN: "short" }, { authorization: "Bearer short" }, 404],
    ["this machine", { METRICS_TOKEN: "", NEXTAUTH_URL: "http://localhost:3000" }, here, 200],
    [
      "another machine",
      { METRICS_TOKEN: "", NEXTAUTH_URL: "http://localhost:3000" },
      { "x-forwarded-for": "192.0.2.7" },
      404,
    ],
    [
      "another by a proxy here",
      { METRICS_TOKEN: "", NEXTAUTH_URL: "http://localhost:3000" },
      { "x-forwarded-for": "192.0.2.7, 127.0.0.1" },
      404,
    ],
    [
      "anybody by a proxy that says nothing",
      { METRICS_TOKEN: "", NEXTAUTH_URL: "https://c.example" },
      here,
      404,
    ],
    ["nobody knows from where", { METRICS_TOKEN: "", NEXTAUTH_URL: "http://localhost:3000" }, {}, 404],
  ])("%s", async (_, env, headers, status) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect((await ask(headers)).status).toBe(status);
  });
});

test("tell how requests were answered, and keep no name that a stranger made up", async () => {
  const say = (path: string, status: number) =>
    metered(new Request(`http://localhost/api/v1${path}`), async () => new Response(null, { status }));
  await say("/deals-list?x=1", 200);
  await say("/deals-list", 200);
  await say("/deals-list", 503);
  await say("/made-up", 404);
  await say("/made-up-too", 401);
  const text = await read();
  const count = (labels: string) => of(text, `countersign_request_seconds_count{${labels}}`);
  expect(count('operation="deals-list",method="GET",status="2xx"')).toBe(2);
  expect(count('operation="deals-list",method="GET",status="5xx"')).toBe(1);
  expect(count('operation="other",method="GET",status="4xx"')).toBe(2);
  expect(text).not.toContain("made-up");
});

test("tell of jobs, connections and what waits, and of a database that is gone", async () => {
  const job = (work: () => Promise<unknown>) => measured({ name: "forget-keys", everyMs: 1, work });
  const given = [undefined, "2026-05-20", new Date(0)] as never as Parameters<ReturnType<typeof job>["work"]>;
  await job(async () => 1).work(...given);
  await expect(job(() => Promise.reject(new Error("no room"))).work(...given)).rejects.toThrow("no room");
  const text = await read();
  expect(of(text, 'countersign_job_turn_seconds_count{job="forget-keys",outcome="done"}')).toBe(1);
  expect(of(text, 'countersign_job_turn_seconds_count{job="forget-keys",outcome="failed"}')).toBe(1);
  expect(of(text, "countersign_database_up")).toBe(1);
  expect(of(text, "countersign_audit_entries_waiting")).toBe(0);
  expect(of(text, 'countersign_connections{pool="write",state="waiting"}')).toBe(0);
  vi.stubEnv("DATABASE_URL", "postgres://nobody:secret@127.0.0.1:1/none");
  const gone = await read();
  expect(of(gone, "countersign_database_up")).toBe(0);
  expect(gone).toMatch(/^countersign_audit_entries_waiting Nan$/im);
  expect(register.getMetricsAsArray().length).toBeGreaterThan(10);
});
