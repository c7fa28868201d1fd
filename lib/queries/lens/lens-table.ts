import { z } from "zod";
import { outcomesOf } from "@/lib/attribution/models";
import { MODELS, type Model, type Outcome } from "@/lib/attribution/vocabulary";
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
import { quarterOrAll, readLenses, throughLenses } from "./lenses";

/** The portfolio under all four models: deals and amounts by model and outcome (§5). */
export const lensTable = defineQuery({
  name: "lens-table",
  summary: "The portfolio under all four models: deals and amounts by model and outcome.",
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
    const cells = new Map<string, { deals: number; amounts: Map<string, number> }>();
    const cellOf = (model: Model, outcome: Outcome) => {
      const key = `${model} ${outcome}`;
      const cell = cells.get(key) ?? { deals: 0, amounts: new Map<string, number>() };
      cells.set(key, cell);
      return cell;
    };
    let deals = 0;
    for await (const batch of throughLenses(db, asOf, policies, quarter)) {
      deals += batch.length;
      for (const { deal, outcomes } of batch) {
        for (const [model, outcome] of outcomes) {
          const cell = cellOf(model, outcome);
          cell.deals += 1;
          cell.amounts.set(deal.currency, sumMinor([cell.amounts.get(deal.currency) ?? 0, deal.amount]));
        }
      }
    }
    return {
      asOf,
      deals,
      policy: state,
      lenses: MODELS.map((model) => ({
        model,
        own: model === own,
        document: policies[model],
        outcomes: shownOutcomes(model).map((outcome) => {
          const { deals, amounts } = cellOf(model, outcome);
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

/** A lane more than partners can have: a deal with nobody on it (§5). */
function shownOutcomes(model: Model): readonly Outcome[] {
  return model === "lanes" ? [...outcomesOf(model), "unattributed"] : outcomesOf(model);
}
