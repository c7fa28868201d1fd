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

/** Every partner with what it is doing. Counts of deals by outcome are never added together (§7). */
export const partnersList = defineQuery({
  name: "partners-list",
  summary: "Partners by name, with their deals and last action.",
  input: z.strictObject({ search: z.string().max(200).optional() }),
  output: z.object({
    partners: z.array(line),
  }),
  async run({ db }, { search }) {
    const named = search?.trim() ? sql`p.name ilike ${like(search.trim())}` : sql`true`;
    const partners = await db.execute<z.output<typeof line> & Record<string, unknown>>(sql`
      select p.id, p.name, p.kind::text as kind, p.parent_id as "parentId", p.programs, u.name as owner,
        coalesce(o.deals, 0) as deals, coalesce(o.sourced, 0) as sourced,
        coalesce(o.influenced, 0) as influenced, coalesce(o.disputed, 0) as disputed,
        a.last::text as "lastActivityOn", p.version, p.demo
      from partners p left join users u on u.id = p.owner_id
      left join (select partner_id, count(*)::int as deals,
          count(*) filter (where outcome = 'sourced')::int as sourced,
          count(*) filter (where outcome = any(${sql.param(INFLUENCED)}::outcome[]))::int as influenced,
          count(*) filter (where disputed is not null)::int as disputed
        from partner_outcomes group by partner_id) o on o.partner_id = p.id
      left join (select partner_id, max(occurred_on) as last from activities group by partner_id) a
        on a.partner_id = p.id
      where ${named} order by lower(p.name), p.id`);
    return { partners: [...partners] };
  },
});
