import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "../test-database";
import type { TrialReport } from "./fault-trial";

const TRIAL = fileURLToPath(new URL("./fault-trial.ts", import.meta.url));

interface Ending {
  exit: number | null;
  /** Null when the process died before it could say. */
  report: TrialReport | null;
}

function runTrial(mode: "guarded" | "control", url: string, kills: number, seconds: number): Promise<Ending> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", TRIAL, mode, url, `${kills}`, `${seconds}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    // Writers that hang are given up after 10 seconds; a process that outlives that hangs itself.
    const watchdog = setTimeout(() => child.kill("SIGKILL"), (seconds + 30) * 1_000);
    child.on("close", (exit) => {
      clearTimeout(watchdog);
      resolve({ exit, report: exit === 0 ? (JSON.parse(output) as TrialReport) : null });
    });
  });
}

/** What a trial finds wrong, in words; nothing when all is well. */
function faultsOf({ exit, report }: Ending): string[] {
  if (!report) return [`the process ended with ${exit}`];
  const { lost, half, ghosts, hung, uncaught } = report;
  return Object.entries({ lost, half, ghosts, hung, uncaught })
    .filter(([, count]) => count > 0)
    .map(([fault, count]) => `${fault}: ${count}`);
}

describe("16 writers while their backends are killed", () => {
  let url: string;
  beforeAll(async () => {
    url = (await testDatabase()).url;
  });

  it("loses no acknowledged write, halves none, hangs none and lives on, in guarded transactions", async () => {
    const ending = await runTrial("guarded", url, 400, 25);
    expect(faultsOf(ending)).toEqual([]);
    expect(ending.report?.kills).toBeGreaterThanOrEqual(100);
    expect(ending.report?.acknowledged).toBeGreaterThan(100);
  }, 90_000);

  it("sees the faults of the driver's own transactions under the same kills", async () => {
    const found: string[] = [];
    for (let round = 0; round < 4 && found.length === 0; round++) {
      found.push(...faultsOf(await runTrial("control", url, 400, 6)));
    }
    expect(found).not.toEqual([]);
  }, 200_000);
});
