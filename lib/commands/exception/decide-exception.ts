import { z } from "zod";
import { OUTCOMES } from "@/lib/attribution/vocabulary";
import * as field from "../input";
import { defineVerb } from "../verb";
import { castVotes, choicesOf } from "./cast-votes";
import { mayDecideException, sideOf } from "./guards";
import { caseName, lockCase, withContested } from "./load";

export const decideException = defineVerb({
  name: "decide-exception",
  summary: "Decide an exception for one's side; when finance and partnerships agree it is settled",
  input: z.strictObject({
    exceptionId: field.id,
    /** The version that was looked at; an older one is a conflict that shows both. */
    version: field.version,
    decision: z.enum(["rule_upheld", "ruling", "learning"]),
    /** With a ruling: for whom, and what. The model is that of the policy that judges the deal. */
    partnerId: field.id.optional(),
    outcome: z.enum(OUTCOMES).optional(),
    reason: field.line(2000),
  }),
  output: z.object({
    exceptionId: z.string(),
    /** The case as people know it: "Larkfield Foods, late record". */
    name: z.string(),
    version: z.int(),
    /** `waiting` for the other side, `split` when the sides differ, `settled` when they agree. */
    state: z.enum(["waiting", "split", "settled"]),
    /** The id of the ruling or the learning that it became. */
    became: z.string().nullable(),
  }),
  guard: mayDecideException,
  async subject(context, input) {
    const [one] = await withContested(context, [await lockCase(context, input.exceptionId, input)]);
    return one!;
  },
  async run(context, { decision, partnerId, outcome, reason }, one) {
    const { votes } = await choicesOf(context, [{ of: one, decision, partnerId, outcome }]);
    const [cast] = await castVotes(context, sideOf(context.actor, one.deputies)!, votes, reason);
    return { ...cast!, name: caseName(one) };
  },
});
