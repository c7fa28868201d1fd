import { once } from "node:events";
import { refuse } from "@/lib/errors";
import { type Compared, compareAll, sideInForce, sideOf } from "@/lib/judging/backtest";
import { ask } from "./asking";

/**
 * `npm run -s backtest -- --policy FILE [--against FILE] [--as-of DAY]`: a `deal_id,from,to` header and one
 * line a deal whose outcome the policy would change, in order of id by code unit; progress on standard
 * error; nothing is stored. Without `--against` each deal is held against the policy that judges it now.
 * Source: domain.md §8.8.
 */
const USAGE = "npm run -s backtest -- --policy FILE [--against FILE] [--as-of DAY]";

function lineOf({ facts: { deal }, before, after }: Compared): string {
  if (before.outcome === after.outcome) return "";
  const id = /[",\r\n]/.test(deal.id) ? `"${deal.id.replaceAll('"', '""')}"` : deal.id;
  return `${id},${before.outcome},${after.outcome}\n`;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

await ask(
  USAGE,
  async (db, { policy, against, asOf: given, today, positionals }) => {
    if (!policy || positionals.length > 0) return refuse("--policy", null, "name the file of a policy");
    const asOf = given ?? today;
    const before = against ? sideOf(against, "--against") : await sideInForce(db, asOf);
    let judged = 0;
    let moved = 0;
    await write("deal_id,from,to\n");
    for await (const batch of compareAll(db, {
      before,
      after: sideOf(policy, "--policy"),
      asOf,
      quarters: [],
      judges: null,
    })) {
      const lines = batch.map(lineOf).filter((line) => line !== "");
      judged += batch.length;
      moved += lines.length;
      await write(lines.join(""));
      process.stderr.write(`${judged} judged, ${moved} move\n`);
    }
  },
  { against: true },
);
