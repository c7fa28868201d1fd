/** The official client against the real handler and queries. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { newKey } from "@/lib/auth/api-key";
import { createApiKey } from "@/lib/commands/api-key/create-api-key";
import { type Company, openCompany, PASSWORD, type Person } from "@/lib/commands/commands.fixture";
import { dropEvidence } from "@/lib/commands/evidence/drop-evidence";
import { startDraft } from "@/lib/commands/policy/start-draft";
import { agreedForYears, SIGNERS } from "@/lib/commands/review/freeze.fixture";
import { API_VERBS } from "@/lib/commands/verbs";
import { answerTools } from "./answer-tools";
import { TOOLS } from "./tools";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

let company: Company;
let dealId: string;
let policyId: string;
beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz");
  company = await openCompany();
  await agreedForYears(company.url, SIGNERS);
  vi.stubEnv("DATABASE_URL", company.url);
  dealId = await company.deal();
  ({ policyId } = (await company.as("hope", startDraft, { title: "Next year" })) as unknown as {
    policyId: string;
  });
  const note = Buffer.from("Northgate ran the joint discovery with Larkfield Foods on 2026-05-12.");
  await company.as("pam", dropEvidence, { name: "note.txt", content: note.toString("base64") });
});
afterAll(async () => {
  await closeDatabases();
  await company.close();
  vi.unstubAllEnvs();
});

async function keyOf(person: Person, scopes: string[]): Promise<string> {
  const made = await company.as(person, createApiKey, { name: "Model", scopes, password: PASSWORD });
  return (made as unknown as { key: string }).key;
}

async function connected(key: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StreamableHTTPClientTransport(new URL("https://sign.test/api/mcp"), {
      requestInit: { headers: { authorization: `Bearer ${key}` } },
      fetch: (url, init) => answerTools(new Request(url, init)),
    }),
  );
  return client;
}

const countEntries = async () =>
  Number((await company.client.db.execute(sql`select count(*) as n from audit_log`))[0]!.n);

/** A call of each tool, and what of its answer shows that it was answered. */
const CALLS = (): Record<string, [Record<string, unknown>, (answer: never) => unknown]> => ({
  find_deal: [
    { search: "Larkfield" },
    ({ rows }: { rows: { id: string }[] }) => rows.some(({ id }) => id === dealId),
  ],
  why_deal: [{ dealId }, ({ result }: { result: { outcome: string } }) => result.outcome === "none"],
  numbers: [{ quarter: "2026-Q2" }, (answer) => answer],
  why_moved: [
    { number: "sourcedPipeline", quarter: "2026-Q2", from: "2026-05-01", to: "2026-05-20" },
    ({ parts }: { parts: unknown[] }) => Array.isArray(parts),
  ],
  inbox: [{}, (answer) => answer],
  policies: [{}, (answer) => JSON.stringify(answer).includes(policyId)],
  backtest_draft: [{ policyId }, ({ result }: { result: { deals: number } }) => result.deals > 0],
  evidence_waiting: [{}, (answer) => JSON.stringify(answer).includes("joint discovery")],
});

test("the official client lists every tool, each marked as one that reads, and calls each", async () => {
  const client = await connected(await keyOf("hope", ["read"]));
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
  for (const { annotations, inputSchema, description } of tools) {
    expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
    expect(description).toBeTruthy();
  }
  const before = await countEntries();
  const calls = CALLS();
  expect(Object.keys(calls)).toEqual(tools.map(({ name }) => name));
  for (const [name, [input, holds]] of Object.entries(calls)) {
    const { isError, structuredContent, content } = await client.callTool({ name, arguments: input });
    expect(isError ?? false, `${name}: ${JSON.stringify(content)}`).toBe(false);
    expect(holds(structuredContent as never), name).toBeTruthy();
  }
  expect(await countEntries()).toBe(before);
  await client.close();
});

test("what is asked wrongly is answered with the rule, and no name of a write is a tool", async () => {
  const client = await connected(await keyOf("hope", ["read", "write:deals"]));
  const wrong = await client.callTool({ name: "why_deal", arguments: { dealId: "D-none" } });
  expect(wrong).toMatchObject({ isError: true, structuredContent: { code: "not_found", field: "dealId" } });
  const more = await client.callTool({ name: "find_deal", arguments: { search: "x", outcome: "sourced" } });
  expect(more).toMatchObject({ isError: true, structuredContent: { field: "outcome" } });
  const before = await countEntries();
  for (const { name } of API_VERBS)
    for (const called of [name, name.replaceAll("-", "_")])
      await expect(client.callTool({ name: called, arguments: { dealId } })).rejects.toThrow(
        "there is no tool",
      );
  expect(await countEntries()).toBe(before);
  await client.close();
});

test("what its owner may not see, a key's tool does not show", async () => {
  const client = await connected(await keyOf("fay", ["read"]));
  expect(await client.callTool({ name: "evidence_waiting", arguments: {} })).toMatchObject({
    isError: true,
    structuredContent: { code: "forbidden" },
  });
  await client.close();
});

test("a wrong key, one not made for reading, and none at all are refused", async () => {
  await expect(connected(newKey())).rejects.toThrow();
  await expect(connected(await keyOf("hope", ["write:deals", "gate"]))).rejects.toThrow();
  const none = await answerTools(new Request("https://sign.test/api/mcp", { method: "POST", body: "{}" }));
  expect(none.status).toBe(401);
  expect(none.headers.get("www-authenticate")).toBe("Bearer");
  const listening = await answerTools(new Request("https://sign.test/api/mcp"));
  expect(listening.status).toBe(405);
});
