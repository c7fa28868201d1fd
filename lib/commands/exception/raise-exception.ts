import { z } from "zod";
import { exceptions } from "@/db/schema/exceptions";
import { sealedQuarters } from "@/db/schema/reviews";
import { fiscalYear, settings } from "@/db/schema/settings";
import { contestedFacts, factsWithIds } from "@/lib/attribution/contested";
import { GRAY_CODES } from "@/lib/attribution/vocabulary";
import { loadFacts } from "@/lib/judging/facts";
import { logQuarters } from "@/lib/judging/log-quarter";
import { lockDeal, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { auditException, note } from "./load";

export const raiseException = defineVerb({
  name: "raise-exception",
  summary: "Raise a contested case for the quarter's exceptions log",
  input: z.strictObject({
    dealId: field.id,
    kind: z.enum([...GRAY_CODES, "other"]),
    /** Whose claim it is, when it is one partner's. */
    partnerId: field.id.optional(),
    /** What is claimed, and why. */
    claim: field.line(2000),
  }),
  output: z.object({ exceptionId: z.string(), quarter: z.string(), version: z.int() }),
  guard: { may: "exception.raise" },
  async run(context, { dealId, kind, partnerId, claim }) {
    const { tx, actor, today, demo, tell } = context;
    const deal = await lockDeal(context, dealId);
    const partner = partnerId === undefined ? null : await mustHavePartner(context, partnerId);
    const [company] = await tx.select({ fiscalYear }).from(settings);
    const seals = await tx.select({ quarter: sealedQuarters.quarter }).from(sealedQuarters);
    const quarterFor = logQuarters(
      company?.fiscalYear,
      seals.map((seal) => seal.quarter),
    );
    const fallsOn = deal.closedOn !== null && deal.closedOn <= today ? deal.closedOn : today;
    const [facts] = await loadFacts(tx, [dealId], today, { cohorts: "none" });
    const ids = facts ? contestedFacts("other", facts, null, partner?.id) : [];
    const [exception] = await tx
      .insert(exceptions)
      .values({
        id: newId("E"),
        dealId,
        quarter: quarterFor(fallsOn),
        fallsOn,
        kind,
        partnerId: partner?.id ?? null,
        origin: "raised",
        amount: deal.amount,
        currency: deal.currency,
        claim,
        facts: facts ? factsWithIds(facts, ids) : { ids },
        ownerId: partner?.ownerId ?? null,
        raisedBy: actor.userId,
        openedOn: today,
        demo: demo || deal.demo,
      })
      .returning();
    await note(context, { exceptionId: exception!.id, kind: "opened", text: claim });
    auditException(context, null, exception!);
    const about = {
      ...{
        kind: "deal_contested" as const,
        customer: deal.account ?? dealId,
        partner: partner?.name ?? null,
      },
      ...{ claim, quarter: exception!.quarter, exceptionId: exception!.id },
    };
    tell({ to: { aeNamed: deal.owner }, dealId, about });
    if (partner) tell({ to: { ownerOfPartner: partner.id }, dealId, about });
    return { exceptionId: exception!.id, quarter: exception!.quarter, version: 1 };
  },
});
