import { once } from "node:events";
import type { Db } from "@/db/connection/client";
import { refuse } from "@/lib/errors";
import {
  type BacktestPlan,
  type Compared,
  compareAll,
  planBacktest,
  runBacktest,
} from "@/lib/judging/backtest";
import { ask } from "./asking";

/**
 * `npm run -s backtest -- [2017-Q3 …] --policy FILE [--against FILE] [--as-of DAY]`. Without a quarter: a
 * `deal_id,from,to` header and one line a deal whose outcome the policy would change, in order of id by code unit.
 * With quarters: JSON, of each the deals that move and the four numbers before and after, as `numbers` prints them and
 * the page shows them. Progress on standard error; nothing is stored. Without `--against` each deal is held against
 * the policy that judges it now. Source: domain.md §8.8.
 */
const USAGE = "npm run -s backtest -- [2017-Q3 ...] --policy FILE [--against FILE] [--as-of DAY]";

function lineOf({ facts: { deal }, before, after }: Compared): string {
  if (before.outcome === after.outcome) return "";
  const id = /[",\r\n]/.test(deal.id) ? `"${deal.id.replaceAll('"', '""')}"` : deal.id;
  return `${id},${before.outcome},${after.outcome}\n`;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** The deals that move, as they are found. */
async function writeMoved(db: Db, plan: BacktestPlan): Promise<void> {
  let judged = 0;
  let moved = 0;
  await write("deal_id,from,to\n");
  for await (const batch of compareAll(db, plan)) {
    const lines = batch.map(lineOf).filter((line) => line !== "");
    judged += batch.length;
    moved += lines.length;
    await write(lines.join(""));
    process.stderr.write(`${judged} judged, ${moved} move\n`);
  }
}

/** The numbers of the quarters that are named. */
async function writeNumbers(db: Db, plan: BacktestPlan): Promise<void> {
  const run = runBacktest(db, plan);
  for (;;) {
    const step = await run.next();
    if (step.done) return write(`${JSON.stringify(step.value.quarters, null, 2)}\n`);
    process.stderr.write(`${step.value.judged} of ${step.value.total} judged\n`);
  }
}

await ask(
  USAGE,
  async (db, { policy, against, asOf, today, positionals: quarters }) => {
    if (!policy) return refuse("--policy", null, "name the file of a policy");
    const asked = {
      policy: { document: policy },
      ...(against && { against: { document: against } }),
      quarters,
    };
    const plan = await planBacktest(db, asked, asOf ?? today);
    await (quarters.length > 0 ? writeNumbers : writeMoved)(db, plan);
  },
  { against: true },
);
