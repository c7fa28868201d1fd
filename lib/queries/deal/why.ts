import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import type { Facts } from "@/lib/attribution/facts";
import { lensOf } from "@/lib/attribution/lens";
import { measureTests, UNREACHED } from "@/lib/attribution/measure";
import { menuOf } from "@/lib/attribution/menu";
import { raisedPartners } from "@/lib/attribution/raising";
import { type Model, TESTS } from "@/lib/attribution/vocabulary";
import { TREATMENTS, treatmentOf } from "@/lib/metrics/forecast";
import { partnersCalled } from "../deals/deal-source";
import { stateOf } from "../policy/policy-state";
import { defineQuery } from "../query";
import {
  dayShape,
  factsShape,
  idShape,
  policyShape,
  policyStateShape,
  resultShape,
  stageShape,
} from "../shapes";
import { factsAndPolicy } from "./deal-facts";
import { factNames } from "./fact-names";

/** What a test measured, or why it was not reached; words are made where people read. */
const measuredShape = z.object({
  test: z.enum(TESTS),
  state: z.enum(["passed", "failed", "not_reached"]),
  measure: z
    .discriminatedUnion("of", [
      z.object({ of: z.literal("touch_stage"), value: stageShape, limit: z.int() }),
      z.object({ of: z.literal("touch_day"), value: dayShape, limit: dayShape.nullable() }),
      z.object({ of: z.literal("activities"), value: z.int(), limit: z.int() }),
      z.object({ of: z.literal("short_months"), value: z.int(), limit: z.literal(0) }),
      z.object({ of: z.literal("cycle_days"), value: z.int(), limit: z.int() }),
    ])
    .nullable(),
  because: z.enum(UNREACHED).nullable(),
});

/** Why a deal is classified as it is: facts, policy, every test, and the other models as lenses (§6). */
export const why = defineQuery({
  name: "why",
  summary: "Why a deal is classified as it is, test by test, and what the other models would say.",
  input: z.strictObject({ dealId: idShape }),
  output: z.object({
    facts: factsShape,
    policy: policyStateShape.extend({ document: policyShape }),
    result: resultShape,
    /** Partner id → what each of its tests measured, beside its limit. */
    measures: z.record(z.string(), z.array(measuredShape)),
    /** Partner id → the facts that a second person would have to stand behind; of those that one person stated. */
    raises: z.record(z.string(), z.object({ factIds: z.array(z.string()), needs: z.enum(["one", "all"]) })),
    /** The same facts under each model; the policy's own model is judged by the policy itself. */
    lenses: z.object({
      two_bucket: resultShape,
      triple_tier: resultShape,
      roi_buckets: resultShape,
      lanes: resultShape,
    }),
    forecast: z.enum(TREATMENTS),
    names: z.object({
      /** Partner id → name. */
      partners: z.record(z.string(), z.string()),
      /** Fact id → what people call it: "Joint discovery, 20 Jan 2026". */
      facts: z.record(z.string(), z.string()),
    }),
  }),
  async run({ db, today }, { dealId }) {
    const { facts, inForce } = await factsAndPolicy(db, dealId, today);
    const { policy } = inForce;
    const result = classify(policy, facts);
    const under = (model: Model) =>
      model === policy.model ? result : classify(lensOf(model, policy), facts);
    return {
      facts,
      policy: { ...stateOf(inForce), document: policy },
      result,
      measures: measureTests(policy, facts, result.partners),
      raises: raisedPartners(policy, facts, result),
      lenses: {
        two_bucket: under("two_bucket"),
        triple_tier: under("triple_tier"),
        roi_buckets: under("roi_buckets"),
        lanes: under("lanes"),
      },
      forecast: treatmentOf(facts.deal.outcome, result.outcome),
      names: { partners: await partnerNames(db, facts), facts: factNames(facts, menuOf(policy)) },
    };
  },
});

async function partnerNames(db: Db, facts: Facts): Promise<Record<string, string>> {
  const ids = facts.partners.map(({ id }) => id);
  const names = await partnersCalled(db, ids);
  return Object.fromEntries([...names].map(([id, { name }]) => [id, name]));
}
