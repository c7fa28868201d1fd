import { expect, test } from "vitest";
import { FAULTS, scheduleOf } from "./schedule";
import { leftUnproven, runSeeds, type SeedReport } from "./seeds";

test("a seed does the same at the same moments, and as many seeds as there are faults have all of them", () => {
  expect(scheduleOf(7, 3_000)).toEqual(scheduleOf(7, 3_000));
  expect(scheduleOf(7, 3_000)).not.toEqual(scheduleOf(8, 3_000));
  const struck = FAULTS.flatMap((_, seed) => scheduleOf(seed, 3_000).map(({ fault }) => fault));
  expect(new Set(struck)).toEqual(new Set(FAULTS));
});

test("seeds in which no freeze ends, or no policy comes into force, have proven too little", () => {
  const report = (isFrozen: boolean, isAgreed: boolean) => ({ isFrozen, isAgreed }) as SeedReport;
  const some = (count: number, one: SeedReport) => Array.from({ length: count }, () => one);
  expect(leftUnproven([report(false, true), report(true, false)])).toEqual([]);
  expect(leftUnproven(some(2, report(true, false)))).toEqual(["a policy came into force in 0 of 2 seeds"]);
  expect(leftUnproven([...some(7, report(false, true)), report(true, true)])).toEqual([
    "a freeze ended in 1 of 8 seeds",
  ]);
});

/** More by command: `npm run -s faults -- --seeds 200`. */
test("a company at work loses nothing, halves nothing and keeps nobody waiting, whatever dies", async () => {
  const reports = await runSeeds("guarded", [0, 1]);
  expect(reports.flatMap(({ faults }) => faults)).toEqual([]);
  for (const { acknowledged } of reports) expect(acknowledged).toBeGreaterThan(20);
  expect(leftUnproven(reports)).toEqual([]);
}, 300_000);

test("the driver's own transactions are found out by the same schedules", async () => {
  const found: string[] = [];
  for (let seed = 0; seed < 12 && found.length === 0; seed += 6)
    found.push(...(await runSeeds("control", [seed])).flatMap(({ faults }) => faults));
  expect(found).not.toEqual([]);
}, 300_000);
