import { z } from "zod";
import { INVOLVEMENTS } from "@/lib/attribution/vocabulary";
import { defineQuery } from "./query";
import { dayShape, idShape, resultShape, roleShape, stageShape } from "./shapes";

const wouldBeActivity = z.strictObject({
  partnerId: idShape,
  type: z.string(),
  occurredOn: dayShape,
  /** The deal's stage that day when absent. */
  stage: stageShape.optional(),
  proof: z.string().nullish(),
  /** The menu's default for the type when absent. */
  involvement: z.enum(INVOLVEMENTS).optional(),
});

/** What an edit would make of a deal, before it is saved: pure, on would-be facts. Nothing is written. */
export const preview = defineQuery({
  name: "preview",
  summary: "What a role row, an activity or a confirmation would make of a deal, without saving it.",
  inBody: true,
  input: z.strictObject({
    dealId: idShape,
    change: z.discriminatedUnion("verb", [
      z.strictObject({
        verb: z.literal("tag-partner"),
        partnerId: idShape,
        role: roleShape,
        touchStage: stageShape,
        touchedOn: dayShape,
        activity: wouldBeActivity.omit({ partnerId: true }).optional(),
      }),
      wouldBeActivity.extend({ verb: z.literal("log-activity") }),
      z.strictObject({ verb: z.literal("confirm-role"), rowId: idShape }),
      z.strictObject({ verb: z.literal("withdraw-role"), rowId: idShape }),
    ]),
  }),
  output: z.object({ before: resultShape, after: resultShape }),
  async run() {
    throw new Error("not written yet");
  },
});
