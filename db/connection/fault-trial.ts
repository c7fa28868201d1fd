import { setTimeout as pause } from "node:timers/promises";
import { sql as query } from "drizzle-orm";
import postgres from "postgres";
import { isRefusal } from "@/lib/errors";
import { connect, surviveDriverFaults } from "./client";
import { guardedTransaction } from "./transaction";

/**
 * A trial by fire, run in a process of its own because the control may take its process down: 16 writers
 * write while backends are killed under them. Prints a report as one line of JSON.
 * `node --import tsx db/connection/fault-trial.ts guarded|control URL KILLS SECONDS`
 */
export interface TrialReport {
  kills: number;
  acknowledged: number;
  refused: number;
  /** Acknowledged, yet not there. */
  lost: number;
  /** Some rows of a write are there and others not. */
  half: number;
  /** Refused, yet there: the refusal said that nothing was written. */
  ghosts: number;
  /** Neither acknowledged nor refused in time. */
  hung: number;
  /** Exceptions that nobody could catch where they belong. */
  uncaught: number;
}

type Write = (id: string) => Promise<void>;

const WRITERS = 16;
const CONNECTIONS = 8;
const REQUEST_TIMEOUT_MS = 5_000;
const MOMENT_MS = 60;
/** A request that did not end by then never will. */
const HUNG_MS = 10_000;

function guardedWrite(url: string): { write: Write; close(): Promise<void> } {
  const client = connect(url, { max: CONNECTIONS });
  return {
    write: (id) =>
      guardedTransaction(
        client,
        { actor: "system:trial", request: id, timeoutMs: REQUEST_TIMEOUT_MS },
        async (tx) => {
          for (const statement of statementsOf(id)) await tx.execute(query.raw(statement));
        },
      ),
    close: client.close,
  };
}

/** The same writes as anybody would make them with the driver's own transactions. */
function plainWrite(url: string): { write: Write; close(): Promise<void> } {
  const sql = postgres(url, {
    max: CONNECTIONS,
    onnotice: () => {},
    connection: { application_name: "countersign" },
  });
  return {
    async write(id) {
      await sql.begin(async (tx) => {
        await tx`select set_config('countersign.actor', 'system:trial', true), set_config('countersign.request', ${id}, true)`;
        for (const statement of statementsOf(id)) await tx.unsafe(statement);
      });
    },
    close: () => sql.end({ timeout: 1 }),
  };
}

function statementsOf(id: string): string[] {
  return [
    `insert into deals (id, owner, amount, currency, type, route, created_on, outcome)
      values ('${id}', 'Somebody', 100, 'USD', 'new', 'direct', '2026-01-10', 'open')`,
    `insert into stage_entries (deal_id, seq, stage, entered_on) values ('${id}', 1, 1, '2026-01-10')`,
    `insert into audit_log (actor, action, request, deal_id, subject_kind, subject_id)
      values ('system:trial', 'create-deal', '${id}', '${id}', 'deal', '${id}')`,
  ];
}

async function trial(mode: string, url: string, kills: number, seconds: number): Promise<TrialReport> {
  const report = { kills: 0, acknowledged: 0, refused: 0, lost: 0, half: 0, ghosts: 0, hung: 0, uncaught: 0 };
  if (mode === "guarded") surviveDriverFaults(() => report.uncaught++);
  else process.on("uncaughtException", () => report.uncaught++);
  const { write, close } = mode === "guarded" ? guardedWrite(url) : plainWrite(url);
  const answers = new Map<string, "acknowledged" | "refused" | "unclear">();
  let through = 0;
  const end = Date.now() + seconds * 1_000;
  const isOver = () => report.kills >= kills || report.hung >= WRITERS || Date.now() >= end;

  const writer = async (name: number): Promise<void> => {
    for (let turn = 0; !isOver(); turn++) {
      const id = `W-${mode}-${end}-${name}-${turn}`;
      const answer = await answerOf(write(id));
      if (answer === "acknowledged") through++;
      if (answer === "hung") report.hung++;
      else answers.set(id, answer);
    }
  };
  const killer = killBackends(
    url,
    isOver,
    () => report.kills++,
    () => through,
  );
  await Promise.all([killer, ...Array.from({ length: WRITERS }, (_, name) => writer(name))]);
  await close().catch(() => {});
  await judge(url, mode, answers, report);
  return report;
}

async function answerOf(write: Promise<void>): Promise<"acknowledged" | "refused" | "unclear" | "hung"> {
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<"hung">((resolve) => {
    timer = setTimeout(() => resolve("hung"), HUNG_MS);
  });
  const ended = write.then(
    () => "acknowledged" as const,
    (error) => (isRefusal(error) && error.rule.includes("look whether") ? ("unclear" as const) : "refused"),
  );
  try {
    return await Promise.race([ended, hung]);
  } finally {
    clearTimeout(timer);
  }
}

/** Kills two working backends at a time, and waits a moment for a write to come through before the next two. */
async function killBackends(
  url: string,
  isOver: () => boolean,
  killed: () => void,
  through: () => number,
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: "killer" } });
  while (!isOver()) {
    const before = through();
    const rows = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'countersign' and datname = current_database()
        and state in ('active', 'idle in transaction') order by random() limit 2`;
    for (const _ of rows) killed();
    for (let waited = 0; waited < MOMENT_MS && through() === before; waited += 10) await pause(10);
  }
  await sql.end();
}

async function judge(
  url: string,
  mode: string,
  answers: Map<string, "acknowledged" | "refused" | "unclear">,
  report: TrialReport,
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const parts = new Map<string, number>();
  const rows = await sql<{ id: string }[]>`
    select id from deals where id like ${`W-${mode}-%`} union all
    select deal_id from stage_entries where deal_id like ${`W-${mode}-%`} union all
    select deal_id from audit_log where deal_id like ${`W-${mode}-%`}`;
  for (const { id } of rows) parts.set(id, (parts.get(id) ?? 0) + 1);
  for (const count of parts.values()) if (count !== 3) report.half++;
  for (const [id, answer] of answers) {
    if (answer === "acknowledged") report.acknowledged++;
    else report.refused++;
    if (answer === "acknowledged" && !parts.has(id)) report.lost++;
    if (answer === "refused" && parts.has(id)) report.ghosts++;
  }
  await sql.end();
}

const [mode, url, kills, seconds] = process.argv.slice(2);
if (process.argv[1]?.endsWith("fault-trial.ts") && mode && url) {
  const report = await trial(mode, url, Number(kills), Number(seconds));
  process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
}
