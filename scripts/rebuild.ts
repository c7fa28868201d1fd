import { parseArgs } from "node:util";
import { closeDatabases, database } from "@/db/connection/client";
import { openDatabase } from "@/db/server/open";
import { companyToday } from "@/lib/commands/today";
import { checkProjections, rebuild } from "@/lib/judging/rebuild";

/**
 * `npm run -s rebuild`: judges every deal afresh, puts the tallies right and prints the rate.
 * `npm run -s rebuild -- --check`: compares what is kept with its recomputation, changes nothing, and exits
 * 1 with the first difference.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const server = await openDatabase();
  try {
    const today = await companyToday();
    if (values.check) {
      const difference = await checkProjections(database(), today);
      if (!difference) {
        process.stdout.write("every projection and tally is as its recomputation\n");
        return 0;
      }
      const { at, kept, recomputed } = difference;
      process.stdout.write(`${at}: kept ${kept}, recomputed ${recomputed}\n`);
      return 1;
    }
    const from = performance.now();
    let told = 0;
    const judged = await rebuild(database(), today, ({ judged, total }) => {
      const quarter = Math.floor((4 * judged) / Math.max(1, total));
      if (quarter <= told) return;
      told = quarter;
      process.stderr.write(`  ${25 * quarter} %\n`);
    });
    const seconds = (performance.now() - from) / 1000;
    process.stdout.write(
      `${judged} deals judged in ${seconds.toFixed(1)} s, ${Math.round(judged / seconds)} a second\n`,
    );
    return 0;
  } finally {
    await closeDatabases();
    await server.close();
  }
}

process.exitCode = await main();
