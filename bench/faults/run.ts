import { parseArgs } from "node:util";
import { leftUnproven, runSeeds, type SeedReport } from "./seeds";

/**
 * `npm run -s faults -- --seeds N [--from SEED] [--control]`: two app processes at work (people, files, readers, jobs, a
 * policy that comes into force, a quarter that is frozen) while backends, the postmaster, processes and connections are
 * killed, cut and slowed, by a schedule that follows from each seed. Exit status 1 when anything acknowledged was lost,
 * anything is half, a request had no answer in time, the log is not whole or what is kept is not as recomputed.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "12" },
    from: { type: "string", default: "0" },
    control: { type: "boolean", default: false },
  },
});

function tell({ seed, steps, acknowledged, refused, unclear, isFrozen, isAgreed, faults }: SeedReport): void {
  const struck = steps.map(({ at, fault, run }) => `${run ? "" : "NOT RUN: "}${fault} at ${at}`).join(", ");
  const done = `${isFrozen ? "frozen" : "not frozen"}, ${isAgreed ? "agreed" : "not agreed"}`;
  console.log(
    `seed ${seed}: ${acknowledged} acknowledged, ${refused} refused, ${unclear} unclear; ${done} (${struck})`,
  );
  for (const fault of faults.slice(0, 10)) console.log(`  FAULT ${fault}`);
}

const from = Number(values.from);
const seeds = Array.from({ length: Number(values.seeds) }, (_, nth) => from + nth);
const reports = await runSeeds(values.control ? "control" : "guarded", seeds, tell);
const clean = reports.filter(({ faults }) => faults.length === 0).length;
console.log(`${clean} of ${reports.length} schedules without a fault`);
const unproven = values.control ? [] : leftUnproven(reports);
for (const what of unproven) console.log(`UNPROVEN: only ${what}`);
process.exitCode = clean === reports.length && unproven.length === 0 ? 0 : 1;
