import { execFileSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Installs packages that the product must know nothing of: those that the package.json in the bench's folder of that name pins, once, without
 * running what they would run at install.
 *
 * @returns the folder that they lie in, with a slash at its end
 */
export function installApart(name: string): string {
  const folder = fileURLToPath(new URL(`../node_modules/.cache/countersign-${name}/`, import.meta.url));
  if (existsSync(`${folder}node_modules`)) return folder;
  cpSync(fileURLToPath(new URL(`${name}/package.json`, import.meta.url)), `${folder}package.json`);
  const how = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"];
  execFileSync("npm", ["install", ...how], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return folder;
}
