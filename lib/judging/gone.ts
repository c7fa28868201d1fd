import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Tx } from "@/db/connection/transaction";
import { fiscalYear, settings } from "@/db/schema/settings";
import { type Difference, firstDifference } from "@/lib/attribution/json-difference";
import { CALENDAR_YEAR } from "@/lib/calendar";
import { type Judgement, projectDeal } from "@/lib/metrics/projected-deal";
import type { TalliedDeal } from "@/lib/metrics/tally-lines";
import { readHeld } from "./held";
import { GONE_ROW, LIVING_NAMES, LIVING_TYPES } from "./living-row";
import { PROJECTION_NAMES, PROJECTION_TYPES, rowOf } from "./projection-row";
import { partnerRowsOf, projectionJson, takeFromTallies } from "./save";

/**
 * Deals that are gone and count on: what a seal holds of one counts in the quarters that are not frozen until two
 * accept its deletion as a correction (domain.md §7, §8.7). Its projection is then all that is left of it here.
 */
const GONE = sql`not exists (select from deals where deals.id = j.deal_id)`;

/** Of some deals that are about to go those that are held: they count on as they do, and lend nothing to a cohort. */
export async function keepHeld(tx: Tx, dealIds: readonly string[]): Promise<ReadonlySet<string>> {
  const held = [...(await readHeld(tx, dealIds)).keys()];
  if (held.length > 0)
    await tx.execute(sql`
      update judged_deals set (${LIVING_NAMES}) = (select ${LIVING_NAMES}
        from json_to_record(${JSON.stringify(GONE_ROW)}::text::json) as r (${LIVING_TYPES}))
      where deal_id = any(${sql.param(held)}::text[])`);
  return new Set(held);
}

/** Lets deals that are gone count no more. */
export async function letGo(tx: Tx, dealIds: readonly string[]): Promise<void> {
  const rows = await tx.execute<{ saved: TalliedDeal }>(sql`
    select ${projectionJson} as saved from judged_deals j
    where deal_id = any(${sql.param(dealIds)}::text[]) and ${GONE}`);
  if (rows.length === 0) return;
  const [company] = await tx.select({ fiscalYear }).from(settings);
  await takeFromTallies(
    tx,
    company?.fiscalYear ?? CALENDAR_YEAR,
    [...rows].map(({ saved }) => saved),
  );
  await tx.execute(sql`
    delete from judged_deals j where deal_id = any(${sql.param(dealIds)}::text[]) and ${GONE}`);
}

/** What is held of deals that are gone and count in a span, in no order. `among`: a condition on their columns. */
export async function heldGone(db: Db, among = sql`true`): Promise<Judgement[]> {
  const rows = await db.execute<{ id: string }>(
    sql`select deal_id as id from judged_deals j where ${GONE} and (${among})`,
  );
  const held = await readHeld(
    db,
    [...rows].map(({ id }) => id),
  );
  return [...held.values()].map((document) => JSON.parse(document) as Judgement);
}

interface Row extends Record<string, unknown> {
  id: string;
  /** Its projection as it is kept, JSON; null when it should be kept and is not. */
  kept: string | null;
}

/** Every deal that is gone, with what is kept of it, those of which too little is kept as well. */
async function readGone(db: Db): Promise<{ rows: Row[]; held: Map<string, string> }> {
  const rows = [
    ...(await db.execute<Row>(sql`
      select deal_id as id, (to_jsonb(j) - 'as_of' - 'judged_at')::text as kept from judged_deals j where ${GONE}
      union all
      select distinct s.deal_id, null from sealed_deals s join sealed_quarters q on q.quarter = s.quarter
      where s.closed_on between q.from_day and q.to_day
        and not exists (select from deals where deals.id = s.deal_id)
        and not exists (select from judged_deals j where j.deal_id = s.deal_id)`)),
  ];
  return {
    rows,
    held: await readHeld(
      db,
      rows.map(({ id }) => id),
    ),
  };
}

/** The first deal that is gone and counts otherwise than it is held; null when there is none. */
export async function checkGone(db: Db): Promise<Difference | null> {
  const { rows, held } = await readGone(db);
  for (const { id, kept } of rows) {
    const document = held.get(id);
    if (document === undefined && kept === null) continue;
    if (document === undefined) return { at: id, kept: "counts", recomputed: "gone" };
    if (kept === null) return { at: id, kept: "absent", recomputed: "held by a seal" };
    const row = rowOf(projectDeal(JSON.parse(document) as Judgement));
    const found = firstDifference(id, JSON.parse(kept), { ...row, ...GONE_ROW });
    if (found) return found;
  }
  return null;
}

/** Puts right which deals that are gone are kept; their tallies are whoever asks's to put right. */
export async function restoreGone(tx: Tx): Promise<void> {
  const { rows, held } = await readGone(tx);
  const ids = rows.map(({ id }) => id);
  await tx.execute(
    sql`delete from judged_deals j where deal_id = any(${sql.param(ids)}::text[]) and ${GONE}`,
  );
  const judgements = [...held.values()].map((document) => JSON.parse(document) as Judgement);
  if (judgements.length === 0) return;
  const dealRows = judgements.map((one) => ({
    ...rowOf(projectDeal(one)),
    as_of: one.facts.asOf,
    ...GONE_ROW,
  }));
  await tx.execute(sql`
    insert into judged_deals (deal_id, ${PROJECTION_NAMES}, as_of, ${LIVING_NAMES})
    select r.* from json_to_recordset(${JSON.stringify(dealRows)}::text::json)
      as r (deal_id text, ${PROJECTION_TYPES}, as_of date, ${LIVING_TYPES})`);
  await tx.execute(sql`
    insert into partner_outcomes (deal_id, partner_id, outcome, disputed, credit, rule, created_on, state)
    select r.* from json_to_recordset(${JSON.stringify(judgements.flatMap(partnerRowsOf))}::text::json)
      as r (deal_id text, partner_id text, outcome outcome, disputed outcome, credit bigint, rule text,
        created_on date, state deal_outcome)`);
}
