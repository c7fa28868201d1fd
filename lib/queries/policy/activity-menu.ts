import { z } from "zod";
import { menuOf } from "@/lib/attribution/menu";
import { INVOLVEMENTS } from "@/lib/attribution/vocabulary";
import { policyInForce } from "@/lib/judging/policy-book";
import { defineQuery } from "../query";
import { stageShape } from "../shapes";

/** The activity types that the policy in force knows (§1): its motions first. */
export const activityMenu = defineQuery({
  name: "activity-menu",
  summary: "The activity types with their definitions, usual stages and default involvement.",
  input: z.strictObject({}),
  output: z.object({
    types: z.array(
      z.object({
        type: z.string(),
        label: z.string(),
        definition: z.string(),
        stages: z.array(stageShape),
        involvement: z.enum(INVOLVEMENTS),
        /** Whether the policy in force counts it as a motion. */
        motion: z.boolean(),
      }),
    ),
  }),
  async run({ db, today }) {
    const { policy } = await policyInForce(db, today);
    const motions = new Set(policy.motions);
    const types = menuOf(policy).map((entry) => ({
      ...entry,
      stages: [...entry.stages],
      motion: motions.has(entry.type),
    }));
    return { types: [...types.filter(({ motion }) => motion), ...types.filter(({ motion }) => !motion)] };
  },
});
