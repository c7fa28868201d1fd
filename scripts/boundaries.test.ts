import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const project = fileURLToPath(new URL("..", import.meta.url));

/** What each file of a small house imports, and the rules that must see it; none for what is allowed. */
const PLANTED: [file: string, source: string, rules: string[]][] = [
  // Every room, one import that the table does not name.
  ["lib/attribution/a.ts", 'import "@/lib/metrics/stub";', ["attribution-imports"]],
  ["lib/metrics/a.ts", 'import "@/db/connection/client";', ["metrics-imports"]],
  ["lib/text/a.ts", 'import "@/lib/attribution/stub";', ["text-imports"]],
  ["lib/calendar.ts", 'import "@/lib/metrics/stub";', ["values-imports"]],
  ["lib/money.ts", 'import "@/db/connection/client";', ["values-imports"]],
  ["lib/connectors/csv/a.ts", 'import "@/db/connection/client";', ["connectors-imports"]],
  ["lib/exports/a.ts", 'import "@/db/connection/client";', ["exports-imports"]],
  ["lib/auth/a.ts", 'import "@/lib/commands/stub";', ["auth-imports"]],
  ["lib/commands/a.ts", 'import "@/lib/queries/stub";', ["commands-imports"]],
  ["lib/queries/a.ts", 'import "@/lib/commands/stub";', ["queries-imports"]],
  ["lib/queries/c.ts", 'import "@/lib/commands/deal/close-deal";', ["queries-imports"]],
  ["lib/commands/role/guards.ts", 'import "@/lib/commands/stub";', ["guards-imports"]],
  ["lib/commands/undo-guards.ts", 'import "@/db/connection/client";', ["guards-imports"]],
  ["lib/commands/guard.ts", 'import "zod";', ["guards-is-pure"]],
  ["lib/queries/b.ts", 'import "@/db/connection/transaction";', ["queries-only-read"]],
  ["lib/api/a.ts", 'import "@/db/connection/client";', ["api-imports"]],
  ["components/deal/a.tsx", 'import "@/lib/queries/stub";', ["feature-imports"]],
  ["components/deal/b.tsx", 'import "@/lib/api/stub";', ["feature-imports"]],
  ["components/deal/c.tsx", 'import "@/components/deals/fine";', ["feature-imports"]],
  ["components/deal/d.tsx", 'import "@/components/shell/stub";', ["feature-imports"]],
  ["components/deal/e.tsx", 'export const E = () => import("../deals/fine");', ["feature-imports"]],
  ["components/loose.tsx", 'import "@/components/deals/fine";', ["feature-imports"]],
  ["components/ui/a.tsx", 'import "@/components/shared/stub";', ["ui-imports"]],
  ["components/ui/b.tsx", 'import "@/lib/api/client";', ["ui-imports"]],
  [
    "components/ui/c.tsx",
    'import type { Row } from "@/lib/attribution/stub"; export const C = 1 as Row;',
    ["ui-imports"],
  ],
  ["components/shared/a.tsx", 'import "@/components/deal/fine";', ["shared-imports"]],
  ["components/shared/case/a.tsx", 'import "@/components/shell/stub";', ["shared-imports"]],
  ["components/shared/b.tsx", 'import "@/lib/queries/stub";', ["shared-imports"]],
  ["components/shell/a.tsx", 'import "@/components/deal/fine";', ["shell-imports"]],
  ["components/shell/dialogs.ts", 'import "@/db/connection/client";', ["shell-dialogs-imports"]],
  ["app/deals/page.tsx", 'import "@/db/connection/client";', ["app-imports"]],
  ["app/deals/layout.tsx", 'import "@/lib/commands/stub";', ["app-imports"]],
  ["app/api/v1/[[...rest]]/route.ts", 'import "@/db/server/open";', ["app-imports"]],
  ["lib/judging/a.ts", 'import "@/lib/commands/stub";', ["judging-imports"]],
  ["scripts/verifier/a.mjs", 'import "@/lib/auth/stub";', ["verifier-shares-nothing"]],
  ["scripts/verifier/b.mjs", 'import "zod";', ["verifier-shares-nothing"]],
  ["scripts/verifier/c.mjs", 'import "node:crypto"; import "postgres";', []],
  ["lib/sealing/a.ts", 'import "@/lib/queries/stub";', ["sealing-imports"]],
  ["lib/audit/a.ts", 'import "@/lib/judging/stub";', ["audit-imports"]],
  ["lib/jobs/a.ts", 'import "@/lib/exports/stub";', ["jobs-imports"]],
  ["db/schema/b.ts", 'import "@/lib/commands/stub";', ["db-imports"]],
  ["db/schema/a.ts", 'import "@/db/server/open";', ["db-imports"]],
  ["db/server/open.ts", 'import "@/db/connection/client";', ["server-imports"]],
  ["db/demo/a.ts", 'import "@/app/stub";', ["demo-imports"]],
  ["scripts/a.ts", 'import "@/components/shell/stub";', ["scripts-imports"]],
  ["lib/helpers/a.ts", 'import "zod";', ["no-room-without-a-row"]],
  ["lib/interchange/a.ts", 'import "@/lib/connectors/stub";', ["interchange-imports"]],
  ["lib/reading/a.ts", 'import "@/lib/metrics/stub";', ["reading-imports"]],
  ["lib/reading/b.ts", 'import "zod";', ["reading-is-pure"]],
  ["lib/auth/permissions.ts", 'import "@/lib/auth/stub";', ["permissions-imports"]],
  // Nothing comes into a pure room but other pure rooms.
  ["lib/attribution/b.ts", 'import "node:crypto";', ["attribution-is-pure"]],
  ["lib/attribution/c.ts", 'import "next/headers";', ["attribution-is-pure"]],
  ["lib/metrics/b.ts", 'import "react";', ["metrics-is-pure"]],
  ["lib/text/b.ts", 'import "node:util";', ["text-is-pure"]],
  ["lib/errors.ts", 'import process from "node:process";', ["values-is-pure"]],
  // Tests are held to the table, too, but for the scene they set.
  [
    "lib/attribution/a.test.ts",
    'import "@/db/connection/client"; import "vitest";',
    ["attribution-tests-import"],
  ],
  ["components/deal/a.test.tsx", 'import "@/db/connection/client";', ["feature-tests-import"]],
  ["components/deal/b.test.tsx", 'import "@/components/deals/fine";', ["feature-tests-import"]],
  ["components/ui/a.test.tsx", 'import "@/components/shared/stub";', ["ui-tests-import"]],
  ["lib/queries/a.db.test.ts", 'import "@/components/shell/stub";', ["queries-tests-import"]],
  ["lib/queries/b.db.test.ts", 'import "@/lib/commands/stub"; import "@/db/test-database";', []],
  // Every way to import.
  [
    "components/ways/a.tsx",
    'import type { Row } from "@/db/connection/client"; export const A = <p>{1 as Row}</p>;',
    ["feature-imports"],
  ],
  [
    "components/ways/b.tsx",
    'import { type Row } from "../../db/connection/client"; export const B = 1 as Row;',
    ["feature-imports"],
  ],
  ["components/ways/c.tsx", 'export * from "@/db/connection/client";', ["feature-imports"]],
  ["components/ways/d.tsx", 'export type { Row } from "@/db/connection/client";', ["feature-imports"]],
  [
    "components/ways/e.tsx",
    'export const E = () => <a onClick={() => import("@/db/connection/client")} />;',
    ["feature-imports"],
  ],
  [
    "components/ways/f.ts",
    'export type F = Promise<import("@/db/connection/client").Row>;',
    ["feature-imports"],
  ],
  [
    "components/ways/g.ts",
    "export const g = (): unknown => require(`@/db/connection/client`);",
    ["feature-imports"],
  ],
  // The house as a whole.
  ["lib/auth/one.ts", 'import type {} from "./two";', ["no-circle"]],
  ["lib/auth/two.ts", 'import "./one";', []], // a circle is reported once
  ["lib/auth/orphan.ts", "export const alone = 1;", ["no-orphan"]],
  ["lib/auth/lost.ts", 'import "./nowhere";', ["no-unresolvable"]],
  ["lib/auth/tool.ts", 'import "fast-check";', ["no-development-package"]],
  [
    "lib/auth/tested.ts",
    'import "@/lib/queries/b.db.test";',
    ["auth-imports", "tests-and-tools-are-imported-by-nothing"],
  ],
  ["scripts/b.ts", 'import "@/bench/stub";', ["scripts-imports", "tests-and-tools-are-imported-by-nothing"]],
  [
    "lib/metrics/fixed.ts",
    'import "@/fixtures/stub";',
    ["metrics-is-pure", "tests-and-tools-are-imported-by-nothing"],
  ],
  // What the table allows passes.
  ["lib/metrics/fine.ts", 'import "@/lib/attribution/stub"; import "@/lib/currencies";', []],
  [
    "lib/commands/fine.ts",
    'import "@/db/connection/transaction"; import "@/lib/auth/stub"; import "zod";',
    [],
  ],
  ["lib/queries/fine.ts", 'import "@/db/connection/client"; import "@/lib/metrics/stub";', []],
  ["lib/queries/guarded.ts", 'import "@/lib/commands/deal/guards"; import "@/lib/commands/guard";', []],
  ["lib/commands/deal/guards.ts", 'import "../guard"; import "@/lib/attribution/stub";', []],
  ["lib/api/fine.ts", 'import "@/lib/commands/stub"; import "@/lib/queries/stub";', []],
  [
    "components/deal/fine.tsx",
    'import "@/lib/api/client"; import "@/lib/attribution/stub"; import "@/components/shared/stub"; import "react";',
    [],
  ],
  ["components/deals/fine.tsx", 'import "@/components/ui/stub"; import "./row"; import "react";', []],
  ["components/deals/row.tsx", 'import "@/lib/metrics/stub"; import "react";', []],
  ["components/shared/fine.tsx", 'import "@/components/ui/stub"; import "@/lib/api/client";', []],
  ["components/ui/fine.tsx", 'import "@/lib/currencies"; import "@/lib/api/problem-of"; import "react";', []],
  ["components/shell/fine.tsx", 'import "./dialogs"; import "@/components/shared/stub";', []],
  [
    "app/fine/page.tsx",
    'import "@/components/shell/stub"; import "@/lib/queries/stub"; import "@/lib/auth/stub";',
    [],
  ],
  ["scripts/fine.ts", 'import "@/db/server/open"; import "@/lib/commands/stub"; import "node:fs";', []],
  [
    "db/demo/fine.ts",
    'import "@/lib/commands/stub"; import "@/db/connection/client"; import "@/lib/connectors/stub";',
    [],
  ],
  ["e2e/fine.spec.ts", 'import "@/db/demo/fine"; import "@playwright/test";', []],
];

