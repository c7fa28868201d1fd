import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { Quarter } from "@/lib/calendar";
import type { PolicyBook } from "@/lib/judging/policy-book";
import { ANY_COST, type CostCategory, missingCosts } from "@/lib/metrics/cost-categories";
import { capital, count, list, plural } from "@/lib/text/words";
import type { CheckLine } from "./seal";

interface Read extends Record<string, unknown> {
  minutes: string | null;
  open: number;
  closed: number;
  entered: CostCategory[];
  nones: CostCategory[];
  lacking: string[];
}

/**
 * What a quarter needs before it is frozen (domain.md §8.7), each line done or saying what is missing, in the
 * order of the meeting. Cheap: counts by index, and currencies from the tallies.
 */
export async function closeChecklist(
  db: Db,
  { label, from, to }: Quarter,
  today: Day,
  book: PolicyBook,
): Promise<CheckLine[]> {
  const [read] = await db.execute<Read>(sql`
    with lines as (
      select kind, month, currency, deals from tallies where kind in ('created', 'closed', 'open')
      union all select kind, month, currency, deals from tally_changes where kind in ('created', 'closed', 'open')
    ), used as (
      select currency from lines where kind <> 'open' and month between ${from}::date and ${to}::date
        group by kind, currency having sum(deals) > 0
      union select currency from lines where kind = 'open' and month <= ${to}::date
        group by currency having sum(deals) > 0
      union select currency from costs where quarter = ${label}
    )
    select (select minutes from reviews where quarter = ${label}) as minutes,
      (select count(*)::int from exceptions where quarter = ${label} and settled_at is null and deferred_to is null) as open,
      (select count(*)::int from judged_deals where closed_on between ${from}::date and ${to}::date) as closed,
      (select coalesce(json_agg(json_build_object('side', side, 'category', category)), '[]')
        from costs where quarter = ${label}) as entered,
      (select coalesce(json_agg(json_build_object('side', side, 'category', category)), '[]')
        from cost_nones where quarter = ${label}) as nones,
      (select coalesce(json_agg(u.currency order by u.currency), '[]') from used u
        where u.currency <> (select reporting_currency from settings)
          and not exists (select from rates r where r.quarter = ${label} and r.currency = u.currency)) as lacking`);
  const { minutes, open, closed, entered, nones, lacking } = read!;
  return linesOf({
    quarter: label,
    isSigned: book.judging({ closedOn: to }, today).signed !== null,
    review: minutes === null ? "not_started" : minutes.trim() === "" ? "without_minutes" : "held",
    ...{ open, closed, lacking },
    missing: missingCosts(entered, nones),
  });
}

interface Standing {
  quarter: string;
  isSigned: boolean;
  review: "not_started" | "without_minutes" | "held";
  open: number;
  closed: number;
  missing: readonly CostCategory[];
  lacking: readonly string[];
}

const SIDE_WORDS = { partner_program: "partner programme", direct_sales: "direct sales" } as const;

/** A category as people name it: `travel of the partner programme`, `direct sales`. */
export function costWords({ side, category }: CostCategory): string {
  return category === ANY_COST ? SIDE_WORDS[side] : `${category} of the ${SIDE_WORDS[side]}`;
}

/** The lines of the checklist, each with its sentence. */
export function linesOf({
  quarter,
  isSigned,
  review,
  open,
  closed,
  missing,
  lacking,
}: Standing): CheckLine[] {
  const line = (item: string, done: boolean, holds: string, lacks: string): CheckLine => ({
    ...{ item, done },
    says: done ? holds : lacks,
  });
  return [
    line(
      "policy",
      isSigned,
      "A signed policy judges what closed at its end",
      "No signed policy judges what closed at its end: its numbers would be a draft's",
    ),
    line(
      "deals",
      closed > 0,
      `${count(closed, "deal")} closed in it`,
      "No deal closed in it: there is nothing to freeze",
    ),
    {
      ...line(
        "costs",
        missing.length === 0,
        "Every cost category is entered or said to be none",
        `${capital(list(missing.map(costWords)))}: enter what it cost in ${quarter}, or say that it cost nothing`,
      ),
      ...(missing.length > 0 && { missing: [...missing] }),
    },
    line(
      "rates",
      lacking.length === 0,
      "Every rate is there",
      `${list(lacking)}: the ${plural(lacking.length, "rate")} for ${quarter} ${lacking.length === 1 ? "is" : "are"} missing`,
    ),
    line(
      "review",
      review === "held",
      "Its review was held, and has minutes",
      review === "not_started"
        ? "Nobody has started its review yet"
        : "Its review has no minutes: write what was said, if only who was there",
    ),
    line(
      "cases",
      open === 0,
      "Every case is decided or deferred",
      `${count(open, "case is", "cases are")} neither decided nor deferred`,
    ),
  ];
}
