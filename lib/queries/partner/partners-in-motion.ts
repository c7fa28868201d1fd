import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { isInfluencedFamily } from "@/lib/attribution/models";
import { OUTCOMES, PARTNER_KINDS } from "@/lib/attribution/vocabulary";
import { like } from "../deals/like";
import { cut, readPlace } from "../place";
import { defineQuery } from "../query";
import { dayShape, idShape, namedShape } from "../shapes";
import { labelled, programShape } from "./program-shapes";
import { PARTNER_TALLIES, STANDINGS, standingOf, windowOf, yearOfMonths } from "./standing";

const INFLUENCED = OUTCOMES.filter(isInfluencedFamily);

const lineShape = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(PARTNER_KINDS),
  owner: namedShape.nullable(),
  parent: namedShape.nullable(),
  /** Those it is in today. */
  programs: z.array(programShape),
  standing: z.enum(STANDINGS),
  lastActionOn: dayShape.nullable(),
  /** Deals it is on, and of them those by its outcome; never added together (§7). */
  deals: z.int(),
  sourced: z.int(),
  influenced: z.int(),
  /** Those of the influenced ones that are co-sell, a number of its own (§7). */
  coSell: z.int(),
  disputed: z.int(),
  /** What it did in the twelve months up to now, and how much of it has proof. */
  activities: z.int(),
  proven: z.int(),
  /** Next steps that are not done. */
  openSteps: z.int(),
  /** Accounts it was said to be in. */
  accounts: z.int(),
});

/** As it is read: programs by name alone, and the key that the page is cut by. */
type Row = Omit<z.output<typeof lineShape>, "programs" | keyof Deeds> & { programs: string[]; key: string };

/** What is counted of the partners of one page alone. */
interface Deeds {
  activities: number;
  proven: number;
  openSteps: number;
}
const NO_DEEDS: Deeds = { activities: 0, proven: 0, openSteps: 0 };

async function deedsOf(db: Db, ids: readonly string[], today: Day): Promise<ReadonlyMap<string, Deeds>> {
  const among = sql`any(${sql.param(ids)}::text[])`;
  const rows = await db.execute<Deeds & { id: string } & Record<string, unknown>>(sql`
    select id, coalesce(a.activities, 0) as activities, coalesce(a.proven, 0) as proven,
      coalesce(s.open, 0) as "openSteps"
    from unnest(${sql.param(ids)}::text[]) as k(id)
    left join (select coalesce(r.merged_into, r.id) as partner_id, count(*)::int as activities,
        count(proof)::int as proven from activities a join partners r on r.id = a.partner_id
      where coalesce(r.merged_into, r.id) = ${among} and occurred_on >= ${yearOfMonths(today)}::date group by 1) a on a.partner_id = k.id
    left join (select partner_id, count(*)::int as open from (
        select partner_id from joint_steps where done_on is null and closed_on is null and partner_id = ${among}
        union all select partner_id from activities
        where next_step is not null and next_step_done_on is null and partner_id = ${among}) o group by 1) s
      on s.partner_id = k.id`);
  return new Map([...rows].map(({ id, ...deeds }) => [id, deeds]));
}

/** What a list of partners is sorted by: the key over `m`, and its type. Who has none comes last. */
const SORTS = {
  name: { by: sql`lower(m.name)`, type: "text", dir: "asc" },
  lastActionOn: { by: sql`m."lastActionOn"`, type: "text", dir: "desc" },
  deals: { by: sql`lpad(m.deals::text, 9, '0')`, type: "text", dir: "desc" },
} as const;

/**
 * Who is in motion and who is noise. It costs what the partners are many, whatever the number of deals: outcomes
 * are tallies, and a last action is one look at an index.
 */