/** Files to import, which a house has and which break nothing: each imports itself a package. */
const STUBS = [
  ..."lib/auth lib/commands lib/queries lib/judging lib/exports lib/api lib/connectors components/ui components/shared components/shell app bench fixtures"
    .split(" ")
    .map((room) => `${room}/stub.ts`),
  ...[
    "lib/api/client.ts",
    "lib/commands/deal/close-deal.ts",
    "lib/api/problem-of.ts",
    "db/connection/client.ts",
    "db/connection/transaction.ts",
    "db/test-database.ts",
  ],
];
const PURE_STUBS = ["lib/attribution/stub.ts", "lib/metrics/stub.ts", "lib/currencies.ts"];

type Violation = { from: string; rule: { name: string } };
let house: string;
let violations: Violation[];

beforeAll(async () => {
  house = mkdtempSync(join(tmpdir(), "countersign-boundaries-"));
  for (const file of [
    ".dependency-cruiser.mjs",
    "scripts/see-imports.mjs",
    "tsconfig.json",
    "package.json",
  ]) {
    cpSync(join(project, file), join(house, file), { recursive: true });
  }
  symlinkSync(join(project, "node_modules"), join(house, "node_modules"));
  for (const file of STUBS) plant(file, 'import "zod"; export type Row = number;');
  for (const file of PURE_STUBS) plant(file, "export type Row = number;");
  for (const [file, source] of PLANTED) plant(file, source);
  violations = await cruise(house);
}, 60_000);
afterAll(() => rmSync(house, { recursive: true, force: true }));

