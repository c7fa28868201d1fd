import { existsSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "@/db/server/data-directory";
import { ON_PURPOSE } from "@/lib/auth/exposure";
import { mailProblem, mailSettings } from "@/lib/connectors/notices/mail";
import { fileSize } from "@/lib/text/numbers";
import { environmentFaults } from "../environment";
import { lastBackup } from "../last-backup";
import { type Finding, mind, well, wrong } from "./finding";

const DAY_MS = 24 * 60 * 60_000;
const TIGHT_BYTES = 1e9;
const FULL_BYTES = 2e8;
const SECRETS = ["keys.json", "secrets.json", "sealing.json"];

/** What this machine tells without a database. */
export async function lookHere(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  return [environment(env), node(), ...data(env), await mail(env), exposure(env)];
}

function environment(env: NodeJS.ProcessEnv): Finding {
  const faults = environmentFaults(env);
  return faults.length === 0
    ? well("environment", "every variable is what it must be")
    : wrong("environment", faults.join("; "), "docs/operations.md says what each does");
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 9)
    ? well("node", `version ${process.versions.node}`)
    : wrong("node", `version ${process.versions.node} is too old`, "install Node 20.9 or later");
}

function data(env: NodeJS.ProcessEnv): Finding[] {
  const folder = dataDirectory();
  if (!existsSync(folder))
    return [mind("data folder", `${folder} is not there yet`, "`npm start` makes it; or set DATA_DIR")];
  return [space(folder), secrets(folder), ...(env.DATABASE_URL ? [] : [backup()])];
}

function space(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const says = `${fileSize(free)} free where ${folder} lies`;
  if (free < FULL_BYTES)
    return wrong("disk", says, "make room: a database that cannot write refuses every change");
  return free < TIGHT_BYTES ? mind("disk", says, "make room before it is full") : well("disk", says);
}

function secrets(folder: string): Finding {
  const open = SECRETS.map((name) => join(folder, name)).filter(
    (path) => process.platform !== "win32" && existsSync(path) && (statSync(path).mode & 0o077) !== 0,
  );
  return open.length === 0
    ? well("secrets", "nobody but their owner can read them")
    : wrong("secrets", `others on this machine can read ${open.join(", ")}`, `chmod 600 ${open.join(" ")}`);
}

function backup(): Finding {
  const last = lastBackup();
  const todo = "`npm run backup -- FOLDER`, and keep it on another machine";
  if (!last) return mind("backup", "none was made of this data folder", todo);
  const days = Math.floor((Date.now() - Date.parse(last.at)) / DAY_MS);
  const says = `the last one is of ${last.at}, ${last.folder}`;
  return days > 7 ? mind("backup", `${says}: ${days} days ago`, todo) : well("backup", says);
}

async function mail(env: NodeJS.ProcessEnv): Promise<Finding> {
  const settings = mailSettings(env);
  if (!settings)
    return mind("mail", "not configured: no notice leaves by mail", "set SMTP_URL and MAIL_FROM");
  const problem = await mailProblem(settings);
  return problem === null
    ? well("mail", "the mail server lets us in")
    : wrong("mail", `the mail server does not let us in: ${problem}`, "look at SMTP_URL, and at the server");
}

function exposure({ HOST, NEXTAUTH_URL, DEMO_ON_PURPOSE }: NodeJS.ProcessEnv): Finding {
  if (DEMO_ON_PURPOSE === ON_PURPOSE)
    return mind(
      "exposure",
      "strangers may sign in as the demo people",
      "unset DEMO_ON_PURPOSE for real data",
    );
  const isPublic = HOST !== undefined && !/^(|localhost|127\..*|::1)$/.test(HOST);
  if (isPublic && !NEXTAUTH_URL?.startsWith("https://"))
    return mind(
      "exposure",
      `HOST ${HOST} is open to others, and NEXTAUTH_URL says no https address`,
      "put a proxy with TLS in front and set NEXTAUTH_URL to its address (docs/operations.md)",
    );
  return well("exposure", NEXTAUTH_URL ? `people come in at ${NEXTAUTH_URL}` : "this machine alone");
}
