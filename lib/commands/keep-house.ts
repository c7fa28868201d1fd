import { chainAudit } from "@/db/audit-chain";
import { database, surviveDriverFaults } from "@/db/client";

const CHAIN_EVERY_MS = 5_000;

/**
 * What a server process does besides answering: outlives the driver's faults, and chains the audit log
 * behind the writes (one process at a time, elected by the database). Faults go to `report`; it goes on.
 */
export function keepHouse(report: (error: unknown) => void): void {
  surviveDriverFaults(report);
  const chain = () =>
    void chainAudit(database())
      .catch(report)
      .finally(() => setTimeout(chain, CHAIN_EVERY_MS).unref());
  chain();
}