function plant(file: string, source: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), source);
}

/** Runs the very rules of `npm run boundaries`. dependency-cruiser exits with the number of errors. */
function cruise(folder: string): Promise<Violation[]> {
  const rooms = readdirSync(folder).filter((name) =>
    /^(app|components|lib|db|e2e|bench|scripts|fixtures)$/.test(name),
  );
  const program = join(project, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const args = [program, "--config", ".dependency-cruiser.mjs", "--output-type", "json", ...rooms];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1 << 28 }, (_exit, stdout, stderr) => {
      if (!stdout.startsWith("{")) return reject(new Error(stderr || stdout));
      resolve((JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations);
    });
  });
}

describe("the table of rooms", () => {
  test.each(PLANTED)("%s with %s", (file, _source, rules) => {
    const seen = new Set(violations.filter(({ from }) => from === file).map(({ rule }) => rule.name));
    expect([...seen].toSorted()).toEqual(rules.toSorted());
  });
});

function guardsUnder(folder: string): string[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /guards?[.]ts$/.test(name))
    .map((name) => `${folder}/${name}`);
}

/** What a pure room could reach without importing anything; a date made of a day is no clock. */
const AMBIENT =
  /\b(process|performance|crypto|globalThis|fetch|setTimeout|setInterval|console)\b\s*[.([]|\bMath\.random\b|\bDate\b\s*[.(](?!`\$\{day\})|new Date\b(?!\(`\$\{day\})/;

function ambientUse(source: string): string | undefined {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"/g, "");
  return AMBIENT.exec(code)?.[0];
}

describe("a pure room", () => {
  test.each([
    "Date.now()",
    "new Date()",
    "Math.random()",
    "process.env.TZ",
    "performance.now()",
    "crypto.randomUUID()",
  ])("would be caught using %s", (planted) =>
    expect(ambientUse(`export const x = () => ${planted};`)).toBeDefined(),
  );

  const files = ["attribution", "interchange", "metrics", "reading", "text"]
    .flatMap((room) => readdirSync(join(project, "lib", room)).map((name) => `lib/${room}/${name}`))
    .concat(["calendar", "company-day", "money", "errors", "currencies"].map((name) => `lib/${name}.ts`))
    .concat(guardsUnder("lib/commands"))
    .filter((file) => file.endsWith(".ts") && !/[.](test|arbitrary|bench)[.]ts$/.test(file));
  test.each(files)("%s knows no clock, no randomness and no process", (file) => {
    expect(ambientUse(readFileSync(join(project, file), "utf8"))).toBeUndefined();
  });
});
