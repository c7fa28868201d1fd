import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { isInfluencedFamily } from "@/lib/attribution/models";
import { OUTCOMES } from "@/lib/attribution/vocabulary";
import { parseQuarter, type Quarter } from "@/lib/calendar";
import { maySay } from "@/lib/commands/guard";
import { maySetTarget } from "@/lib/commands/target/guards";
import { paceOf } from "@/lib/metrics/targets";
import { sumMinor, toReporting } from "@/lib/money";
import { readBasis } from "@/lib/sealing/forecast-week";
import { defineQuery } from "../query";
import { dayShape, mayShape, namedShape, quarterShape } from "../shapes";

const LINES = ["sourced", "influenced"] as const;
const OF_LINE = { sourced: ["sourced"], influenced: OUTCOMES.filter(isInfluencedFamily) } as const;

/** What a quarter is to bring, and how it stands (§7 targets): pace, what is missing, and what covers it. */
export const targets = defineQuery({
  name: "targets",
  summary:
    "A quarter's sourced and influenced targets with what was won, the pace, and the coverage of what is missing.",
  input: z.strictObject({ quarter: quarterShape }),
  output: z.object({
    quarter: z.object({ label: quarterShape, from: dayShape, to: dayShape }),
    currency: z.string(),
    targets: z.array(
      z.object({
        line: z.enum(LINES),
        /** Null is the whole company. */
        owner: namedShape.nullable(),
        /** Null where none is set. */
        target: z.int().nullable(),
        /** Won in the quarter, and open and expected to close in it; null without a rate. */
        won: z.int().nullable(),
        open: z.int().nullable(),
        pace: z
          .object({ missing: z.int(), expected: z.int(), ahead: z.int(), coverage: z.number().nullable() })
          .nullable(),
      }),
    ),
    may: z.object({ set: mayShape }),
  }),
  async run({ db, actor, today }, { quarter: label }) {
    const basis = await readBasis(db, today);
    const quarter = parseQuarter(label, basis.fiscalYear);
    const [set, people, credits] = await Promise.all([
      db.execute<{ line: string; ownerId: string | null; amount: string; currency: string }>(sql`
        select line, owner_id as "ownerId", amount::text as amount, currency from targets where quarter = ${label}`),
      db.execute<{ id: string; name: string }>(sql`
        select id, name from users where disabled_at is null
          and role in ('partner_manager', 'head_of_partnerships')
          and (id in (select owner_id from partners) or id in (select owner_id from targets where quarter = ${label}))
        order by name, id`),
      readCredits(db, quarter),
    ]);
    const sum = (rows: readonly Credit[]) => {
      const known = (currency: string) =>
        currency === basis.rates.reporting || Object.hasOwn(basis.rates.perUnit, currency);
      if (rows.some(({ currency }) => !known(currency))) return null;
      return sumMinor(rows.map(({ amount, currency }) => toReporting(Number(amount), currency, basis.rates)));
    };
    return {
      ...{ quarter, currency: basis.rates.reporting, may: { set: maySay(maySetTarget, actor, undefined) } },
      targets: LINES.flatMap((line) =>
        [null, ...people].map((owner) => {
          const own = credits.filter((one) => one.line === line && one.ownerId === (owner?.id ?? ""));
          const [won, open] = [true, false].map((is) => sum(own.filter((one) => one.won === is)));
          const found = [...set].find((one) => one.line === line && one.ownerId === (owner?.id ?? null));
          const target = found && found.currency === basis.rates.reporting ? Number(found.amount) : null;
          const counted = target !== null && won != null && open != null;
          return {
            ...{ line, owner, target, won: won ?? null, open: open ?? null },
            pace: counted ? paceOf({ target, won, open }, quarter, today) : null,
          };
        }),
      ),
    };
  },
});

interface Credit extends Record<string, unknown> {
  line: (typeof LINES)[number];
  /** Empty for the whole company. */
  ownerId: string;
  won: boolean;
  amount: string;
  currency: string;
}

/**
 * Of the whole company each deal once, in its own outcome; of a person the credit of the partners they look after.
 * Won in the quarter, or open and expected to close in it.
 */
async function readCredits(db: Db, { from, to }: Quarter): Promise<Credit[]> {
  const within = sql`((d.state = 'won' and d.closed_on between ${from}::date and ${to}::date)
    or (d.state = 'open' and v.expected_close_on between ${from}::date and ${to}::date))`;
  const lineOf = (outcome: ReturnType<typeof sql>) =>
    sql`case when ${outcome} = 'sourced' then 'sourced' else 'influenced' end`;
  const counts = (outcome: ReturnType<typeof sql>) =>
    sql`${outcome} = any(${sql.param([...OF_LINE.sourced, ...OF_LINE.influenced])}::outcome[])`;
  const rows = await db.execute<Credit>(sql`
    select ${lineOf(sql`d.outcome`)} as line, '' as "ownerId", d.state = 'won' as won, d.amount::text as amount, d.currency
    from judged_deals d join deals v on v.id = d.deal_id where ${within} and ${counts(sql`d.outcome`)}
    union all
    select ${lineOf(sql`o.outcome`)}, coalesce(m.owner_id, p.owner_id), d.state = 'won', o.credit::text, d.currency
    from judged_deals d join deals v on v.id = d.deal_id join partner_outcomes o on o.deal_id = d.deal_id
      join partners p on p.id = o.partner_id left join partners m on m.id = p.merged_into
    where ${within} and o.credit > 0 and ${counts(sql`o.outcome`)} and coalesce(m.owner_id, p.owner_id) is not null`);
  return [...rows];
}
