/** What a check is made of: steps that are commands of this project's own packages. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const bin = (path) => join("node_modules", path);

const ROOMS = ["app", "components", "lib", "db", "e2e", "bench", "scripts", "fixtures", "docs"];

/** What is known without running anything, in the order in which it is quickest to fail. */
export const STATIC = [
  ["format", [bin("@biomejs/biome/bin/biome"), "check", "."]],
  ["types: of routes", [bin("next/dist/bin/next"), "typegen"]],
  ["types", [bin("typescript/bin/tsc"), "--noEmit"]],
  [
    "boundaries",
    [bin("dependency-cruiser/bin/dependency-cruise.mjs"), "--config", ".dependency-cruiser.mjs", ...ROOMS],
  ],
  ["unused files, exports and packages", [bin("knip/bin/knip.js")]],
];

/** Runs a step and says how long it took; whether it passed. `countTests` reads its report, when it makes one. */
export function run([name, command, countTests], environment = process.env) {
  console.log(`\n── ${name}`);
  const began = Date.now();
  const { status, error } = spawnSync(process.execPath, command, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...environment, NEXT_TELEMETRY_DISABLED: "1" },
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
