/** `npm test`: everything, from a fresh clone, in the order in which it is quickest to fail. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOrInstallChromium } from "./chromium.mjs";
import { installDebians } from "./debian.mjs";
import { installWhatIsMissing, project } from "./install.mjs";
import { bin, run, runStatic } from "./steps.mjs";

process.chdir(project);
installWhatIsMissing();

const reports = mkdtempSync(join(tmpdir(), "countersign-reports-"));
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");
const environment = {
  ...process.env,
  PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
};
const count = { passed: 0, failed: 0, skipped: 0 };

const STEPS = [
  [
    "unit and database tests",
    [
      bin("vitest/vitest.mjs"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${vitestReport}`,
    ],
    countVitest,
  ],
  ["production build", ["--import", "tsx", "scripts/build.ts"]],
  ["browser tests", [bin("@playwright/test/cli.js"), "test", "--reporter=list,json"], countPlaywright],
];

function countVitest() {
  const report = JSON.parse(readFileSync(vitestReport, "utf8"));
  count.passed += report.numPassedTests;
  count.failed += report.numFailedTests;
  count.skipped += report.numPendingTests + report.numTodoTests;
}

/** A flaky test passed only when it was tried again: that is a failure here. */
function countPlaywright() {
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(playwrightReport, "utf8")).stats;
  count.passed += expected;
  count.failed += unexpected + flaky;
  count.skipped += skipped;
}

environment.CHROMIUM_PATH = await findOrInstallChromium();
if (!existsSync("/usr/sbin/pgbouncer") && !installDebians("pgbouncer"))
  console.error("No PgBouncer here, and none could be installed: its tests are told as skipped.");
const failed = (await runStatic()) ?? STEPS.find((step) => !run(step, environment));
rmSync(reports, { recursive: true, force: true });
if (failed) {
  console.error(`\nFailed: ${failed[0]}`);
  // A step that is not made of tests, or broke off before it could count them, is one failure.
  if (count.failed === 0) count.failed = 1;
}
console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = failed || count.failed > 0 ? 1 : 0;
