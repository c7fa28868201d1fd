import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installDebians } from "./debian.mjs";
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
  return found() ?? (installDebians("chromium") ? found() : undefined) ?? (await fromNpm()) ?? missing();
}

function found() {
  return PLACES.find((path) => path && existsSync(path) && runs(path));
}

/** Ubuntu's /usr/bin/chromium-browser may be a stub that only tells of a snap. */
function runs(path) {
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
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
  // It unpacks into the temporary folder of all, and its libraries only where it thinks to be on Lambda.
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: NPM_HOME, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" });
  const { default: chromium } = await import(pathToFileURL(join(module, "build/esm/index.js")).href);
  const path = await chromium.executablePath();
  for (const name of Object.keys(process.env)) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  return [path, withItsLibraries(path)].find(runs);
}

/** For a machine that lacks the libraries a browser needs, or fonts. */
function withItsLibraries(path) {
  const script = join(NPM_HOME, "chromium.sh");
  const lines = [
    "#!/bin/sh",
    `export LD_LIBRARY_PATH='${NPM_HOME}/al2023/lib'`,
    `[ -d /etc/fonts ] || export FONTCONFIG_PATH='${NPM_HOME}/fonts'`,
    `exec '${path}' "$@"`,
  ];
  writeFileSync(script, `${lines.join("\n")}\n`, { mode: 0o755 });
  return script;
}

function missing() {
  return fail(
    "The browser tests need Chromium, and none could be installed. Get it with\n" +
      "  sudo apt-get install chromium\nor set CHROMIUM_PATH to a Chrome or Chromium that you have.",
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await findOrInstallChromium());
