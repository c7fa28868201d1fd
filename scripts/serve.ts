import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import postgres from "postgres";
import { connect, surviveDriverFaults } from "@/db/connection/client";
import { DEMO_PEOPLE } from "@/db/demo/people";
import { appLogin, ownLogin } from "@/db/server/app-login";
import { dataDirectory } from "@/db/server/data-directory";
import { type OpenDatabase, openDatabase } from "@/db/server/open";
import { authSecret, gateSecrets, secretKeys } from "@/db/server/secrets";
import { hostOf, refuseOpenDemo } from "@/lib/auth/exposure";
import { buildIfNeeded } from "./build";
import { mustBeSaidRight } from "./environment";
import { firstLink, WORKS_ONCE } from "./first-link";
import { keepLog } from "./keep-log";
import { keepServing, type Serving } from "./keep-serving";

const project = fileURLToPath(new URL("..", import.meta.url));
const READY_WITHIN_MS = 60_000;
const START_LOCK = 0x73746172;

/** A served app. */
export type Served = {
  address: string;
  databaseUrl: string;
  /** File that the server writes its log to, JSON lines. */
  log: string;
  stop(): Promise<void>;
  ended: Promise<void>;
};

/**
 * Starts the database, migrates it, sets it up on first run, builds if the sources are newer, and
 * serves on PORT (3000 or the next free one) of HOST (loopback), as architecture.md "Two commands"
 * says. Says each step.
 *
 * @throws Error naming the missing piece
 */
