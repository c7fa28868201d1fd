import { z } from "zod";
import { maySay } from "@/lib/commands/guard";
import { mayStartDraft } from "@/lib/commands/policy/guards";
import { readCompany } from "../company/company";
import { quartersBetween, readSpan } from "../numbers/numbers";
import { defineQuery } from "../query";
import { mayShape, policyStateShape, quarterShape } from "../shapes";
import { amendmentClock, lineOf, readPolicies } from "./policy-records";
import { amendmentShape, policyLineShape } from "./policy-shapes";
import { policyState } from "./policy-state";

const OFFERED = 8;

/** Every policy from draft to history, what is in force today, and when an amendment is possible. */
export const policiesList = defineQuery({
  name: "policies-list",
  summary: "Every policy from draft to history, what is in force, and when an amendment is possible.",
  input: z.strictObject({}),
  output: z.object({
    policies: z.array(policyLineShape),
    inForce: policyStateShape,
    amendment: amendmentShape,
    mayDraft: mayShape,
    /** The last eight quarters that have deals, oldest first: what a backtest is likely to be asked over. */
    quarters: z.array(quarterShape),
  }),
  async run({ db, actor, today }) {
    const [records, inForce, amendment, span, company] = await Promise.all([
      readPolicies(db),
      policyState(db, today),
      amendmentClock(db, today),
      readSpan(db, today),
      readCompany(db),
    ]);
    const quarters = quartersBetween(span.first, span.last, company.fiscalYear).slice(0, OFFERED).reverse();
    const mayDraft = maySay(mayStartDraft, actor, undefined);
    return {
      policies: records.map((record) => lineOf(record, today)),
      inForce,
      amendment,
      mayDraft,
      quarters,
    };
  },
});
