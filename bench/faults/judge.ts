import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { connect } from "@/db/connection/client";
import { growLog } from "@/lib/audit/grow";
import { verifyLog } from "@/lib/audit/verify-log";
import { judgeNewPolicy } from "@/lib/judging/judge-policy";
import { checkProjections } from "@/lib/judging/rebuild";
import { foldTallies } from "@/lib/judging/tallies";
import { verify } from "@/scripts/verified-quarter";
import { type Answered, DEADLINE_MS, IMPORTED } from "./answered";
import { closing, today } from "./scene";
import type { Happened } from "./trial";

/** How long a server that was killed may take to be back, as its launcher has it. */
const AWAKE_WITHIN_MS = 90_000;

/** What must be there of a write that was made: entries of the log under its request, and rows. */
const ROWS: Partial<Record<Answered["kind"], number>> = { deal: 1, tag: 1, activity: 1, import: IMPORTED };

/** What is wrong with what came of a schedule, in words; nothing when all is well. Waits for the server first. */
export async function faultsOf(
  mode: "guarded" | "control",
  url: string,
  { answered, faults }: Happened,
): Promise<string[]> {
  const found = [...faults];
  await awake(url);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    found.push(...(await faultsOfAnswers(sql, answered)));
  } finally {
    await sql.end();
  }
  if (mode === "guarded") found.push(...(await faultsOfHouse(url)));
  return found;
}

async function faultsOfAnswers(sql: postgres.Sql, answered: readonly Answered[]): Promise<string[]> {
  const found: string[] = [];
  const entries = await countsOf(
    sql`select request as id, count(*)::int as count from audit_log group by request`,
  );
  const rows = {
    deal: await countsOf(sql`select id, count(*)::int as count from deals group by id`),
    tag: await countsOf(sql`select deal_id as id, count(*)::int as count from role_rows group by deal_id`),
    activity: await countsOf(
      sql`select deal_id as id, count(*)::int as count from activities group by deal_id`,
    ),
    import: await countsOf(
      sql`select regexp_replace(id, '-[0-9]+$', '') as id, count(*)::int as count from deals group by 1`,
    ),
  };
  for (const { id, kind, dealId = "", as, ms, said } of answered) {
    if (ms > DEADLINE_MS) found.push(`${id} was answered after ${ms} ms`);
    if (as === "strange") found.push(`${id} was answered with no refusal: ${said}`);
    const wanted = ROWS[kind];
    if (wanted === undefined) continue;
    const [logged, there] = [entries.get(id) ?? 0, rows[kind as keyof typeof rows].get(dealId) ?? 0];
    if (as === "acknowledged" && logged === 0) found.push(`${id} was acknowledged and is lost`);
    if (as === "refused" && logged > 0) found.push(`${id} was refused and is there: ${said}`);
    if (there !== (logged > 0 ? wanted : 0))
      found.push(`${id} is half there: ${logged} entries, ${there} rows`);
  }
  // Of a process that was killed nobody tells: what it wrote must be whole all the same.
  const [half] = await sql`
    select count(*)::int as deals from deals d
    where not exists (select from audit_log l where l.deal_id = d.id) and d.id ~ '^[gc]-'`;
  if (half?.deals > 0) found.push(`${half?.deals} deals are there without an entry in the log`);
  return found;
}

async function countsOf(asked: PromiseLike<readonly postgres.Row[]>): Promise<Map<string, number>> {
  return new Map([...(await asked)].map(({ id, count }) => [id, count]));
}

/** The log to its end, every projection against its recomputation, and the quarter if it was frozen. */
async function faultsOfHouse(url: string): Promise<string[]> {
  const client = connect(url, { max: 3 });
  try {
    await judgeNewPolicy(client, today());
    while ((await foldTallies(client)) > 0);
    while ((await growLog(client)) > 0);
    const found: string[] = [];
    const log = await verifyLog(client.db);
    if (!log.ok) found.push(`the log is not whole: ${JSON.stringify(log)}`);
    else if (log.waiting > 0) found.push(`${log.waiting} entries found no place in the log's tree`);
    const difference = await checkProjections(client, today());
    if (difference) found.push(`kept is not as recomputed: ${JSON.stringify(difference)}`);
    const [sealed] = await client.db.execute("select quarter from sealed_quarters limit 1");
    if (sealed) {
      const seal = await verify(client.db, closing().label);
      if (seal.difference) found.push(`the seal does not hold: ${JSON.stringify(seal.difference)}`);
    }
    return found;
  } finally {
    await client.close();
  }
}

async function awake(url: string): Promise<void> {
  for (const until = performance.now() + AWAKE_WITHIN_MS; ; ) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(100);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}
