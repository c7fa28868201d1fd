import type { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { parseInput } from "@/lib/commands/parse";
import { companyToday } from "@/lib/commands/today";
import { judgeToday, lookToday } from "@/lib/jobs/judge-today";
import { startBacktest } from "@/lib/queries/policy/backtest";
import type { BacktestEvent, backtestInput } from "@/lib/queries/policy/backtest-shapes";
import { answer, mustOpen, type Query, readContext } from "@/lib/queries/query";

/**
 * The one way to a read, for the API and for a page's first paint on the server: parses strictly, makes
 * sure that every deal is judged as of today, answers. Refuses with a `Refusal`.
 */
export async function ask<I extends z.ZodType, O extends z.ZodType>(
  query: Query<I, O>,
  input: unknown,
  actor: Actor,
  on?: Day,
): Promise<z.output<O>> {
  const parsed = parseInput(query.input, input);
  const today = on ?? (await companyToday());
  await judgeToday(today);
  if (query.lenses) await lookToday(today);
  return answer(query, parsed, await readContext(actor, today, query));
}

/** The way to a backtest, whose answer is a stream: its input is parsed already. */
export async function askBacktest(
  input: z.output<typeof backtestInput>,
  actor: Actor,
  signal?: AbortSignal,
): Promise<AsyncGenerator<BacktestEvent, void>> {
  mustOpen(actor);
  const { db, today } = await readContext(actor, await companyToday());
  return startBacktest(db, today, input, signal);
}
