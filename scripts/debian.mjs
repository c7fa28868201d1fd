import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Installs Debian's package of a name; whether it could: the machine is a Debian and its root can be had unasked. */
export function installDebians(name) {
  if (!existsSync("/usr/bin/apt-get")) return false;
  const root = process.getuid?.() === 0;
  if (!root && spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status !== 0) return false;
  console.error(`Installing ${name} (apt-get install ${name}) …`);
  return [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", name],
  ].every((args) => {
    const command = ["apt-get", ...args];
    const [program, ...rest] = root ? command : ["sudo", "-n", ...command];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    return spawnSync(program, rest, { env, stdio: ["ignore", "ignore", 2] }).status === 0;
  });
}