export const partnersInMotion = defineQuery({
  name: "partners-in-motion",
  summary:
    "Partners with what they are doing: active, silent, attached; last action, deals by outcome, owner.",
  input: z.strictObject({
    search: z.string().max(200).optional(),
    standing: z.enum(STANDINGS).optional(),
    kind: z.enum(PARTNER_KINDS).optional(),
    ownerId: idShape.optional(),
    sort: z.enum(["name", "lastActionOn", "deals"]).default("name"),
    after: z.string().max(2000).optional(),
    limit: z.int().min(1).max(200).default(100),
  }),
  output: z.object({
    /** The days without an action after which one is silent. */
    windowDays: z.int(),
    /** How many match but for their standing, by standing; null on later pages. */
    counts: z.record(z.enum(STANDINGS), z.int()).nullable(),
    rows: z.array(lineShape),
    next: z.string().nullable(),
  }),
  async run({ db, today }, { sort, after, limit, standing, ...filter }) {
    const { policy, days, from } = await windowOf(db, today);
    const motion = motionOf(filter, today, from);
    const { by, dir } = SORTS[sort];
    const place = after === undefined ? null : readPlace(after);
    const beyond = sql.raw(dir === "asc" ? ">" : "<");
    // Keys without a value sort as the last ones in either direction.
    const key = sql`coalesce(${by}, ${dir === "asc" ? "\uffff" : ""})`;
    const from_ = place === null ? sql`true` : sql`(${key}, m.id) ${beyond} (${place[0] ?? ""}, ${place[1]})`;
    const of = standing ? sql`m.standing = ${standing}` : sql`true`;
    const [rows, counts] = await Promise.all([
      db.execute<Row & Record<string, unknown>>(sql`
        with m as (${motion}) select m.*, ${key} as key from m where ${of} and ${from_}
        order by ${key} ${sql.raw(dir)}, m.id ${sql.raw(dir)} limit ${limit + 1}`),
      after === undefined
        ? db.execute<{ standing: (typeof STANDINGS)[number]; partners: number }>(sql`
            with m as (${motion}) select m.standing, count(*)::int as partners from m group by m.standing`)
        : null,
    ]);
    const page = cut([...rows], limit, (row) => row.key);
    const deeds = await deedsOf(
      db,
      page.rows.map(({ id }) => id),
      today,
    );
    const counted = counts && new Map([...counts].map((one) => [one.standing, one.partners]));
    return {
      windowDays: days,
      counts:
        counted &&
        (Object.fromEntries(STANDINGS.map((one) => [one, counted.get(one) ?? 0])) as Record<
          (typeof STANDINGS)[number],
          number
        >),
      rows: page.rows.map(({ key: _key, programs, ...row }) => ({
        ...row,
        ...(deeds.get(row.id) ?? NO_DEEDS),
        programs: labelled(
          programs.map((name) => ({ name })),
          policy,
        ),
      })),
      next: page.next,
    };
  },
});

/** Of `p`. */
const RECORDS = sql`select r.id from partners r where r.id = p.id union all select r.id from partners r where r.merged_into = p.id`;

function motionOf(
  { search, kind, ownerId }: { search?: string; kind?: string; ownerId?: string },
  today: string,
  from: string,
): SQL {
  // A record that became another one counts there.
  const wanted = [sql`p.merged_into is null`];
  if (search?.trim()) wanted.push(sql`p.name ilike ${like(search.trim())}`);
  if (kind) wanted.push(sql`p.kind = ${kind}::partner_kind`);
  if (ownerId) wanted.push(sql`p.owner_id = ${ownerId}`);
  const somewhere = sql`(coalesce(o.deals, 0) > 0 or exists (select from partner_accounts a where a.partner_id = p.id))`;
  return sql`
    select p.id, p.name, p.kind::text as kind,
      case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end as owner,
      case when h.id is not null then json_build_object('id', h.id, 'name', h.name) end as parent,
      array(select g.name from partner_programs g where g.partner_id = p.id
        and coalesce(g.from_day <= ${today}::date, true) and coalesce(g.to_day >= ${today}::date, true)
        order by g.name) as programs,
      ${standingOf(sql`a.last`, somewhere, from)} as standing, a.last::text as "lastActionOn",
      coalesce(o.deals, 0) as deals, coalesce(o.sourced, 0) as sourced,
      coalesce(o.influenced, 0) as influenced, coalesce(o."coSell", 0) as "coSell", coalesce(o.disputed, 0) as disputed,
      (select count(*)::int from partner_accounts x where x.partner_id = p.id) as accounts
    from partners p left join users u on u.id = p.owner_id left join partners h on h.id = p.parent_id
    left join lateral (select max(x.occurred_on) as last from (${RECORDS}) r cross join lateral (
      select occurred_on from activities where partner_id = r.id order by occurred_on desc limit 1) x) a on true
    left join (select coalesce(r.merged_into, r.id) as partner_id, sum(deals)::int as deals,
        sum(deals) filter (where outcome = 'sourced')::int as sourced,
        sum(deals) filter (where outcome = any(${sql.param(INFLUENCED)}::text[]))::int as influenced,
        sum(deals) filter (where outcome = 'co_sell')::int as "coSell",
        sum(deals) filter (where disputed)::int as disputed
      from ${PARTNER_TALLIES} t join partners r on r.id = t.partner_id group by 1) o on o.partner_id = p.id
    where ${sql.join(wanted, sql` and `)}`;
}
