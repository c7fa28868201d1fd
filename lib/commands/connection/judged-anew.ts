import { sql } from "drizzle-orm";
import { leaveDealsToBeJudged } from "@/lib/judging/judge-policy";
import type { WriteContext } from "../verb";

/** Leaves the deals on which a connection's facts stand to be judged by the reads that follow. */
export async function leaveToBeJudged({ tx, today }: WriteContext, connectionId: string): Promise<void> {
  const brought = sql`select id from imports where connection_id = ${connectionId}`;
  const standing = sql`
    select deal_id from registrations where import_id in (${brought}) and deal_id is not null
    union select deal_id from role_rows where import_id in (${brought})
    union select deal_id from activities where import_id in (${brought})`;
  await leaveDealsToBeJudged(tx, standing, today);
}
