import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { findCluster } from "@/db/server/cluster";
import { startEmbedded } from "@/db/server/embedded";
import { migrate } from "@/db/server/migrate";
import { readPidFile } from "@/db/server/postmaster";
import { openWay } from "@/db/test-proxy";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { faultsOf } from "./judge";
import { setScene } from "./scene";
import { type Step, scheduleOf } from "./schedule";
import { happen } from "./trial";

/** What a seed came to. */
export interface SeedReport {
  seed: number;
  steps: Step[];
  acknowledged: number;
  refused: number;
  unclear: number;
  isFrozen: boolean;
  isAgreed: boolean;
  faults: string[];
}

const OVER_MS = 5_000;

/**
 * Runs each seed's schedule against a company of its own, on a server of the run's own.
 *
 * @param mode `control` writes with the driver's own transactions, of which the trial must find what is wrong
 */
export async function runSeeds(
  mode: "guarded" | "control",
  seeds: readonly number[],
  onReport: (report: SeedReport) => void = () => {},
): Promise<SeedReport[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-faults-"));
  // Root hands the server to another user, who must get in.
  chmodSync(dataDir, 0o711);
  const keys = process.env.SIGNING_KEYS;
  process.env.SIGNING_KEYS = JSON.stringify([newSigningKey()]);
  const server = await startEmbedded({ dataDir, throwaway: true });
  const way = await openWay(server.url);
  try {
    await migrate(server.url);
    await setScene(server.url);
    const reports: SeedReport[] = [];
    for (const seed of seeds) {
      const named = (url: string) => Object.assign(new URL(url), { pathname: `/seed_${seed}` }).href;
      await onServer(server.url, (sql) => sql.unsafe(`create database seed_${seed} template countersign`));
      const steps = scheduleOf(seed, OVER_MS);
      const postmaster = () => readPidFile(findCluster(dataDir)!)?.pid;
      const ground = { url: named(way.url), ownerUrl: named(server.url), postmaster, way };
      const happened = await happen(mode, ground, steps);
      const report = {
        seed,
        steps,
        ...counted(happened.answered),
        faults: await faultsOf(mode, ground.ownerUrl, happened),
        ...(await done(ground.ownerUrl)),
      };
      await onServer(server.url, (sql) => sql.unsafe(`drop database seed_${seed} with (force)`));
      reports.push(report);
      onReport(report);
    }
    return reports;
  } finally {
    await way.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
    process.env.SIGNING_KEYS = keys ?? "";
  }
}

function counted(answered: readonly { as: string }[]) {
  const of = (what: string) => answered.filter(({ as }) => as === what).length;
  return { acknowledged: of("acknowledged"), refused: of("refused"), unclear: of("unclear") };
}

/** Whether the quarter came to be frozen, and the policy in force. */
async function done(url: string): Promise<{ isFrozen: boolean; isAgreed: boolean }> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ isFrozen: boolean; isAgreed: boolean }[]>`
    select exists (select from sealed_quarters) as "isFrozen",
      exists (select from policies where period is not null and id <> 'M-years') as "isAgreed"`;
  await sql.end();
  return row!;
}

async function onServer(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(Object.assign(new URL(url), { pathname: "/postgres" }).href, {
    max: 1,
    onnotice: () => {},
  });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
