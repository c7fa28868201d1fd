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
import { ownDisk } from "./disk";
import { faultsOf } from "./judge";
import { setScene, WHAT_IS_DONE } from "./scene";
import { type Step, scheduleOf } from "./schedule";
import { happen } from "./trial";

/** What a seed came to. */
export interface SeedReport {
  seed: number;
  /** `run`: not where this machine could not do it. */
  steps: (Step & { run: boolean })[];
  acknowledged: number;
  refused: number;
  unclear: number;
  /** Whether the quarter came to be frozen, and the other policy in force. */
  isFrozen: boolean;
  isAgreed: boolean;
  faults: string[];
}

/** Of as many seeds as this a quarter at least must have come to a freeze, and a quarter to a new policy. */
const ENOUGH = 8;

/** What the seeds together leave unproven: a trial in which nothing long ever ends has tried little. */
export function leftUnproven(reports: readonly SeedReport[]): string[] {
  const ended = (what: "isFrozen" | "isAgreed") => reports.filter((report) => report[what]).length;
  const least = reports.length < ENOUGH ? 1 : Math.ceil(reports.length / 4);
  const found: string[] = [];
  if (ended("isFrozen") < least)
    found.push(`a freeze ended in ${ended("isFrozen")} of ${reports.length} seeds`);
  if (ended("isAgreed") < least)
    found.push(`a policy came into force in ${ended("isAgreed")} of ${reports.length} seeds`);
  return found;
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
  const disk = ownDisk(dataDir);
  const keys = process.env.SIGNING_KEYS;
  process.env.SIGNING_KEYS = JSON.stringify([newSigningKey()]);
  const server = await startEmbedded({ dataDir, throwaway: true });
  const way = await openWay(server.url);
  try {
    await migrate(server.url);
    // What is written ahead finds room on the small disk; it is filled by us alone.
    for (const set of ["alter system set max_wal_size = '96MB'", "select pg_reload_conf()"])
      await onServer(server.url, (sql) => sql.unsafe(set));
    await setScene(server.url);
    const reports: SeedReport[] = [];
    for (const seed of seeds) {
      const named = (url: string) => Object.assign(new URL(url), { pathname: `/seed_${seed}` }).href;
      await onServer(server.url, (sql) => sql.unsafe(`create database seed_${seed} template countersign`));
      const steps = scheduleOf(seed, OVER_MS);
      const postmaster = () => readPidFile(findCluster(dataDir)!)?.pid;
      const ground = { url: named(way.url), ownerUrl: named(server.url), postmaster, way, disk };
      const happened = await happen(mode, ground, steps);
      const report = {
        seed,
        steps: steps.map((step) => ({ ...step, run: step.fault !== "fill the disk" || disk !== null })),
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
    disk?.unmount();
    rmSync(dataDir, { recursive: true, force: true });
    process.env.SIGNING_KEYS = keys ?? "";
  }
}

function counted(answered: readonly { as: string }[]) {
  const of = (what: string) => answered.filter(({ as }) => as === what).length;
  return { acknowledged: of("acknowledged"), refused: of("refused"), unclear: of("unclear") };
}

async function done(url: string): Promise<{ isFrozen: boolean; isAgreed: boolean }> {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql.unsafe<{ isFrozen: boolean; isAgreed: boolean }[]>(WHAT_IS_DONE);
    return row!;
  } finally {
    await sql.end();
  }
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
