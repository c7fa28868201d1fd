import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { activities } from "@/db/schema/facts";
import { defineQuery } from "../query";
import { dayShape } from "../shapes";

/** Most duplicates that are worth showing beside a form. */
const SHOWN = 20;

/** Whether a proof is already on record somewhere: the same link twice is worth a question. */
export const proofCheck = defineQuery({
  name: "proof-check",
  summary: "The activities that already carry this proof.",
  input: z.strictObject({ proof: z.string().trim().min(1).max(4000) }),
  output: z.object({
    duplicates: z.array(
      z.object({
        activityId: z.string(),
        dealId: z.string(),
        account: z.string().nullable(),
        type: z.string(),
        occurredOn: dayShape,
      }),
    ),
  }),
  async run({ db }, { proof }) {
    const duplicates = await db
      .select({
        activityId: activities.id,
        dealId: activities.dealId,
        account: deals.account,
        type: activities.type,
        occurredOn: activities.occurredOn,
      })
      .from(activities)
      .innerJoin(deals, eq(deals.id, activities.dealId))
      .where(eq(activities.proof, proof))
      .orderBy(desc(activities.occurredOn), activities.id)
      .limit(SHOWN);
    return { duplicates };
  },
});
