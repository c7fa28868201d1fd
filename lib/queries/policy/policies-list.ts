import { z } from "zod";
import type { MaySay } from "../may";
import { maySay } from "../may";
import { defineQuery } from "../query";
import { policyStateShape } from "../shapes";
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
    mayDraft: z.union([z.literal(true), z.string()]),
  }),
  async run({ db, actor, today }) {
    const [records, inForce, amendment] = await Promise.all([
      readPolicies(db),
      policyState(db, today),
      amendmentClock(db, today),
    ]);
    const mayDraft: MaySay = maySay(actor, "policy.draft", "draft a policy", true, "");
    return { policies: records.map((record) => lineOf(record, today)), inForce, amendment, mayDraft };
  },
});
