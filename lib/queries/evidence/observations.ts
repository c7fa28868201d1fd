import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { COHORT_DAYS } from "@/lib/attribution/cohort";
import type { Day } from "@/lib/attribution/facts";
import { addDays } from "@/lib/calendar";
import { type AccountWay, fasterWithPartners } from "@/lib/metrics/observed";
import { FEWEST } from "@/lib/metrics/velocity";
import { defineQuery } from "../query";

/** Among so many deals, the newest of them: what it costs does not grow with the company. */
const LOOKED_AT = 3_000;
const SHOWN = 10;

const typicalShape = z.object({ median: z.number().nullable(), n: z.int() });
const namedShape = z.object({ id: z.string(), name: z.string() });
/** What an open deal may lack. */
const MISSING = ["account", "close_day", "next_step", "stage"] as const;

/** What facts alone show, with its number: no credit, and no rule reads it (§7 observed). */
export const observations = defineQuery({
  name: "observations",
  summary:
    "What facts alone show: what open deals lack, which look like deals with partners, where partners go with shorter stages.",
  input: z.strictObject({}),
  output: z.object({
    missing: z.object({
      /** Open deals that were looked at. */
      n: z.int(),
      fields: z.array(z.object({ field: z.enum(MISSING), deals: z.int() })),
    }),
    /** Open deals on which nobody is named, most of whose like had a partner. */
    alike: z.array(
      z.object({
        deal: namedShape,
        /** Of its type, currency and amount band, closed in the last 365 days. */
        n: z.int(),
        /** Of those, with a partner. */
        tagged: z.int(),
      }),
    ),
    /** Accounts whose stages were typically shorter with a partner: days, and stages behind them. */
    faster: z.array(z.object({ account: namedShape, with: typicalShape, without: typicalShape })),
  }),
  async run({ db, today }) {
    const [missing, alike, ways] = await Promise.all([missingOf(db), alikeOf(db, today), waysOf(db, today)]);
    const paces = fasterWithPartners(ways).slice(0, SHOWN);
    const names = await db.execute<{ id: string; name: string }>(sql`
      select id, name from accounts where id = any(${sql.param(paces.map((one) => one.accountId))}::text[])`);
    const nameOf = new Map([...names].map(({ id, name }) => [id, name]));
    return {
      ...{ missing, alike },
      faster: paces.map(({ accountId: id, ...pace }) => ({
        account: { id, name: nameOf.get(id) ?? id },
        ...pace,
      })),
    };
  },
});

async function missingOf(db: Db) {
  const [found] = await db.execute<Record<(typeof MISSING)[number] | "n", number>>(sql`
    select count(*)::int as n, count(*) filter (where d.account_id is null)::int as account,
      count(*) filter (where d.expected_close_on is null)::int as close_day,
      count(*) filter (where d.next_step is null)::int as next_step,
      count(*) filter (where not exists (select from stage_entries e where e.deal_id = d.id))::int as stage
    from (select deal_id from judged_deals where state = 'open' order by created_on desc, deal_id limit ${LOOKED_AT}) j
      join deals d on d.id = j.deal_id`);
  const { n = 0, ...lacks } = found ?? {};
  return {
    n: n as number,
    fields: MISSING.map((field) => ({ field, deals: (lacks as Record<string, number>)[field] ?? 0 })).filter(
      ({ deals }) => deals > 0,
    ),
  };
}

/** Those of whose like at least `FEWEST` closed, and more than half with a partner. */
async function alikeOf(db: Db, today: Day) {
  const rows = await db.execute<{ id: string; name: string; n: number; tagged: number }>(sql`
    with closed as (
      select cell, cardinality(partner_ids) > 0 as has from judged_deals
      where closed_on between ${addDays(today, 1 - COHORT_DAYS)}::date and ${today}::date
      order by closed_on desc, deal_id limit ${LOOKED_AT}),
    likes as (
      select cell, count(*)::int as n, count(*) filter (where has)::int as tagged from closed group by cell
      having count(*) >= ${FEWEST} and count(*) filter (where has) * 2 > count(*)),
    waiting as (
      select deal_id, account, cell from judged_deals
      where status = 'to_decide' and partner_ids = '{}' order by deal_id limit ${LOOKED_AT})
    select w.deal_id as id, coalesce(w.account, w.deal_id) as name, l.n, l.tagged
    from waiting w join likes l on l.cell = w.cell
    order by l.tagged::float / l.n desc, l.n desc, w.deal_id limit ${SHOWN}`);
  return [...rows].map(({ id, name, n, tagged }) => ({ deal: { id, name }, n, tagged }));
}

async function waysOf(db: Db, today: Day): Promise<AccountWay[]> {
  const rows = await db.execute<AccountWay & Record<string, unknown>>(sql`
    select d.account_id as "accountId", j.closed_on::text as "closedOn",
      (select min(day)::text from unnest(j.engaged_on) as day) as "partnerOn",
      (select coalesce(json_agg(json_build_object('stage', e.stage, 'enteredOn', e.entered_on) order by e.seq), '[]')
        from stage_entries e where e.deal_id = j.deal_id) as stages
    from (select deal_id, closed_on, engaged_on from judged_deals
      where state = 'won' and closed_on between ${addDays(today, 1 - COHORT_DAYS)}::date and ${today}::date
      order by closed_on desc, deal_id limit ${LOOKED_AT}) j
    join deals d on d.id = j.deal_id where d.account_id is not null`);
  return [...rows];
}
