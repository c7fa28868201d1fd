import { database, surviveDriverFaults } from "@/db/connection/client";
import { chainAudit } from "@/lib/audit/chain";
import { serverDay } from "@/lib/commands/door";
import { judgeNewPolicy } from "@/lib/judging/judge-policy";
import { keepLenses } from "@/lib/judging/lenses";
import { foldTallies } from "@/lib/judging/tallies";

const CHAIN_EVERY_MS = 5_000;
const JUDGE_EVERY_MS = 1_000;
const FOLD_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 2_000;

/**
 * What a server process does besides answering: outlives the driver's faults, and chains the audit log
 * behind the writes, judges again after a policy came into force, folds the tallies and keeps the lenses (one
 * process at a time each, elected by the database; what a killed one left, the next goes on with). Faults go
 * to `report`; it goes on.
 */
export function keepHouse(report: (error: unknown) => void): void {
  surviveDriverFaults(report);
  repeat(() => chainAudit(database()), CHAIN_EVERY_MS, report);
  repeat(() => judgeNewPolicy(database(), serverDay()), JUDGE_EVERY_MS, report);
  repeat(() => foldTallies(database()), FOLD_EVERY_MS, report);
  repeat(() => keepLenses(database(), serverDay()), LOOK_EVERY_MS, report);
}

function repeat(work: () => Promise<unknown>, everyMs: number, report: (error: unknown) => void): void {
  const again = () =>
    void work()
      .catch(report)
      .finally(() => setTimeout(again, everyMs).unref());
  again();
}
