/**
 * `npm run check`: the everyday part of `npm test`, in under a minute. No database, no build, no browser; of the unit
 * tests those that a change since `main` can break, by what they import. `-- --all` runs every one.
 */
import { spawnSync } from "node:child_process";
import { installWhatIsMissing, project } from "./install.mjs";
import { bin, run, runStatic } from "./steps.mjs";

process.chdir(project);
installWhatIsMissing();

/** Where this branch left `main`, here or at the origin; null where neither is known. */
function leftMain() {
  for (const main of ["main", "origin/main"]) {
    const { status, stdout } = spawnSync("git", ["merge-base", "HEAD", main], { encoding: "utf8" });
    if (status === 0) return stdout.trim();
  }
  return null;
}

const since = process.argv.includes("--all") ? null : leftMain();
const some = since ? ["--changed", since, "--passWithNoTests"] : [];
const unit = ["unit tests", [bin("vitest/vitest.mjs"), "run", "--project", "unit", ...some]];
const failed = (await runStatic()) ?? (run(unit) ? undefined : unit);
if (failed) console.error(`\nFailed: ${failed[0]}`);
process.exitCode = failed ? 1 : 0;
