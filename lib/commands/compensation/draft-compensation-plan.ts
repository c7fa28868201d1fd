import { z } from "zod";
import { compensationPlans } from "@/db/schema/compensation";
import { settings } from "@/db/schema/settings";
import { canonicalJson } from "@/lib/attribution/canonical";
import { refuse } from "@/lib/errors";
import { type CompensationPlan, PAYEES } from "@/lib/metrics/compensation";
import { sha256 } from "@/lib/sealing/seals";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayDraftPlan } from "./guards";

const line = z.strictObject({
  pays: z.discriminatedUnion("of", [
    z.strictObject({
      of: z.literal("rate"),
      /** Hundredths of a percent of the credit: 500 is 5 %. */
      basisPoints: z
        .int("must be whole basis points")
        .min(1, "must be at least one basis point")
        .max(10_000, "must be at most 10000 basis points, all of it"),
    }),
    z.strictObject({ of: z.literal("fixed"), amount: field.amount }),
    z.strictObject({ of: z.literal("nothing") }),
  ]),
  capPerDeal: field.amount.nullable(),
  capPerQuarter: field.amount.nullable(),
});

export const draftCompensationPlan = defineVerb({
  name: "draft-compensation-plan",
  summary: "Draft what sourced and influenced credit pays, by two lines, for three signatures",
  input: z.strictObject({
    title: field.line(120),
    paidTo: z.enum(PAYEES, { error: `must be ${PAYEES.join(" or ")}` }),
    from: field.quarter,
    to: field.quarter.nullable(),
    lines: z.strictObject({ sourced: line, influenced: line }),
  }),
  output: z.object({ planId: z.string(), hash: z.string() }),
  guard: mayDraftPlan,
  async run({ tx, actor, demo, audit }, asked) {
    const { from: first, to: last, lines, title } = asked;
    if (last !== null && last < first) refuse("to", last, "must not be before the first quarter");
    if (lines.sourced.pays.of === "nothing" && lines.influenced.pays.of === "nothing")
      refuse("lines", "nothing", "one of the two lines must pay something");
    const [company] = await tx.select({ currency: settings.reportingCurrency }).from(settings);
    const plan: CompensationPlan = { format: 1, currency: company?.currency ?? "USD", ...asked };
    const canonical = canonicalJson(plan);
    const [id, hash] = [newId("CP"), sha256(canonical)];
    const row = { id, title, hash, draftedBy: actor.userId };
    await tx.insert(compensationPlans).values({ ...row, canonical, demo: demo || actor.demo === true });
    audit({
      subjectKind: "compensation_plan",
      subjectId: id,
      dealId: null,
      before: null,
      after: { ...row, plan },
    });
    return { planId: id, hash };
  },
});
