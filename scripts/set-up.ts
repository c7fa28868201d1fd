import postgres from "postgres";
import { closeDatabases, surviveDriverFaults } from "@/db/connection/client";
import { tellDemoStory } from "@/db/demo/tell";
import { mayShowDemo } from "@/lib/auth/exposure";
import { BEING_TOLD } from "@/lib/commands/company/guards";
import { firstRun } from "./first-run";

/**
 * What a start does to a migrated database, in a process of its own so that its connections are gone
 * when the app gets it: the secret and the admin (scripts/first-run.ts), and the demo story where nobody
 * has ever signed in or the telling was cut off. Only on this machine and for it (exposure.ts), and not with DEMO=off.
 */
async function setUp(url: string): Promise<void> {
  const wanted = process.env.DEMO !== "off" && isLocal(url) && mayShowDemo(process.env);
  const tell = wanted && (await waitsForTheStory(url));
  await firstRun(url);
  if (!tell) return;
  console.log("Telling the demo story, once …");
  let quarters = 0;
  await tellDemoStory({
    onProgress({ told, total }) {
      if (Math.floor((4 * told) / total) > quarters) console.log(`  ${++quarters * 25} %`);
    },
  });
}

async function waitsForTheStory(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1 });
  try {
    const [found] = await sql`
      select not exists (select from users) or exists (select from settings where company = ${BEING_TOLD}) as waits`;
    return found?.waits === true;
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
