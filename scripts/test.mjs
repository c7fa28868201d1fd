/** `npm test`: everything, from a fresh clone, in the order in which it is quickest to fail. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOrInstallChromium } from "./chromium.mjs";
import { installWhatIsMissing, project } from "./install.mjs";

process.chdir(project);
installWhatIsMissing();

const reports = mkdtempSync(join(tmpdir(), "countersign-reports-"));
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");
const environment = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: "1",
  PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
};
const count = { passed: 0, failed: 0, skipped: 0 };

const ROOMS = ["app", "components", "lib", "db", "e2e", "bench", "scripts"];
const bin = (path) => join("node_modules", path);
const STEPS = [
  ["format", [bin("@biomejs/biome/bin/biome"), "check", "."]],
  ["types: of routes", [bin("next/dist/bin/next"), "typegen"]],
  ["types", [bin("typescript/bin/tsc"), "--noEmit"]],
  [
    "boundaries",
    [bin("dependency-cruiser/bin/dependency-cruise.mjs"), "--config", ".dependency-cruiser.mjs", ...ROOMS],
  ],
  ["unused files, exports and packages", [bin("knip/bin/knip.js")]],
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

function run([name, command, countTests]) {
  console.log(`\n── ${name}`);
  const began = Date.now();
  const { status, error } = spawnSync(process.execPath, command, {
    stdio: ["ignore", "inherit", "inherit"],
    env: environment,
  });
  let passed = status === 0;
  try {
    countTests?.();
  } catch (cause) {
    console.error(`No report of the ${name}: ${cause.message}`);
    passed = false;
  }
  if (error) console.error(error.message);
  console.log(`── ${name} ${passed ? "passed" : "failed"} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return passed;
}

environment.CHROMIUM_PATH = await findOrInstallChromium();
const failed = STEPS.find((step) => !run(step));
rmSync(reports, { recursive: true, force: true });
if (failed) {
  console.error(`\nFailed: ${failed[0]}`);
  // A step that is not made of tests, or broke off before it could count them, is one failure.
  if (count.failed === 0) count.failed = 1;
}
console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = failed || count.failed > 0 ? 1 : 0;
