import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Mutant, mutantsOf } from "./plant";

/**
 * `npm run -s mutants -- lib/attribution lib/metrics`: plants the opposite of what the code says, one place at a
 * time, in a copy of the checkout, and runs tests over it. What no test notices is printed: a missing test, or a
 * place where both say the same. Status 1 when fewer than 90 % were noticed.
 *
 *   --tests lib/attribution,lib/metrics   where the tests are looked for; beside the code when left out
 *   --project unit|database               of vitest; unit when left out
 *   --sample 60 --seed 1                  so many of all, the same again for a seed; every one without
 */
const { values: flags, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: "string" },
    project: { type: "string", default: "unit" },
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const LEAST = 0.9;
/** A mutant may never end. */
const LONGEST_MS = 300_000;

if (folders.length === 0) {
  console.error(
    "usage: npm run -s mutants -- FOLDER|FILE... [--tests A,B] [--project unit] [--sample N] [--seed N]",
  );
  process.exit(2);
}
const project = fileURLToPath(new URL("../..", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "countersign-mutants-"));
try {
  execFileSync("git", ["checkout-index", "--all", `--prefix=${copy}/`], { cwd: project });
  symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
  process.exitCode = plantAll();
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function plantAll(): number {
  const untouched = runTests();
  if (untouched.status !== 0) {
    const said = untouched.output.filter((text) => text !== null).join("");
    throw new Error(`the tests fail without any mutant: ${testsOf().join(", ")}\n${said}`);
  }
  const mutants = sampled(
    sourcesOf().flatMap((path) => mutantsOf(path, readFileSync(join(copy, path), "utf8"))),
  );
  const survivors = mutants.filter((mutant, at) => {
    const isKilled = !passesWith(mutant);
    console.error(`${at + 1}/${mutants.length} ${isKilled ? "killed" : "SURVIVED"} ${placeOf(mutant)}`);
    return !isKilled;
  });
  const killed = mutants.length - survivors.length;
  console.log(`${killed} of ${mutants.length} killed, ${((100 * killed) / mutants.length).toFixed(1)} %`);
  for (const mutant of survivors) console.log(`survived: ${placeOf(mutant)}`);
  return killed >= LEAST * mutants.length ? 0 : 1;
}

function placeOf({ path, line, before, after }: Mutant): string {
  return `${path}:${line} ${before} → ${after}`;
}

function sourcesOf(): string[] {
  const files = execFileSync("git", ["ls-files", "--", ...folders], { cwd: project, encoding: "utf8" });
  return files
    .split("\n")
    .filter((path) => path.endsWith(".ts") && !/[.](test|fixture|arbitrary)[.]ts$/.test(path))
    .sort();
}

/** As many as asked for, spread over all by a generator that the seed alone decides (mulberry32). */
function sampled(mutants: Mutant[]): Mutant[] {
  if (flags.sample === undefined || mutants.length <= Number(flags.sample)) return mutants;
  let state = Number(flags.seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return mutants
    .map((mutant) => ({ mutant, key: next() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, Number(flags.sample))
    .map(({ mutant }) => mutant);
}

function passesWith({ path, planted }: Mutant): boolean {
  const file = join(copy, path);
  const original = readFileSync(file, "utf8");
  writeFileSync(file, planted);
  try {
    return runTests().status === 0;
  } finally {
    writeFileSync(file, original);
  }
}

/** The tests of a file are those that begin with its name: `targets.test.ts` of `targets.ts`. */
const testsOf = () => flags.tests?.split(",") ?? folders.map((path) => path.replace(/[.]ts$/, "."));

function runTests() {
  const vitest = join(project, "node_modules/vitest/vitest.mjs");
  return spawnSync(
    process.execPath,
    [vitest, "run", "--project", flags.project, "--bail", "1", "--reporter", "dot", ...testsOf()],
    { cwd: copy, encoding: "utf8", timeout: LONGEST_MS, killSignal: "SIGKILL" },
  );
}
