import { z } from "zod";
import { settings } from "@/db/schema/settings";
import { menuOf, STARTING_MENU } from "@/lib/attribution/menu";
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
    /** Whether the policy in force brings a menu of its own, which has no library. */
    own: z.boolean(),
    types: z.array(
      z.object({
        type: z.string(),
        label: z.string(),
        definition: z.string(),
        stages: z.array(stageShape),
        involvement: z.enum(INVOLVEMENTS),
        /** Whether it is offered without being looked for; the others are the library. */
        offered: z.boolean(),
        /** Whether the policy in force counts it as a motion. */
        motion: z.boolean(),
      }),
    ),
  }),
  async run({ db, today }) {
    const [{ policy }, [company]] = await Promise.all([
      policyInForce(db, today),
      db.select({ added: settings.addedActivities }).from(settings),
    ]);
    const motions = new Set(policy.motions);
    const offered = new Set([...STARTING_MENU.map(({ type }) => type), ...(company?.added ?? [])]);
    const types = menuOf(policy).map((entry) => ({
      ...entry,
      stages: [...entry.stages],
      // Whoever signs a menu of their own chose it whole; what counts is always in sight.
      offered: policy.menu !== undefined || motions.has(entry.type) || offered.has(entry.type),
      motion: motions.has(entry.type),
    }));
    return {
      own: policy.menu !== undefined,
      types: [...types.filter(({ motion }) => motion), ...types.filter(({ motion }) => !motion)],
    };
  },
});
