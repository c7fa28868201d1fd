import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request as relay, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { decode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { REQUESTS } from "@/lib/auth/rate-limit";
import { createApiKey } from "@/lib/commands/api-key/create-api-key";
import { type Company, openCompany, PASSWORD } from "@/lib/commands/commands.fixture";
import { companyDay } from "@/lib/company-day";
import { tokenOf } from "./session.fixture";

const SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";

/** A process that serves the API as the app's routes do, with the sessions of the app. */
const SERVING = `
  import { createServer } from "node:http";
  import { answerApi } from "@/lib/api/server";
  import { whoAsks } from "@/lib/api/who-asks";
  import { actorOfToken } from "@/lib/auth/session";
  const server = createServer(async (asked, answer) => {
    const chunks = [];
    for await (const chunk of asked) chunks.push(chunk);
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const request = new Request("http://" + asked.headers.host + asked.url, { method: asked.method, headers: asked.headers, body });
    const token = /(?:^|; )next-auth.session-token=([^;]*)/.exec(asked.headers.cookie ?? "")?.[1];
    const response = await answerApi(request, () => whoAsks(request, async () => token ? actorOfToken(token) : null));
    answer.writeHead(response.status, Object.fromEntries(response.headers));
    answer.end(Buffer.from(await response.arrayBuffer()));
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;

let company: Company;
const processes: ChildProcess[] = [];
let balancer: Server;
let address: string;

async function serve(): Promise<number> {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", SERVING], {
    cwd: resolve("."),
    env: { ...process.env, DATABASE_URL: company.url, NEXTAUTH_SECRET: SECRET, LOG_LEVEL: "silent" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  processes.push(child);
  const [port] = await once(createInterface(child.stdout!), "line");
  return Number(port);
}

/** One request to the one process, the next to the other, whoever sends them. */
function balance(ports: readonly number[]): Server {
  let turn = 0;
  return createServer((asked, answer) => {
    const port = ports[turn++ % ports.length]!;
    const onward = relay(
      { port, host: "127.0.0.1", path: asked.url, method: asked.method, headers: asked.headers },
      (answered) => {
        answer.writeHead(answered.statusCode!, { ...answered.headers, "x-served-by": String(port) });
        answered.pipe(answer);
      },
    );
    asked.pipe(onward);
  });
}

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", SECRET);
  company = await openCompany();
  balancer = balance(await Promise.all([serve(), serve()])).listen(0, "127.0.0.1");
  await once(balancer, "listening");
  address = `http://127.0.0.1:${(balancer.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  balancer?.closeAllConnections();
  balancer?.close();
  for (const child of processes) child.kill("SIGKILL");
  await company?.close();
  vi.unstubAllEnvs();
});

interface Sent {
  token?: string;
  key?: string;
  body?: unknown;
  idempotencyKey?: string;
}

async function send(path: string, { token, key, body, idempotencyKey }: Sent = {}) {
  const response = await fetch(`${address}/api/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "content-type": "application/json",
      ...(token && { cookie: `next-auth.session-token=${token}`, origin: address }),
      ...(key && { authorization: `Bearer ${key}` }),
      ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const by = response.headers.get("x-served-by")!;
  return { status: response.status, by, headers: response.headers, json: await response.json() };
}

test("a session that one process knows is known to the other, and ends for both at once", async () => {
  const token = await tokenOf("ana", company.client);
  const seen = [await send("/me", { token }), await send("/me", { token })];
  expect(seen.map(({ status }) => status)).toEqual([200, 200]);
  expect(new Set(seen.map(({ by }) => by)).size).toBe(2);
  const { session } = (await decode({ token, secret: SECRET }))!;
  const elsewhere = await tokenOf("ana", company.client);
  const ended = await send("/end-sessions", { token: elsewhere, body: { sessions: [session] } });
  expect(ended.status).toBe(200);
  const after = [await send("/me", { token }), await send("/me", { token })];
  expect(after.map(({ status }) => status)).toEqual([401, 401]);
});

test("what one process wrote the other answers at once, and a repeat of it anywhere is the first answer", async () => {
  const token = await tokenOf("ana", company.client);
  const deal = {
    ...{ account: "Larkfield Foods", amount: 1_000_000, currency: "USD", stage: 2 },
    createdOn: companyDay(Date.now(), "UTC"),
  };
  const write = { token, body: deal, idempotencyKey: "once-and-no-more" };
  const [first, again] = [await send("/create-deal", write), await send("/create-deal", write)];
  expect(first.status).toBe(200);
  expect(again.by).not.toBe(first.by);
  expect(again.json).toEqual(first.json);
  const { dealId } = (first.json as { answer: { dealId: string } }).answer;
  for (let nth = 0; nth < 2; nth++) {
    const read = await send(`/deal?dealId=${dealId}`, { token });
    expect(read.status).toBe(200);
  }
  const listed = (await send("/deals-list", { token })).json as { rows: { id: string }[] };
  expect(listed.rows.filter(({ id }) => id === dealId)).toHaveLength(1);
});

test("a key's requests are counted over both: no more get through than one would let through", async () => {
  const input = { name: "Sheet", scopes: ["read"], password: PASSWORD };
  const { key } = (await company.as("ana", createApiKey, input)) as unknown as { key: string };
  const served = new Map<string, number>();
  let through = 0;
  let refused = 0;
  for (let wave = 0; wave < 40; wave++) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send("/me", { key })));
    for (const { status, by } of answers) {
      served.set(by, (served.get(by) ?? 0) + 1);
      if (status === 200) through++;
      else if (status === 429) refused++;
    }
  }
  expect(served.size).toBe(2);
  expect(through + refused).toBe(800);
  expect(through).toBeLessThanOrEqual(REQUESTS);
  expect(through).toBeGreaterThan(REQUESTS - 60);
}, 60_000);
