import { z } from "zod";
import { readCompany } from "../company/company";
import { policyState } from "../policy/policy-state";
import { defineQuery } from "../query";
import { dayShape, policyStateShape, quarterShape, stageShape } from "../shapes";
import { comparedShape, countClosed, liftInput } from "./lift-count";
import { quartersBetween, readSpan } from "./numbers";

const bothShape = z.object({ plain: comparedShape, landmark: comparedShape });
const endedShape = z.object({ deals: z.int(), confirmed: z.int() });

/** Deals with a partner beside deals without: by outcome, and from the landmark (§7 lift). */
export const lift = defineQuery({
  name: "lift",
  summary: "Deals with a partner beside deals without, by outcome and from a landmark, with a placebo.",
  input: liftInput,
  output: z.object({
    asOf: dayShape,
    policy: policyStateShape,
    reportingCurrency: z.string(),
    stage: stageShape,
    /** Won and lost deals of the span; all comparisons are of them. */
    closed: z.int(),
    winRate: bothShape,
    cycleDays: bothShape,
    dealSize: bothShape,
    /** Confirmed before they closed, won and lost apart. */
    confirmed: z.object({ won: endedShape, lost: endedShape }),
    /** The quarters that deals closed in, newest first. */
    quarters: z.array(quarterShape),
    /** While the deals are looked through with the asked model for the first time. */
    underWay: z.object({ judged: z.int(), total: z.int() }).nullable(),
  }),
  async run({ db, today }, asked) {
    const [{ fiscalYear, reportingCurrency }, policy, span, { tally, underWay }] = await Promise.all([
      readCompany(db),
      policyState(db, today),
      readSpan(db, today),
      countClosed(db, today, asked),
    ]);
    const { confirmed } = tally;
    return {
      ...tally.result(),
      ...{ asOf: today, policy, reportingCurrency, confirmed, underWay },
      closed: confirmed.won.deals + confirmed.lost.deals,
      quarters: quartersBetween(span.first, today, fiscalYear),
    };
  },
});
