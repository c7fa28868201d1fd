import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const project = fileURLToPath(new URL("..", import.meta.url));
const STAMP = join(project, ".next/countersign-sources");
const SOURCES = ["app", "components", "db", "lib", "public"];
const SETTINGS = [
  "instrumentation.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "package-lock.json",
  "tsconfig.json",
];

/**
 * Builds the app for production unless the build that is there was made of these very sources.
 *
 * @returns whether it built
 * @throws Error when `next build` fails; its own words have been printed
 */
export async function buildIfNeeded(): Promise<boolean> {
  const sources = fingerprint();
  if (
    existsSync(join(project, ".next/BUILD_ID")) &&
    existsSync(STAMP) &&
    readFileSync(STAMP, "utf8") === sources
  ) {
    return false;
  }
  const next = join(project, "node_modules/next/dist/bin/next");
  const build = spawn(process.execPath, [next, "build"], {
    cwd: project,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const status = await new Promise<number | null>((resolve) => build.once("exit", resolve));
  if (status !== 0) throw new Error("next build failed; see above.");
  writeFileSync(STAMP, sources);
  return true;
}

function fingerprint(): string {
  const hash = createHash("sha256");
  const files = SOURCES.flatMap((folder) =>
    existsSync(join(project, folder))
      ? readdirSync(join(project, folder), { recursive: true, encoding: "utf8" }).map((name) =>
          join(folder, name),
        )
      : [],
  );
  for (const file of [...SETTINGS, ...files.toSorted()]) {
    const path = join(project, file);
    if (/[.]test[.]tsx?$/.test(file) || !existsSync(path) || !statSync(path).isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    if (!(await buildIfNeeded())) console.log("The production build is up to date.");
  } catch (error) {
    console.error(`\n${(error as Error).message}`);
    process.exitCode = 1;
  }
}
