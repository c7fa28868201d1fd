import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { type BacktestPlan, planBacktest, runBacktest } from "@/lib/judging/backtest";
import type { BacktestSummary } from "@/lib/metrics/backtest";
import type { BacktestEvent, backtestInput } from "./backtest-shapes";

/**
 * Starts a backtest as a stream of events: how far it is, several times, then what came out. Nothing is
 * stored; whoever stops listening has cancelled it, at the latest after the batch under way. Refuses what
 * cannot be run before the stream begins.
 */
export async function startBacktest(
  db: Db,
  today: Day,
  input: z.output<typeof backtestInput>,
  signal?: AbortSignal,
): Promise<AsyncGenerator<BacktestEvent, void>> {
  return streamOf(db, await planBacktest(db, input, today), signal);
}

async function* streamOf(
  db: Db,
  plan: BacktestPlan,
  signal: AbortSignal | undefined,
): AsyncGenerator<BacktestEvent, void> {
  const run = runBacktest(db, plan);
  while (!signal?.aborted) {
    const step = await run.next();
    if (!step.done) {
      yield { event: "progress", ...step.value };
      continue;
    }
    const partners = await partnerNames(db, step.value);
    const [hash, againstHash] = [plan.after.hash, plan.before.hash];
    yield { event: "result", hash, againstHash, result: step.value, partners, judges: plan.judges };
    return;
  }
}

/** Names of the partners in a result, by id. */
export async function partnerNames(
  db: Db,
  { partners }: Pick<BacktestSummary, "partners">,
): Promise<Record<string, string>> {
  const ids = partners.map(({ partnerId }) => partnerId);
  if (ids.length === 0) return {};
  const rows = await db.execute<{ id: string; name: string }>(
    sql`select id, name from partners where id = any(${sql.param(ids)}::text[])`,
  );
  return Object.fromEntries([...rows].map(({ id, name }) => [id, name]));
}
