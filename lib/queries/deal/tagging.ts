import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { COHORT_DAYS } from "@/lib/attribution/cohort";
import { isInfluencedFamily } from "@/lib/attribution/models";
import { OUTCOMES, REGISTRATION_STATUSES } from "@/lib/attribution/vocabulary";
import { addDays } from "@/lib/calendar";
import { isCreditPaid } from "../compensation/paying";
import { defineQuery } from "../query";
import { dayShape, idShape, namedShape, stageShape } from "../shapes";
import { noDeal } from "./deal-facts";

/** As many as one looks over. */
const SHOWN = 5;

/** Deals like this one are looked for among so many that closed last: what it costs does not grow with the deals. */
const LOOKED_AT = 2_000;

/** Why a partner would help, the strongest first: what it has to do with this deal, then with deals beside it. */
const reasonShape = z.discriminatedUnion("of", [
  /** It registered the deal, its account or a domain of it. */
  z.object({ of: z.literal("registered"), on: dayShape, status: z.enum(REGISTRATION_STATUSES) }),
  /** It did something on the deal, and no row names it. */
  z.object({ of: z.literal("acted"), activities: z.int(), lastOn: dayShape }),
  z.object({ of: z.literal("in_account"), since: dayShape }),
  /** Other deals of the account that it is on, and how many of them were won. */
  z.object({ of: z.literal("account_deals"), deals: z.int(), won: z.int() }),
  /** Deals of the same type, currency and amount band that were won with credit of its own, within a year. */
  z.object({ of: z.literal("like_deals"), won: z.int() }),
]);
export type TagReason = z.output<typeof reasonShape>;

const entryShape = z.object({ stage: stageShape, enteredOn: dayShape });

/** What naming a partner's role on a deal starts with (§8.1). */
export const tagging = defineQuery({
  name: "tagging",
  summary: "Which partners would help a deal and why, and which stages it had on which day.",
  input: z.strictObject({ dealId: idShape }),
  output: z.object({
    /** The likeliest first, nobody who has a role there. */
    suggestions: z.array(z.object({ partner: namedShape, reasons: z.array(reasonShape) })),
    /** In order of entry (§4): of two on one day the later in the list counts. */
    stages: z.array(entryShape),
    /** Whether a signed compensation plan pays for a quarter that is not over: what of it touches the AE is said then (§8.10). */
    isCreditPaid: z.boolean(),
  }),
  async run({ db, today }, { dealId }) {
    const [[deal], stages, paid] = await Promise.all([
      db.execute(sql`select from deals where id = ${dealId}`),
      db.execute<z.output<typeof entryShape>>(sql`
        select stage, entered_on::text as "enteredOn" from stage_entries where deal_id = ${dealId} order by seq`),
      isCreditPaid(db, today),
    ]);
    if (!deal) noDeal(dealId);
    const suggestions = await suggested(db, dealId, addDays(today, 1 - COHORT_DAYS));
    return { suggestions, stages: [...stages], isCreditPaid: paid };
  },
});

const CREDITED = OUTCOMES.filter((one) => one === "sourced" || isInfluencedFamily(one));

/** The rank is the place of the strongest reason, then how much of it there is. */
async function suggested(db: Db, dealId: string, from: string) {
  const rows = await db.execute<{ id: string; name: string; reasons: TagReason[] }>(sql`
    with d as (select id, account_id from deals where id = ${dealId}), found as (${REASONS(dealId, from)})
    select p.id, p.name, json_agg(x.reason order by x.rank) as reasons from (
      select coalesce(r.merged_into, r.id) as partner_id, f.* from found f join partners r on r.id = f.named) x
    join partners p on p.id = x.partner_id
    where not exists (select from role_rows o join partners r on r.id = o.partner_id
      where o.deal_id = ${dealId} and o.refused_on is null and p.id in (r.id, r.merged_into))
    group by p.id, p.name
    order by min(x.rank), max(x.much) desc, count(*) desc, lower(p.name), p.id limit ${SHOWN}`);
  return [...rows].map(({ id, name, reasons }) => ({ partner: { id, name }, reasons: onceEach(reasons) }));
}

/** Two records of one partner give one reason twice: the first says it. */
function onceEach(reasons: readonly TagReason[]): TagReason[] {
  return reasons.filter(({ of }, at) => reasons.findIndex((one) => one.of === of) === at);
}

/** `named` a record of a partner, `rank` of the kind of reason, `much` of it, and the reason itself. */
const REASONS = (dealId: string, from: string): SQL => sql`
  select g.partner_id as named, 1 as rank, 1 as much,
    json_build_object('of', 'registered', 'on', max(g.submitted_on), 'status',
      (array_agg(g.status::text order by g.submitted_on desc))[1]) as reason
  from registrations g, d where g.status <> 'rejected' and (g.deal_id = d.id or g.account_id = d.account_id
    or g.domain in (select k.domain from account_domains k where k.account_id = d.account_id)) group by 1
  union all select a.partner_id, 2, count(*)::int,
    json_build_object('of', 'acted', 'activities', count(*), 'lastOn', max(a.occurred_on))
  from activities a where a.deal_id = ${dealId} group by 1
  union all select x.partner_id, 3, 1, json_build_object('of', 'in_account', 'since', min(x.said_on))
  from partner_accounts x, d where x.account_id = d.account_id group by 1
  union all select k.id, 4, count(*)::int, json_build_object('of', 'account_deals', 'deals', count(*),
    'won', count(*) filter (where j.state = 'won'))
  from d join deals e on e.account_id = d.account_id and e.id <> d.id join judged_deals j on j.deal_id = e.id
    cross join unnest(j.partner_ids) k(id) group by 1
  union all select o->>'id', 5, count(*)::int, json_build_object('of', 'like_deals', 'won', count(*))
  from judged_deals me join (
      select * from judged_deals where closed_on >= ${from}::date order by closed_on desc limit ${LOOKED_AT}) j
    on j.cell = me.cell and j.state = 'won' and j.deal_id <> me.deal_id
    cross join jsonb_array_elements(j.partners) o
  where me.deal_id = ${dealId} and o->>'outcome' = any(${sql.param(CREDITED)}::text[]) group by 1`;