export async function startServing(options: { throwaway?: boolean } = {}): Promise<Served> {
  mustBeSaidRight(process.env);
  const isOurs = !process.env.DATABASE_URL;
  console.log(process.env.DATABASE_URL ? "Connecting to DATABASE_URL …" : "Starting the built-in Postgres …");
  const database = await openDatabase(options);
  let loginUrl = process.env.DATABASE_APP_URL ?? "";
  try {
    await oneAtATime(database, async () => {
      console.log("Building, if the sources changed …");
      // The story and the build wait on different things; together they take little more than the longer.
      await Promise.all([run("set-up.ts", database), buildIfNeeded()]);
      loginUrl ||= isOurs ? await appLogin(database.url) : await loginOfTheirs(database.url);
    });
    refuseOpenDemo(process.env, await demoPeople(database));
    return await serveNext(database, loginUrl);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** `npm start`: serves until SIGINT, SIGTERM or SIGHUP, then stops everything it started. */
export async function serve(): Promise<void> {
  surviveDriverFaults((error) => console.error("A database connection broke:", error));
  let served: Served | undefined;
  let stopping: Promise<void> | undefined;
  const stop = () => {
    if (stopping) return;
    console.log("\nStopping …");
    // Before it serves there is nothing to wait for: the next start adopts what is half up.
    stopping = served?.stop() ?? Promise.resolve();
    stopping.then(
      () => process.exit(0),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  whenNpmIsGone(stop);
  try {
    served = await startServing();
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}`);
    if (error instanceof Error && error.cause) console.error(error.cause);
    process.exit(1);
  }
  await sayWhere(served);
  await served.ended;
}

/** npm passes SIGTERM on to the shell between it and this process, which dies of it without a word. */
function whenNpmIsGone(stop: () => void): void {
  if (process.env.npm_lifecycle_event !== "start") return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), 250).unref();
}

/** In a database of one's own: a login of the app's, where its owner may make one. */
async function loginOfTheirs(url: string): Promise<string> {
  const login = await ownLogin(url);
  if ("why" in login)
    console.warn(
      `The app signs in to Postgres as its owner, whose rights its transactions lay down: ${login.why}. Say DATABASE_APP_URL (docs/operations.md).`,
    );
  return "why" in login ? url : login.url;
}

/** Of racing starts one sets up and builds; the others wait and find it done. */
async function oneAtATime(database: OpenDatabase, work: () => Promise<void>): Promise<void> {
  const sql = postgres(database.url, { max: 1, max_lifetime: null, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${START_LOCK})`;
    await work();
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function run(script: string, database: OpenDatabase): Promise<void> {
  const child = spawn(process.execPath, ["--import", "tsx", join(project, "scripts", script)], {
    cwd: project,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DATABASE_URL: database.url },
  });
  const [status] = (await once(child, "exit")) as [number | null];
  if (status !== 0) throw new Error(`scripts/${script} failed; see above.`);
}

/** How many of the demo's people may sign in. */
async function demoPeople({ url }: OpenDatabase): Promise<number> {
  const sql = postgres(url, { max: 1 });
  try {
    const [found] = await sql`select count(*)::int as people from users where demo and disabled_at is null`;
    return found?.people ?? 0;
  } finally {
    await sql.end();
  }
}

async function serveNext(database: OpenDatabase, loginUrl: string): Promise<Served> {
  const host = hostOf(process.env);
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(host);
    const address = `http://localhost:${port}`;
    const folder = join(dataDirectory(), "log");
    let log = "";
    const start = async (): Promise<Serving> => {
      const child = startNext(host, port, {
        ...secretsOfApp(),
        DATABASE_URL: loginUrl,
        NEXTAUTH_URL: process.env.NEXTAUTH_URL || address,
      });
      const ended = once(child, "exit").then(() => {});
      log = keepLog(child.stdout as Readable, { folder, name: `server-${port}` });
      if (await listens(child, ended)) return { child, ended };
      throw new Error("next start ended at once; see above.");
    };
    try {
      const kept = keepServing(await start(), start);
      const stop = () => kept.stop().then(() => database.close());
      return { address, databaseUrl: database.url, log, stop, ended: kept.ended };
    } catch (error) {
      // Another start may have taken the port between our looking and Next's listening.
      if (attempt === 3 || (await isFree(port, host))) throw error;
    }
  }
}

/** What the served app signs, seals and knows callers by. */
function secretsOfApp(): Record<string, string> {
  const gate = gateSecrets();
  return {
    NEXTAUTH_SECRET: authSecret(),
    SIGNING_KEYS: JSON.stringify(gate.keys),
    GATE_TOKEN: gate.token,
    SECRET_KEYS: JSON.stringify(secretKeys()),
  };
}

function startNext(host: string, port: number, env: Record<string, string>): ChildProcess {
  const next = join(project, "node_modules/next/dist/bin/next");
  const leash = pathToFileURL(join(project, "scripts/leash.mjs")).href;
  const ours = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NEXT_MANUAL_SIG_HANDLE: "true" };
  return spawn(process.execPath, ["--import", leash, next, "start", "-H", host, "-p", String(port)], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    env: { ...process.env, ...env, ...ours } as unknown as NodeJS.ProcessEnv,
    // Ctrl-C reaches the launcher alone, which ends the app in order.
    detached: process.platform !== "win32",
  });
}

async function listens(child: ChildProcess, ended: Promise<void>): Promise<boolean> {
  const said = once(child, "message").then(() => true);
  const late = pause(READY_WITHIN_MS, false, { ref: false });
  const up = await Promise.race([said, late, ended.then(() => false)]);
  if (!up) child.kill("SIGKILL");
  return up;
}

/** PORT as asked for, else 3000 or the next that is free. */
async function choosePort(host: string): Promise<number> {
  const wanted = Number(process.env.PORT);
  if (process.env.PORT) {
    if (await isFree(wanted, host)) return wanted;
    throw new Error(`Port ${process.env.PORT} is not free: stop what uses it, or set PORT to another.`);
  }
  for (let port = 3000; port < 3100; port++) if (await isFree(port, host)) return port;
  throw new Error("No port from 3000 to 3099 is free: set PORT.");
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

async function sayWhere({ address, databaseUrl, log }: Served): Promise<void> {
  console.log(`\nCountersign is at ${address}\nIts log is ${log}`);
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    const emails = DEMO_PEOPLE.map(({ email }) => email);
    const there =
      await sql`select email from users where demo and disabled_at is null and email = any(${emails})`;
    const known = new Set(there.map(({ email }) => email));
    const here = DEMO_PEOPLE.filter(({ email }) => known.has(email));
    const people = here.filter(({ role }, place) => here.findIndex((one) => one.role === role) === place);
    if (people.length > 0) console.log("\nSign in to the demo as\n");
    for (const { role, email, password } of people)
      console.log(`  ${role.padEnd(22)} ${email.padEnd(34)} ${password}`);
  } finally {
    await sql.end();
  }
  await sayFirstLink(databaseUrl, process.env.NEXTAUTH_URL || address);
  console.log("\nCtrl-C stops it.");
}

/** At each start until an admin has set their password: somebody must be the first to get in. */
async function sayFirstLink(url: string, address: string): Promise<void> {
  const client = connect(url, { max: 1 });
  try {
    const first = await firstLink(client, address);
    if (first)
      console.log(
        `\nSet the password of the first admin, ${first.email}, at\n\n  ${first.link}\n\n${WORKS_ONCE}`,
      );
  } finally {
    await client.close();
  }
}
