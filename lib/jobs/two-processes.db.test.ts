import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { addDays, mondayOf } from "@/lib/calendar";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { companyDay } from "@/lib/company-day";

/** An hour of the house's clock goes by in so many seconds. */
const HOUR_TAKES_S = 30;
const SPEED = 3_600 / HOUR_TAKES_S;
const MINUTE = 60_000;
/** Half an hour before the digests of a Monday that has been. */
const MONDAY = addDays(mondayOf(companyDay(Date.now(), "UTC")), -7);
const START = Date.parse(`${MONDAY}T06:30:00Z`);
const SINGLES = 24;
/** From this minute on, the first process is killed in the middle of its next mail. */
const KILLED_FROM = 20;

const KEYS = JSON.stringify([newSigningKey()]);

/** What a process of the house does besides answering, at the pace of its clock, which all of them are told to begin. */
const WORKER = `
  import { connect } from "@/db/connection/client";
  import { companyDay } from "@/lib/company-day";
  import { JOBS } from "@/lib/jobs/keep-house";
  import { keepRelay } from "@/lib/jobs/relay";
  console.log("ready");
  const began = Number(await new Promise((told) => process.stdin.once("data", told)));
  const now = () => new Date(${START} + (Date.now() - began) * ${SPEED});
  const jobs = JOBS.map((job) => ({ ...job, everyMs: job.everyMs / ${SPEED} }));
  keepRelay(jobs, {
    client: connect(process.env.DATABASE_URL, { max: 4 }),
    report: (job, error) => console.log(JSON.stringify({ job, fault: String(error) })),
    now, today: async () => companyDay(now().getTime(), "UTC"), shiftMs: ${20_000 / SPEED}, lookMs: 40,
  });
  setInterval(() => {}, 1_000);`;

let company: Company;
let chat: Server;
const servers: SMTPServer[] = [];
const workers: ChildProcess[] = [];
/** What arrived, by whom it was brought. */
const arrived: { id: string; by: string }[] = [];
const faults: string[] = [];
let killed = 0;
let began = 0;

const minute = () => ((Date.now() - began) * SPEED) / MINUTE;

/** A mail server of one process alone, so that it is known who brought a letter. */
async function mailServer(by: string, isLast: () => boolean): Promise<string> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part) => parts.push(part));
      stream.on("end", () => {
        // Not taken: who brings it dies before it hears of anything.
        if (isLast()) return;
        const id = /^Message-ID: <([^@>]+)@/im.exec(Buffer.concat(parts).toString())?.[1] ?? "";
        arrived.push({ id, by });
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  servers.push(server);
  return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

/** Starts one, and answers once it has only to be told when to begin: a slow machine takes its time to start it. */
async function work(smtp: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", WORKER], {
    cwd: resolve("."),
    env: {
      ...process.env,
      ...{ DATABASE_URL: company.url, SMTP_URL: smtp },
      ...{ MAIL_FROM: "sign@company.example", SIGNING_KEYS: KEYS },
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  workers.push(child);
  await once(child.stdout!, "data");
  child.stdout!.on("data", (text: Buffer) => faults.push(text.toString()));
  return child;
}

const write = (statement: ReturnType<typeof sql>) =>
  guardedTransaction(company.client, { actor: "system:test", request: "scene" }, (tx) =>
    tx.execute(statement),
  );

beforeAll(async () => {
  company = await openCompany();
  for (let at = 0; at < SINGLES; at++) {
    const dealId = await company.deal();
    await company.as("pam", tagPartner, { dealId, partnerId: "P-1", role: "sourcer", touchedOn: TODAY });
  }
  // Told one by one over the hour, the last with ten minutes to go.
  await write(sql`
    update notices n set due_at = ${new Date(START).toISOString()}::timestamptz + k.at * interval '2 minutes'
    from (select id, row_number() over (order by id) as at from notices) k where k.id = n.id`);
  chat = createServer(async (request, response) => {
    for await (const _ of request);
    arrived.push({ id: request.url!.slice(1), by: "chat" });
    response.end("ok");
  }).listen(0, "127.0.0.1");
  await once(chat, "listening");
  const address = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/digest`;
  await write(
    sql`insert into chat_channels (id, chat, name, address) values ('CC', 'slack', '#all', ${address})`,
  );
  await write(sql`insert into notice_choices (user_id, kind, choice) values ('hope', 'digest', 'chat')`);
}, 120_000);

afterAll(async () => {
  for (const child of workers)
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await Promise.all(servers.map((server) => new Promise<void>((done) => server.close(() => done()))));
  chat?.close();
  await company?.close();
});

interface Row extends Record<string, unknown> {
  id: string;
  kind: string;
  to: string;
  state: string;
  way: string | null;
  attempts: number;
}

test("two processes send each notice of an hour once, though one is killed in the middle of a mail", async () => {
  const first = await work(
    await mailServer("first", () => {
      if (killed > 0 || minute() < KILLED_FROM) return killed > 0;
      killed++;
      return first.kill("SIGKILL");
    }),
  );
  const second = await work(await mailServer("second", () => false));
  began = Date.now();
  for (const child of [first, second]) child.stdin!.write(String(began));
  await pause(HOUR_TAKES_S * 1_000);
  // A slow machine is behind its clock: what is left of the hour is let finish.
  const outbox = async () => {
    const rows = await company.client.db.execute<Row>(sql`
      select id, kind, to_id as "to", state, way, attempts from notices order by kind, to_id, id`);
    return [...rows];
  };
  const settled = async () => {
    const rows = await outbox();
    return rows.some(({ kind }) => kind === "digest") && rows.every(({ state }) => state !== "waiting");
  };
  await expect.poll(settled, { timeout: 30_000, interval: 500 }).toBe(true);

  expect(killed).toBe(1);
  const rows = await outbox();
  const mailed = rows.filter(({ way }) => way === "mail").map(({ id }) => id);
  const byMail = arrived.filter(({ by }) => by !== "chat");
  expect(byMail.map(({ id }) => id).sort()).toEqual(mailed.toSorted());
  expect(new Set(byMail.map(({ by }) => by))).toEqual(new Set(["first", "second"]));
  expect(rows.filter(({ kind }) => kind === "row_waits").map(({ state }) => state)).toEqual(
    Array.from({ length: SINGLES }, () => "sent"),
  );
  // The one in whose middle the first process died was tried once more; no other was.
  expect(rows.filter(({ attempts }) => attempts > 1)).toMatchObject([{ attempts: 2, state: "sent" }]);
  const digests = rows.filter(({ kind }) => kind === "digest");
  expect(digests.map(({ to, state, way }) => [to, state, way])).toEqual([
    ["ana", "sent", "mail"],
    ["ben", "unwanted", null],
    ["carl", "unwanted", null],
    ["fay", "unwanted", null],
    ["hope", "sent", "chat"],
    ["pam", "unwanted", null],
    ["paul", "unwanted", null],
    ["rita", "unwanted", null],
  ]);
  expect(arrived.filter(({ by }) => by === "chat")).toEqual([{ id: "digest", by: "chat" }]);
  const once = await company.client.db.execute<{ name: string; turns: number }>(sql`
    select name, count(*)::int as turns from pgboss.job
    where name in ('count-inbox', 'verify-audit-log') and state in ('active', 'completed', 'failed') group by 1 order by 1`);
  expect([...once]).toEqual([
    { name: "count-inbox", turns: 1 },
    { name: "verify-audit-log", turns: 1 },
  ]);
  expect(faults).toEqual([]);
}, 180_000);
