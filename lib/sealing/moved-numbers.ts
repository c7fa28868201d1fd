import type { Db } from "@/db/connection/client";
import type { Quarter } from "@/lib/calendar";
import { coursesOf, type Known, knownAt, type Moment } from "@/lib/judging/known-at";
import { financeBy } from "@/lib/judging/rewound";
import { type FigureOf, type Moved, moved } from "@/lib/metrics/moved";
import { type Narrowing, narrowed } from "@/lib/metrics/narrowing";
import type { Counting } from "@/lib/metrics/quarter-input";
import { readCounting } from "./quarter-inputs";
import { readSeals } from "./seals";

/** What some quarters are counted with at a moment: costs and rates as entered by then, the policy of its day. */
export async function countingAt(
  db: Db,
  { moment, book }: Known,
  quarters: readonly Quarter[],
  reportingCurrency: string,
): Promise<(quarter: Quarter) => Counting> {
  const labels = quarters.map(({ label }) => label);
  const { day, at } = moment;
  const { policy } = book.onDay(day);
  if (at === null) return readCounting(db, quarters, { today: day, reportingCurrency, policy });
  const { costs, rates } = await financeBy(db, at, labels);
  return ({ label }) => ({
    costs: costs.filter(({ quarter }) => quarter === label),
    rates: {
      quarter: label,
      reporting: reportingCurrency,
      perUnit: Object.fromEntries(
        rates.filter(({ quarter }) => quarter === label).map(({ currency, rate }) => [currency, rate]),
      ),
    },
    policy,
  });
}

/**
 * Why a figure of a quarter moved between two moments (domain.md §7). A frozen quarter moves no more: of a moment
 * after its freeze that of the freeze is taken.
 */
export async function movedNumber(
  db: Db,
  of: FigureOf,
  quarter: Quarter,
  {
    from,
    to,
    reportingCurrency,
    narrowing = null,
  }: { from: Moment; to: Moment; reportingCurrency: string; narrowing?: Narrowing | null },
): Promise<Moved> {
  const seal = (await readSeals(db, [quarter.label])).get(quarter.label);
  const frozen: Moment | null = seal ? { at: seal.at, day: seal.header.asOf } : null;
  const until = (moment: Moment) =>
    frozen && moment.at !== null && Date.parse(moment.at) > Date.parse(frozen.at!) ? frozen : moment;
  const [was, is] = [await knownAt(db, until(from)), await knownAt(db, until(to))];
  const [courses, counting, after] = await Promise.all([
    coursesOf(was, is, quarter, (deal) => (narrowing ? narrowed(deal, narrowing) : deal)),
    countingAt(db, was, [quarter], reportingCurrency),
    countingAt(db, is, [quarter], reportingCurrency),
  ]);
  const counted = (one: Counting) => (narrowing ? { ...one, narrowed: true } : one);
  return moved(of, quarter, courses, counted(counting(quarter)), counted(after(quarter)));
}
