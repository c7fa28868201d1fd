import { z } from "zod";
import { maySay } from "@/lib/commands/guard";
import { mayStartDraft } from "@/lib/commands/policy/guards";
import { defineQuery } from "../query";
import { mayShape, policyStateShape } from "../shapes";
import { amendmentClock, lineOf, readPolicies } from "./policy-records";
import { amendmentShape, policyLineShape } from "./policy-shapes";
import { policyState } from "./policy-state";

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
  }),
  async run({ db, actor, today }) {
    const [records, inForce, amendment] = await Promise.all([
      readPolicies(db),
      policyState(db, today),
      amendmentClock(db, today),
    ]);
    const mayDraft = maySay(mayStartDraft, actor, undefined);
    return { policies: records.map((record) => lineOf(record, today)), inForce, amendment, mayDraft };
  },
});
