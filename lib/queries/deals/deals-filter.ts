import { type SQL, sql } from "drizzle-orm";
import type { Day } from "@/lib/attribution/facts";
import type { DealOutcome, Outcome } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import type { Quarter } from "@/lib/calendar";

/** Which deals are asked for; each condition that is given must hold. */
export interface DealsFilter {
  scope: "mine" | "all";
  search?: string;
  outcome?: readonly Outcome[];
  state?: DealOutcome;
  stage?: readonly number[];
  partnerId?: string;
  owner?: string;
  /** Created or closed in it. */
  quarter?: Quarter;
  needsDecision?: boolean;
  closingSoon?: boolean;
  disputed?: boolean;
  /** Exactly these, and of them those that the other conditions keep. */
  ids?: readonly string[];
}

/** The stage a deal `d` is at on a day: the last one entered by then, 0 before the first (§4). */
export function stageOn(today: Day): SQL {
  return sql`coalesce((select s.stage from stage_entries s
    where s.deal_id = d.id and s.entered_on <= ${today}::date order by s.seq desc limit 1), 0)`;
}

/**
 * Whether the AE has confirmed what `d`'s attribution is: "no partner involved", or every role row and at
 * least one. The same rule lets a deal be closed as won (§8.3).
 */
export const CONFIRMED = sql`(d.no_partner_on is not null or coalesce(
  (select bool_and(r.confirmed_on is not null) from role_rows r where r.deal_id = d.id), false))`;

/** The stages before a close, from which on a deal counts as closing soon: it has no expected close day. */
const CLOSING_STAGES = sql`(4, 5)`;

const anyOf = (values: readonly (string | number)[], type: string) =>
  sql`any(${sql.param(values)}::${sql.raw(type)}[])`;

/** A pattern for `ilike`: the text anywhere, its own wildcards taken literally. */
export const like = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

/** The conditions as SQL over `d`, the deals, and `o`, their outcomes. */
export function conditionOf(filter: DealsFilter, actor: Actor, today: Day): SQL {
  const on = (
    partner: SQL,
  ) => sql`exists (select from partner_outcomes po join partners p on p.id = po.partner_id
    where po.deal_id = d.id and ${partner})`;
  const parts: SQL[] = [];
  // Mine: I own the deal, or the relationship with a partner on it.
  if (filter.scope === "mine")
    parts.push(sql`(d.owner = ${actor.ownerName} or ${on(sql`p.owner_id = ${actor.userId}`)})`);
  if (filter.search?.trim()) {
    const text = like(filter.search.trim());
    parts.push(
      sql`(d.account ilike ${text} or d.id ilike ${text} or d.owner ilike ${text} or ${on(sql`p.name ilike ${text}`)})`,
    );
  }
  if (filter.outcome?.length) parts.push(sql`o.outcome = ${anyOf(filter.outcome, "outcome")}`);
  if (filter.state) parts.push(sql`d.outcome = ${filter.state}::deal_outcome`);
  if (filter.stage?.length) parts.push(sql`${stageOn(today)} = ${anyOf(filter.stage, "int")}`);
  if (filter.partnerId) parts.push(on(sql`p.id = ${filter.partnerId}`));
  if (filter.owner !== undefined) parts.push(sql`d.owner = ${filter.owner}`);
  if (filter.quarter) {
    const within = sql`between ${filter.quarter.from}::date and ${filter.quarter.to}::date`;
    parts.push(sql`(d.created_on ${within} or d.closed_on ${within})`);
  }
  if (filter.needsDecision !== undefined)
    parts.push(sql`(d.outcome = 'open' and not ${CONFIRMED}) = ${filter.needsDecision}`);
  if (filter.closingSoon !== undefined)
    parts.push(sql`(d.outcome = 'open' and ${stageOn(today)} in ${CLOSING_STAGES}) = ${filter.closingSoon}`);
  if (filter.disputed !== undefined) parts.push(sql`coalesce(o.disputed, false) = ${filter.disputed}`);
  if (filter.ids) parts.push(sql`d.id = ${anyOf(filter.ids, "text")}`);
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`;
}
