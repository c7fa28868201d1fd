import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { Model, Outcome } from "@/lib/attribution/vocabulary";
import { parseQuarter, type Quarter } from "@/lib/calendar";
import { readSide } from "@/lib/judging/backtest";
import { eachFacts } from "@/lib/judging/facts";
import { type LensState, lensesOf, lensState } from "@/lib/judging/lenses";
import { policyInForce } from "@/lib/judging/policy-book";
import { isAbout } from "@/lib/metrics/backtest";
import { readCompany } from "../company/company";

/** What is looked through: a policy's own model and the other three beside it. */
export interface Lenses {
  own: Model;
  policies: Record<Model, Policy>;
}

/** The four lenses of the policy in force on a day, or of a stored one such as a draft (§5). */
export async function readLenses(db: Db, asOf: Day, policyId: string | undefined): Promise<Lenses> {
  const { policy } =
    policyId === undefined ? await policyInForce(db, asOf) : await readSide(db, { policyId }, "policy");
  return { own: policy.model, policies: lensesOf(policy) };
}

/** A deal through some lenses. */
export interface Seen {
  deal: Facts["deal"];
  outcomes: ReadonlyMap<Model, Outcome>;
}

/** Judges the deals created or closed in a quarter, or all, under the lenses given; nothing is stored. */
export async function* throughLenses(
  db: Db,
  asOf: Day,
  policies: Partial<Record<Model, Policy>>,
  quarter: Quarter | null,
): AsyncGenerator<Seen[]> {
  const lenses = Object.entries(policies) as [Model, Policy][];
  const cohorts = lenses.some(([model]) => model === "roi_buckets");
  for await (const batch of eachFacts(db, { asOf, cohorts })) {
    yield batch
      .filter(({ deal }) => isAbout(deal, quarter ? [quarter] : []))
      .map((facts) => ({
        deal: facts.deal,
        outcomes: new Map(lenses.map(([model, policy]) => [model, classify(policy, facts).outcome])),
      }));
  }
}

/** The fiscal quarter of a label; null for all time. */
export async function quarterOrAll(db: Db, label: string | undefined): Promise<Quarter | null> {
  if (label === undefined) return null;
  return parseQuarter(label, (await readCompany(db)).fiscalYear);
}

/** Up to so many deals are looked through while somebody waits; more wait for the kept lenses' first pass. */
const LOOKED_THROUGH_AT_ONCE = 20_000;

/**
 * How a table is to be made: from the kept lenses, by looking through all deals now, or not yet. Only what is
 * asked of today, with the settings of the policy in force, is kept.
 */
export async function howToLook(
  db: Db,
  today: Day,
  asked: { asOf: Day; policyId: string | undefined },
): Promise<"kept" | "now" | LensState> {
  if (asked.asOf !== today || asked.policyId !== undefined) return "now";
  const state = await lensState(db, today);
  if (state.fresh) return "kept";
  const [row] = await db.execute<{ deals: number }>(sql`select count(*)::int as deals
    from (select from judged_deals limit ${LOOKED_THROUGH_AT_ONCE + 1}) d`);
  return (row?.deals ?? 0) <= LOOKED_THROUGH_AT_ONCE ? "now" : state;
}

/** The column of the kept lenses that a model's outcomes are in. */
export const lensColumn = (model: Model): SQL => sql.raw(model);

/** Created or closed in the quarter, as a condition on the kept lenses. */
export function keptAbout(quarter: Quarter | null): SQL {
  if (!quarter) return sql`true`;
  const within = sql`between ${quarter.from}::date and ${quarter.to}::date`;
  return sql`(created_on ${within} or closed_on ${within})`;
}
