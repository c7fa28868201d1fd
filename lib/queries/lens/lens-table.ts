import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { outcomesOf } from "@/lib/attribution/models";
import { MODELS, type Model, type Outcome } from "@/lib/attribution/vocabulary";
import type { Quarter } from "@/lib/calendar";
import { sumMinor } from "@/lib/money";
import { policyState } from "../policy/policy-state";
import { defineQuery } from "../query";
import {
  dayShape,
  idShape,
  moneyShape,
  outcomeShape,
  policyShape,
  policyStateShape,
  quarterShape,
} from "../shapes";
import { howToLook, keptAbout, quarterOrAll, readLenses, type Seen, throughLenses } from "./lenses";

/** The portfolio under all four models: deals and amounts by model and outcome (§5). */
export const lensTable = defineQuery({
  name: "lens-table",
  summary: "The portfolio under all four models: deals and amounts by model and outcome.",
  lenses: true,
  input: z.strictObject({
    /** Deals created or closed in it; all when absent. */
    quarter: quarterShape.optional(),
    /** Another day than today to look as of. */
    asOf: dayShape.optional(),
    /** A stored policy whose settings the lenses share; the one in force when absent. */
    policyId: idShape.optional(),
  }),
  output: z.object({
    asOf: dayShape,
    deals: z.int(),
    policy: policyStateShape,
    /** While the deals are looked through for the first time: how far it is. The table is empty till then. */
    underWay: z.object({ judged: z.int(), total: z.int() }).nullable(),
    lenses: z.array(
      z.object({
        model: z.enum(MODELS),
        /** Whether this is the policy itself, and no lens on its settings. */
        own: z.boolean(),
        document: policyShape,
        /** Every outcome of the model, best first; a cell opens with `lens-deals`. */
        outcomes: z.array(z.object({ outcome: outcomeShape, deals: z.int(), amounts: z.array(moneyShape) })),
      }),
    ),
  }),
  async run({ db, today }, { quarter: label, asOf = today, policyId }) {
    const [state, { own, policies }, quarter] = await Promise.all([
      policyState(db, asOf),
      readLenses(db, asOf, policyId),
      quarterOrAll(db, label),
    ]);
    const how = await howToLook(db, today, { asOf, policyId });
    const cells = new Cells();
    if (how === "kept") await addKept(db, cells, quarter);
    else if (how === "now")
      for await (const batch of throughLenses(db, asOf, policies, quarter)) cells.addDeals(batch);
    const { deals } = cells;
    return {
      asOf,
      deals,
      policy: state,
      underWay: typeof how === "object" ? { judged: how.judged, total: how.total } : null,
      lenses: MODELS.map((model) => ({
        model,
        own: model === own,
        document: policies[model],
        outcomes: shownOutcomes(model).map((outcome) => {
          const { deals, amounts } = cells.of(model, outcome);
          return {
            outcome,
            deals,
            amounts: [...amounts].sort().map(([currency, amount]) => ({ amount, currency })),
          };
        }),
      })),
    };
  },
});

/** Deals and amounts by model and outcome. */
class Cells {
  deals = 0;
  private readonly cells = new Map<string, { deals: number; amounts: Map<string, number> }>();

  of(model: Model, outcome: Outcome) {
    const key = `${model} ${outcome}`;
    const cell = this.cells.get(key) ?? { deals: 0, amounts: new Map<string, number>() };
    this.cells.set(key, cell);
    return cell;
  }

  add(model: Model, outcome: Outcome, deals: number, amount: number, currency: string): void {
    const cell = this.of(model, outcome);
    cell.deals += deals;
    cell.amounts.set(currency, sumMinor([cell.amounts.get(currency) ?? 0, amount]));
  }

  addDeals(batch: readonly Seen[]): void {
    this.deals += batch.length;
    for (const { deal, outcomes } of batch)
      for (const [model, outcome] of outcomes) this.add(model, outcome, 1, deal.amount, deal.currency);
  }
}

/** Each deal is looked at once, by how all four models see it together: of that there are few, which are then added up. */
async function addKept(db: Db, cells: Cells, quarter: Quarter | null): Promise<void> {
  const rows = await db.execute<{
    model: Model;
    outcome: Outcome;
    currency: string;
    deals: number;
    amount: string;
  }>(sql`
    select case when grouping(two_bucket) = 0 then 'two_bucket' when grouping(triple_tier) = 0 then 'triple_tier'
        when grouping(roi_buckets) = 0 then 'roi_buckets' else 'lanes' end as model,
      coalesce(two_bucket, triple_tier, roi_buckets, lanes)::text as outcome, currency,
      sum(deals)::int as deals, sum(amount)::text as amount
    from (
      select two_bucket, triple_tier, roi_buckets, lanes, currency, count(*) as deals, sum(amount) as amount
      from lens_deals where ${keptAbout(quarter)} group by 1, 2, 3, 4, 5) seen
    group by grouping sets ((two_bucket, currency), (triple_tier, currency), (roi_buckets, currency), (lanes, currency))`);
  for (const { model, outcome, currency, deals, amount } of rows) {
    cells.add(model, outcome, deals, Number(amount), currency);
    if (model === "two_bucket") cells.deals += deals;
  }
}

/** A lane more than partners can have: a deal with nobody on it (§5). */
function shownOutcomes(model: Model): readonly Outcome[] {
  return model === "lanes" ? [...outcomesOf(model), "unattributed"] : outcomesOf(model);
}
