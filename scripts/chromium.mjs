import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { fail, project } from "./install.mjs";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
/** `@sparticuz/chromium` brings a Chromium for Linux through npm, where there is no other way to one. */
const FROM_NPM = "@sparticuz/chromium@147.0.0";
const NPM_HOME = join(project, "node_modules/.cache/chromium");

/** The path of a Chromium that runs: the system's, else Debian's, installed, else one from npm. */
export async function findOrInstallChromium() {
  return found() ?? (installDebians() ? found() : undefined) ?? (await fromNpm()) ?? missing();
}

function found() {
  return PLACES.find((path) => path && existsSync(path) && runs(path));
}

/** Ubuntu's /usr/bin/chromium-browser may be a stub that only tells of a snap. */
function runs(path) {
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}

function installDebians() {
  if (!existsSync("/usr/bin/apt-get")) return false;
  const root = process.getuid?.() === 0;
  if (!root && spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status !== 0) return false;
  console.error("Installing Chromium (apt-get install chromium) …");
  return [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
  ].every((args) => {
    const command = ["apt-get", ...args];
    const [program, ...rest] = root ? command : ["sudo", "-n", ...command];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    return spawnSync(program, rest, { env, stdio: ["ignore", "ignore", 2] }).status === 0;
  });
}

async function fromNpm() {
  if (process.platform !== "linux") return undefined;
  const module = join(NPM_HOME, "node_modules/@sparticuz/chromium");
  if (!existsSync(module)) {
    console.error(`Installing Chromium (npm install ${FROM_NPM}) …`);
    mkdirSync(NPM_HOME, { recursive: true });
    const args = [
      "install",
      "--prefix",
      NPM_HOME,
      "--no-save",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      FROM_NPM,
    ];
    if (spawnSync("npm", args, { cwd: NPM_HOME, stdio: ["ignore", 2, 2] }).status !== 0) return undefined;
  }
  const entry = pathToFileURL(join(module, "build/esm/index.js")).href;
  const { default: chromium } = await import(entry);
  const path = await chromium.executablePath();
  return runs(path) ? path : undefined;
}

function missing() {
  return fail(
    "The browser tests need Chromium, and none could be installed. Get it with\n" +
      "  sudo apt-get install chromium\nor set CHROMIUM_PATH to a Chrome or Chromium that you have.",
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await findOrInstallChromium());
