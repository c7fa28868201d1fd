import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Runs before anything is installed: nothing but Node here. */
export const project = fileURLToPath(new URL("..", import.meta.url));

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

/** Installs the packages of the lockfile where they are missing or others. Ends the process with the reason if it cannot. */
export function installWhatIsMissing() {
  if (major < 20 || (major === 20 && minor < 9)) {
    fail(`Node ${process.versions.node} is too old: install Node 20.9 or newer (https://nodejs.org).`);
  }
  if (isInstalled()) return;
  console.log("Installing packages (npm ci) …");
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const options = { cwd: project, stdio: ["ignore", "inherit", "inherit"] };
  const { status, error } = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (status !== 0)
    fail(`npm ci failed${error ? ` (${error.message})` : ""}. Run it by hand to see why: npm ci`);
}

/** Whether every package that the lockfile asks for on this platform is there in its version. */
function isInstalled() {
  const installed = `${project}/node_modules/.package-lock.json`;
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(`${project}/package-lock.json`, "utf8")).packages;
  const there = JSON.parse(readFileSync(installed, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === "" || there[path]?.version === version || (there[path] === undefined && (optional || peer)),
  );
}

/** Says what is wrong and what to do, and ends the process. */
export function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}
