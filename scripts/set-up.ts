import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { closeDatabases, surviveDriverFaults } from "@/db/client";
import { dataDirectory } from "@/db/data-directory";
import { tellDemoStory } from "@/db/demo/tell";
import { firstRun } from "@/db/first-run";

/**
 * What a start does to a migrated database, in a process of its own so that its connections are gone
 * when the app gets it: the secret and the admin (db/first-run.ts), and, in a database on this
 * machine that has never had a user, the demo story (not with DEMO=off). A story that was cut off
 * is told again from the beginning.
 */
async function setUp(url: string): Promise<void> {
  const telling = join(dataDirectory(), "telling-the-demo-story");
  const tell = process.env.DEMO !== "off" && isLocal(url) && (existsSync(telling) || (await hasNoUser(url)));
  await firstRun(url);
  if (!tell) return;
  console.log("Telling the demo story, once …");
  mkdirSync(dataDirectory(), { recursive: true });
  writeFileSync(telling, "");
  await tellDemoStory();
  rmSync(telling);
}

async function hasNoUser(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1 });
  try {
    const [first] = await sql`select 1 from users limit 1`;
    return first === undefined;
  } finally {
    await sql.end();
  }
}

function isLocal(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]", ""].includes(new URL(url).hostname);
}

surviveDriverFaults();
await setUp(process.env.DATABASE_URL ?? "");
await closeDatabases();
