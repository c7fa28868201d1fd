import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { toldStory } from "@/db/demo/told.fixture";
import { loadWhole, type Whole, writeWhole } from "@/db/server/whole";
import { testDatabase } from "@/db/test-database";
import { growWhole } from "@/lib/audit/grow.fixture";
import { logKeys, newestHead } from "@/lib/audit/head";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { CALENDAR_YEAR, previousQuarter, quarterOf } from "@/lib/calendar";
import { createUser } from "@/lib/commands/company/create-user";
import { perform } from "@/lib/commands/door";
import { companyDay } from "@/lib/company-day";
import { checkProjections } from "@/lib/judging/rebuild";
import { foldTallies } from "@/lib/judging/tallies";
import { printedNumbers } from "@/lib/queries/numbers/numbers";
import { runCommand } from "./run-command.fixture";

const TODAY = companyDay(Date.now(), "UTC");

let home: string;
let told: { url: string; client: Client };
let loaded: { url: string; client: Client };
let written: Whole;

const kept = () => join(home, "kept");
const connected = ({ url }: { url: string }) => ({ url, client: connect(url, { max: 4 }) });

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "countersign-export-"));
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  told = connected(await toldStory(TODAY));
  loaded = connected(await testDatabase());
  await growWhole(told.client);
  while ((await foldTallies(told.client)) > 0);
  written = await writeWhole(told.url, kept());
}, 300_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
  await Promise.all([told.client.close(), loaded.client.close()]);
});

test("an export, loaded into an empty database, comes to the same bytes, numbers, seals and heads", async () => {
  expect(written.tables.length).toBeGreaterThan(50);
  const rowsOf = (name: string) => written.tables.find((table) => table.name === name)?.rows;
  for (const name of ["deals", "audit_log", "audit_heads", "sealed_deals", "signatures", "users"])
    expect(rowsOf(name), name).toBeGreaterThan(0);
  const said = await runCommand(loaded.url, "load-export", kept());
  expect(said, said.said).toMatchObject({ status: 0 });
  expect(await writeWhole(loaded.url, join(home, "again"))).toEqual(written);

  const head = join(home, "head.json");
  const { db } = told.client;
  writeFileSync(head, JSON.stringify({ head: await newestHead(db), keys: await logKeys(db) }));
  const verified = execFileSync(process.execPath, [
    "scripts/verifier/verify.mjs",
    ...["--database", loaded.url, "--head", head],
  ]).toString();
  expect(verified).toMatch(/[1-9]\d* seals?, the digest that of the bytes/);
  expect(await checkProjections(loaded.client, TODAY)).toBeNull();
  for (
    let quarter = quarterOf(TODAY), count = 0;
    count < 5;
    count++, quarter = previousQuarter(quarter, CALENDAR_YEAR)
  ) {
    const numbers = await printedNumbers(db, quarter.label, { today: TODAY });
    expect(await printedNumbers(loaded.client.db, quarter.label, { today: TODAY })).toEqual(numbers);
  }
}, 200_000);

test("what was loaded is guarded as before, and goes on", async () => {
  const owner = postgres(loaded.url, { max: 1, onnotice: () => {} });
  const guards = (url: string) => {
    const one = postgres(url, { max: 1 });
    return one`select tgrelid::regclass::text as place, tgname, tgenabled from pg_trigger where not tgisinternal
      union all select conrelid::regclass::text, conname, convalidated::text::"char" from pg_constraint
      where contype <> 't' order by 1, 2, 3`.finally(() => one.end());
  };
  expect([...(await guards(loaded.url))]).toEqual([...(await guards(told.url))]);
  await expect(owner`update audit_log set actor = 'user:else'`).rejects.toThrow(
    "needs an actor and a request",
  );
  await owner.end();
  const person = { id: "U-new", name: "New", email: "new@company.example", role: "admin" };
  await perform(createUser, person, { actor: COMMAND_LINE, client: loaded.client });
  const [row] = await loaded.client.db.execute(
    sql`select count(*)::int as entries from audit_log where subject_id = 'U-new'`,
  );
  expect(row).toEqual({ entries: 1 });
});

test("nothing is loaded over what somebody made, of a damaged file, or into another version", async () => {
  await expect(loadWhole(loaded.url, kept())).rejects.toThrow("somebody has used this database");
  const { url } = await testDatabase();
  const partner = join(kept(), "partners.jsonl");
  const text = readFileSync(partner, "utf8");
  writeFileSync(partner, text.replace('"name":"', '"name":"X'));
  await expect(loadWhole(url, kept())).rejects.toThrow("partners.jsonl is not what was written");
  writeFileSync(partner, text);
  const manifest = join(kept(), "export.json");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace(written.migration, "0".repeat(64)));
  await expect(loadWhole(url, kept())).rejects.toThrow("written by another version");
  const sqlOf = postgres(url, { max: 1 });
  const [row] = await sqlOf`select count(*)::int as partners from partners`;
  await sqlOf.end();
  expect(row).toEqual({ partners: 0 });
  const usage = await runCommand(url, "export");
  expect(usage).toMatchObject({ status: 2 });
});
