import { sql } from "drizzle-orm";
import { z } from "zod";
import { isInfluencedFamily } from "@/lib/attribution/models";
import { OUTCOMES, PARTNER_KINDS } from "@/lib/attribution/vocabulary";
import { like } from "../deals/like";
import { defineQuery } from "../query";
import { dayShape } from "../shapes";

const INFLUENCED = OUTCOMES.filter(isInfluencedFamily);

const line = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(PARTNER_KINDS),
  parentId: z.string().nullable(),
  programs: z.array(z.string()),
  owner: z.string().nullable(),
  /** Deals it is on. */
  deals: z.int(),
  /** Deals it sourced. */
  sourced: z.int(),
  /** Deals on which its outcome is of the influenced family. */
  influenced: z.int(),
  disputed: z.int(),
  lastActivityOn: dayShape.nullable(),
  version: z.int(),
  demo: z.boolean(),
});

/** Every partner with what it is doing, from the tallies that judging keeps. Counts of deals by outcome are never added together (§7). */
export const partnersList = defineQuery({
  name: "partners-list",
  summary: "Partners by name, with their deals and last action.",
  input: z.strictObject({ search: z.string().max(200).optional() }),
  output: z.object({
    partners: z.array(line),
  }),
  async run({ db }, { search }) {
    const named = search?.trim() ? sql`p.name ilike ${like(search.trim())}` : sql`true`;
    // A record that became another one is no partner to choose.
    const partners = await db.execute<z.output<typeof line> & Record<string, unknown>>(sql`
      select p.id, p.name, p.kind::text as kind, p.parent_id as "parentId", array(
          select name from partner_programs where partner_id = p.id and to_day is null order by name) as programs, u.name as owner,
        coalesce(o.deals, 0) as deals, coalesce(o.sourced, 0) as sourced,
        coalesce(o.influenced, 0) as influenced, coalesce(o.disputed, 0) as disputed,
        a.last::text as "lastActivityOn", p.version, p.demo
      from partners p left join users u on u.id = p.owner_id
      left join (select cell as partner_id, sum(deals)::int as deals,
          sum(deals) filter (where outcome = 'sourced')::int as sourced,
          sum(deals) filter (where outcome = any(${sql.param(INFLUENCED)}::text[]))::int as influenced,
          sum(deals) filter (where disputed)::int as disputed
        from (select cell, deals, split_part(counts_as, '/', 1) as outcome, counts_as like '%/disputed' as disputed
          from (select cell, counts_as, deals from tallies where kind = 'partners'
            union all select cell, counts_as, deals from tally_changes where kind = 'partners') k) t
        group by cell) o on o.partner_id = p.id
      left join lateral (select max(occurred_on) as last from activities where partner_id = p.id) a on true
      where ${named} and p.merged_into is null order by lower(p.name), p.id`);
    return { partners: [...partners] };
  },
});
