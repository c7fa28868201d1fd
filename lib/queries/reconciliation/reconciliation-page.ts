import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { FindingKind } from "@/lib/attribution/reconciliation";
import { refuse } from "@/lib/errors";
import { DECIDED_STATES, type DecidedState } from "@/lib/metrics/reconciled";
import type { Month } from "@/lib/reconciling/months";
import { readPlace, writePlace } from "../place";

/** Which of a month's closed deals are asked for. */
export interface Narrowed {
  state?: DecidedState;
  kind?: FindingKind;
  as?: "won" | "lost";
  dealId?: string;
}

interface Row extends Record<string, unknown> {
  id: string;
  decided: DecidedState;
  on: string;
}

/**
 * A page of a month's closed deals, what is still to decide first, then in order of close and id: a walk of one index
 * a state, from where the page before it ended.
 */
export async function monthPage(
  db: Db,
  { from, to }: Month,
  { state, kind, as, dealId }: Narrowed,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ ids: string[]; next: string | null }> {
  const place = after === undefined ? null : readReached(after);
  const rows: Row[] = [];
  const states = DECIDED_STATES.filter((one) => state === undefined || one === state);
  for (const decided of states.slice(place ? Math.max(0, states.indexOf(place.decided)) : 0)) {
    if (rows.length > limit) break;
    const beyond =
      place?.decided === decided
        ? sql`(j.ended_on, j.deal_id) > (${place.on}::date, ${place.id})`
        : sql`true`;
    rows.push(
      ...(await db.execute<Row>(sql`
        select j.deal_id as id, j.decided::text as decided, j.ended_on::text as "on" from judged_deals j
        where j.decided = ${decided}::decided_state and j.ended_on between ${from}::date and ${to}::date and ${beyond}
          ${kind ? sql`and ${kind}::finding = any(j.found)` : sql``}
          ${as ? sql`and j.ended_as = ${as}::deal_outcome` : sql``}
          ${dealId === undefined ? sql`` : sql`and j.deal_id = ${dealId}`}
        order by j.ended_on, j.deal_id limit ${limit + 1 - rows.length}`)),
    );
  }
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? writePlace([`${last.decided} ${last.on}`, last.id]) : null;
  return { ids: page.map(({ id }) => id), next };
}

function readReached(after: string): Row {
  const [key, id] = readPlace(after);
  const [, word, on] = /^(\w+) (\d{4}-\d{2}-\d{2})$/.exec(key ?? "") ?? [];
  const decided = DECIDED_STATES.find((one) => one === word);
  if (!decided || !on) return refuse("after", after, "is where a page ended, as `next` gave it");
  return { decided, on, id };
}
