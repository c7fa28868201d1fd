import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { sampledDeals } from "@/db/schema/audit-samples";
import { refuse } from "@/lib/errors";
import { VERDICTS } from "@/lib/metrics/audit-sample";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayTickSample } from "./guards";
import { lockSample } from "./load";

export const tickSampledDeal = defineVerb({
  name: "tick-sampled-deal",
  summary: "Say of a sampled deal whether its evidence holds",
  input: z.strictObject({
    sampleId: field.id,
    dealId: field.id,
    verdict: z.enum(VERDICTS),
    note: field.line(2000).nullable().default(null),
  }),
  output: z.object({ left: z.int() }),
  guard: mayTickSample,
  subject: (context, { sampleId }) => lockSample(context, sampleId),
  async run({ tx, actor, audit }, { sampleId, dealId, verdict, note }, { row, deals }) {
    const before = deals.find((one) => one.dealId === dealId);
    if (!before) return refuse("dealId", dealId, "is not in this sample");
    if (verdict === "does_not_hold" && note === null)
      refuse("note", note, "say what does not hold: whoever signs off reads it");
    if (before.verdict === verdict && before.note === note)
      refuse("verdict", verdict, "stands there already, with this note");
    const [after] = await tx
      .update(sampledDeals)
      .set({
        ...{ verdict, note, tickedBy: actor.userId!, tickedByName: actor.name },
        tickedAt: sql`now()` as never,
      })
      .where(and(eq(sampledDeals.sampleId, sampleId), eq(sampledDeals.dealId, dealId)))
      .returning();
    audit({
      ...{ subjectKind: "sampled_deal", subjectId: `${sampleId} ${dealId}`, dealId: null },
      ...{ before, after: { ...after, quarter: row.quarter } },
    });
    return { left: deals.filter((one) => one.dealId !== dealId && one.verdict === null).length };
  },
});
