import postgres from "postgres";
import type { Client } from "@/db/connection/client";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Policy } from "@/lib/attribution/policy";
import { judgeNewPolicy } from "@/lib/judging/judge-policy";
import { policyHash } from "@/lib/judging/policy-book";
import { rebuild } from "@/lib/judging/rebuild";
import { timed } from "../timing";

/** What judging reads. */
const FACTS = ["deals", "stage_entries", "registrations", "role_rows", "activities", "rulings", "partners"];
/** What it writes. */
const JUDGED = [
  ...["judged_deals", "partner_outcomes", "packed_facts", "tallies", "tally_changes", "lens_queue"],
  ...["exceptions", "exception_notes", "exception_votes", "deputies"],
];

/** What it writes a row a deal and partner of. */
const PROJECTED = ["judged_deals", "partner_outcomes", "packed_facts"];

/** What judging everything took, and copying meanwhile. */
export interface JudgedIn {
  ms: number;
  /** The facts out. */
  outMs: number;
  /** The facts out, and what was judged in, with its keys. */
  floorMs: number;
}

/** Judges every deal of a company whose outcomes are not there yet. */
export async function judgeFirst(url: string, client: Client, today: string): Promise<JudgedIn> {
  const before = await copyOut(url);
  const ms = await timed(() => rebuild(client, today));
  // Judging takes long enough for others to come and go: the floor is from before it and after.
  const outMs = (before + (await copyOut(url))) / 2;
  return { ms, outMs, floorMs: outMs + (await copyIn(url)) };
}

/**
 * Judges every deal under a policy that takes the place of the one before, as the product does when one comes into force.
 *
 * @param day from which it is signed: before any deal, and later than that of the one before
 * @returns milliseconds
 */
export async function judgeOtherwise(
  { url, client, today }: { url: string; client: Client; today: string },
  { policy, day }: { policy: Policy; day: string },
): Promise<number> {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const [id, text, hash] = [`M-${day}`, canonicalJson(policy), policyHash(policy)];
  try {
    await owner.begin(async (sql) => {
      // Nobody signs for the past.
      await sql`set local session_replication_role = replica`;
      await sql`insert into signatures (policy_id, seat, user_id, name, hash)
        select ${id}, seat, user_id, name, ${hash} from signatures
        where policy_id = (select id from policies where upper_inf(period))`;
      await sql`update policies set period = daterange(lower(period), ${day}::date) where upper_inf(period)`;
      await sql`insert into policies (id, title, document, canonical, hash, active_from, proposed_at, period)
        values (${id}, ${id}, ${text}::text::jsonb, ${text}, ${hash}, ${day}, now(), daterange(${day}::date, null))`;
    });
  } finally {
    await owner.end();
  }
  return timed(() => judgeNewPolicy(client, today));
}

/** Forgets what was judged, as its owner alone can. */
export async function forgetJudged(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const guarded = JUDGED.map((table) => `alter table ${table} disable trigger user;`).join(" ");
    const again = JUDGED.map((table) => `alter table ${table} enable trigger user;`).join(" ");
    await sql.unsafe(`${guarded} truncate ${JUDGED.join(", ")}; ${again}`);
  } finally {
    await sql.end();
  }
}

/** How long it takes to copy the facts out, in binary form. */
export async function copyOut(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await timed(async () => {
      for (const table of FACTS) {
        // Through a pipe, since the driver's own copy to a stream can stand still under load.
        await sql.unsafe(`copy ${table} to program 'cat > /dev/null' (format binary)`);
      }
    });
  } finally {
    await sql.end();
  }
}

/** What was judged copied into tables of the same columns, and their keys made. */
async function copyIn(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const key = {
    ...{ judged_deals: "deal_id", partner_outcomes: "deal_id, partner_id" },
    packed_facts: "deal_id",
  } as Record<string, string>;
  const path = (table: string) => `/tmp/countersign-floor-${table}`;
  try {
    for (const table of PROJECTED) await sql.unsafe(`copy ${table} to '${path(table)}' (format binary)`);
    return await timed(async () => {
      for (const table of PROJECTED) {
        await sql.unsafe(`create table floor_${table} (like ${table})`);
        await sql.unsafe(`copy floor_${table} from '${path(table)}' (format binary)`);
        await sql.unsafe(`alter table floor_${table} add primary key (${key[table]})`);
      }
    });
  } finally {
    for (const table of PROJECTED) {
      await sql.unsafe(`drop table if exists floor_${table}`);
      await sql.unsafe(`copy (select 1) to program 'rm -f ${path(table)}'`);
    }
    await sql.end();
  }
}
