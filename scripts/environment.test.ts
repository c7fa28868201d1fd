import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { environmentFaults, mustBeSaidRight, VARIABLES } from "./environment";

const NAMES = Object.keys(VARIABLES);
/** Read of the environment, and not the product's: what runs it, what tests and tools say to themselves. */
const NOT_OURS = /^(NODE_ENV|NEXT_RUNTIME|AUTH_TRUST_HOST|SystemRoot|TEMP|CHROMIUM_PATH|BASE_URL|CI|npm_.*)$/;

test("a fresh environment, and one with everything said right, have no fault", () => {
  expect(environmentFaults({})).toEqual([]);
  const right = {
    PORT: "8080",
    HOST: "0.0.0.0",
    BEHIND_PROXY: "yes",
    DATABASE_URL: "postgres://owner:p@db/countersign",
    DATABASE_APP_URL: "postgres://app:p@db/countersign",
    NEXTAUTH_SECRET: "0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q",
    NEXTAUTH_URL: "https://countersign.company.example",
    SMTP_URL: "smtps://u:p@mail:465",
    MAIL_FROM: "Countersign <sign@company.example>",
    LOG_LEVEL: "debug",
    TZ: "Europe/Berlin",
    DEMO: "off",
    EVIDENCE_TOKEN: "",
  };
  expect(environmentFaults(right)).toEqual([]);
  expect(() => mustBeSaidRight(right)).not.toThrow();
});

test.each([
  [{ PORT: "http" }, 'PORT is a port, from 1 to 65535, and not "http"'],
  [{ PORT: "70000" }, 'PORT is a port, from 1 to 65535, and not "70000"'],
  [{ HOST: "db.example" }, 'HOST is an IP address, as 127.0.0.1 or 0.0.0.0, and not "db.example"'],
  [
    { LOG_LEVEL: "loud" },
    'LOG_LEVEL is one of trace, debug, info, warn, error, fatal, silent, and not "loud"',
  ],
  [{ TZ: "Mars/Olympus" }, 'TZ is a time zone, as Europe/Berlin, and not "Mars/Olympus"'],
  [{ AUDIT_WITNESS_URL: "http://w" }, "AUDIT_WITNESS_URL is an https address"],
  [{ SMTP_URL: "smtp://h" }, "SMTP_URL is set without MAIL_FROM: a mail is from somebody"],
  [
    { DATABASE_APP_URL: "postgres://a@h/d" },
    "DATABASE_APP_URL is set without DATABASE_URL: the built-in database makes its own login",
  ],
])("%o is refused in words", (env, words) => {
  expect(environmentFaults(env)).toEqual([words]);
  expect(() => mustBeSaidRight(env)).toThrow(words);
});

test.each(["DATABASE_URL", "NEXTAUTH_SECRET", "GATE_TOKEN", "SIGNING_KEYS", "EVIDENCE_TOKEN", "SMTP_URL"])(
  "what is wrong with %s is said without what it holds",
  (name) => {
    const said = environmentFaults({ [name]: "hunter2", MAIL_FROM: "" }).join();
    expect(said).toMatch(new RegExp(`^${name} is `));
    expect(said).not.toContain("hunter2");
  },
);

test("the list names every variable that the sources read", () => {
  const files = execFileSync("git", ["ls-files", "*.ts", "*.tsx", "*.mjs"], { encoding: "utf8" }).split("\n");
  const read = new Set<string>();
  for (const file of files.filter(
    (name) => name && !/(\.test\.|\.fixture\.|^e2e\/|^bench\/|^playwright)/.test(name),
  )) {
    const text = readFileSync(file, "utf8");
    for (const [, name] of text.matchAll(/\b(?:process\.env|env)\.([A-Za-z_]+)/g)) read.add(name!);
    for (const [, name] of text.matchAll(/addressOf\("([A-Z_]+)"\)/g)) read.add(name!);
    for (const [, names] of text.matchAll(/\{([^{}]*)\} = (?:process\.)?env;/g))
      for (const name of names!.split(",")) read.add(name.split(":")[0]!.trim());
  }
  expect(
    [...read].filter((name) => /^[A-Z]/.test(name) && !NOT_OURS.test(name) && !NAMES.includes(name)),
  ).toEqual([]);
  expect(read.size).toBeGreaterThan(15);
});

test("the table of docs/operations.md has them all and no other", () => {
  const text = readFileSync("docs/operations.md", "utf8");
  const table = text.slice(text.indexOf("| variable |"), text.indexOf("Behind a balancer"));
  const rows = table.split("\n").filter((line) => line.startsWith("| `"));
  const named = rows.flatMap((row) =>
    [...row.split("|")[1]!.matchAll(/`([A-Z_]+)(?:=off)?`/g)].map(([, name]) => name),
  );
  expect(named.toSorted()).toEqual(NAMES.toSorted());
});
