import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { reconciledDeals } from "@/db/schema/reconciliation";
import { findingKey } from "@/lib/attribution/reconciliation";
import { refuse } from "@/lib/errors";
import { factsDigest } from "@/lib/judging/closing";
import { readClosedDeals } from "@/lib/reconciling/closed-deals";
import { monthAt } from "@/lib/reconciling/months";
import { lockDeal } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayReconcileDeal } from "./guards";
import { lockMonthRow } from "./load";

export const reconcileDeal = defineVerb({
  name: "reconcile-deal",
  summary: "Decide that a closed deal stands as it is, or take that back",
  input: z.strictObject({
    dealId: field.id,
    /** Of the deal that was looked at: of two who decide at once, one decides and the other sees a conflict. */
    version: field.version,
    stands: z.boolean({ error: "must be true or false" }).default(true),
    reason: field.line(2000).nullable().default(null),
  }),
  output: z.object({ dealId: z.string(), month: z.string() }),
  guard: mayReconcileDeal,
  subject: async (context, { dealId, version, stands }) => {
    const deal = await lockDeal(context, dealId, version);
    const { outcome, closedOn, demo } = deal;
    const [closed] = await readClosedDeals(context.tx, context.today, sql`d.id = ${dealId}`);
    if (!closed || closedOn === null)
      return refuse("dealId", dealId, "is open: what has closed is reconciled");
    const month = await lockMonthRow(context, monthAt(closedOn));
    const { facts, found, decision } = closed;
    const decided = { decided: decision !== null, holds: decision?.holds ?? false };
    return { ...month, ...decided, deal: { outcome, demo }, facts, found, stands };
  },
  async run({ tx, actor, today, audit, touch }, { dealId, stands, reason }, { month, facts, found }) {
    const mine = eq(reconciledDeals.dealId, dealId);
    const [before] = await tx.select().from(reconciledDeals).where(mine);
    const decision = {
      ...{ found: found.map(findingKey), facts: factsDigest(facts, today), reason },
      ...{ decidedOn: today, decidedBy: actor.userId! },
    };
    const [after] = stands
      ? await tx
          .insert(reconciledDeals)
          .values({ dealId, ...decision })
          .onConflictDoUpdate({ target: reconciledDeals.dealId, set: decision })
          .returning()
      : [null];
    if (!stands) await tx.delete(reconciledDeals).where(mine);
    audit({
      subjectKind: "reconciled_deal",
      subjectId: dealId,
      dealId,
      before: before ?? null,
      after,
    });
    touch(dealId);
    return { dealId, month };
  },
});
