/** What a check is made of: steps that are commands of this project's own packages. */
import { spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";

export const bin = (path) => join("node_modules", path);

const ROOMS = ["app", "components", "lib", "db", "e2e", "bench", "scripts", "fixtures", "docs"];
const quiet = { NEXT_TELEMETRY_DISABLED: "1" };

/** What is known without running anything: rows of steps that need nothing of each other, the longest first. */
const STATIC = [
  [
    ["types: of routes", [bin("next/dist/bin/next"), "typegen"]],
    ["types", [bin("typescript/bin/tsc"), "--noEmit"]],
  ],
  [
    [
      "boundaries",
      [
        bin("dependency-cruiser/bin/dependency-cruise.mjs"),
        ...["--config", ".dependency-cruiser.mjs", "--cache", "--cache-strategy", "content"],
        ...ROOMS,
      ],
    ],
  ],
  [["unused files, exports and packages", [bin("knip/bin/knip.js"), "--cache"]]],
  [["format", [bin("@biomejs/biome/bin/biome"), "check", "."]]],
];

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);
const ended = (name, passed, began) =>
  console.log(`── ${name} ${passed ? "passed" : "failed"} in ${seconds(began)} s`);

/** Runs a step and says how long it took; whether it passed. `countTests` reads its report, when it makes one. */
export function run([name, command, countTests], environment = process.env) {
  console.log(`\n── ${name}`);
  const began = Date.now();
  const { status, error } = spawnSync(process.execPath, command, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...environment, ...quiet },
  });
  let passed = status === 0;
  try {
    countTests?.();
  } catch (cause) {
    console.error(`No report of the ${name}: ${cause.message}`);
    passed = false;
  }
  if (error) console.error(error.message);
  ended(name, passed, began);
  return passed;
}

/** Runs what is known without running anything, as many rows at once as there are processors; the first step that failed, if one did. */
export async function runStatic() {
  const rows = [...STATIC];
  const failed = [];
  const turn = async () => {
    for (let row = rows.shift(); row; row = rows.shift())
      for (const step of row)
        if (!(await told(step))) {
          failed.push(step);
          break;
        }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, turn));
  return failed[0];
}

/** Runs a step beside others, so that what it says is said in one piece when it ends; whether it passed. */
async function told([name, command]) {
  const began = Date.now();
  const child = spawn(process.execPath, command, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...quiet },
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => said.push(piece));
  const status = await new Promise((done) => child.on("error", done).on("close", done));
  process.stdout.write(Buffer.concat(said));
  ended(name, status === 0, began);
  return status === 0;
}
