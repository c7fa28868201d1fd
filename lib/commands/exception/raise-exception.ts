import { z } from "zod";
import { exceptions } from "@/db/schema/exceptions";
import { sealedQuarters } from "@/db/schema/reviews";
import { fiscalYear, settings } from "@/db/schema/settings";
import { contestedFacts, factsWithIds } from "@/lib/attribution/contested";
import type { Day } from "@/lib/attribution/facts";
import { GRAY_CODES, type GrayCode } from "@/lib/attribution/vocabulary";
import { loadFacts } from "@/lib/judging/facts";
import { logQuarters } from "@/lib/judging/log-quarter";
import { lockDeal, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
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
  run: (context, claim) =>
    raiseCase(context, { ...claim, raisedBy: context.actor.userId, contestedBy: null }),
});

/** A claim, and who makes it: a person, or a partner by a link that this person shared. */
interface Claim {
  dealId: string;
  kind: GrayCode | "other";
  partnerId?: string;
  claim: string;
  raisedBy: string | null;
  contestedBy: string | null;
}

/** Opens a case in the quarter's log, in the words of whoever claims. */
export async function raiseCase(context: WriteContext, { partnerId, ...said }: Claim) {
  const { tx, today, demo, tell } = context;
  const { dealId, claim } = said;
  const deal = await lockDeal(context, dealId);
  const partner = partnerId === undefined ? null : await mustHavePartner(context, partnerId);
  const fallsOn = deal.closedOn !== null && deal.closedOn <= today ? deal.closedOn : today;
  const [facts] = await loadFacts(tx, [dealId], today, { cohorts: "none" });
  const ids = facts ? contestedFacts("other", facts, null, partner?.id) : [];
  const [exception] = await tx
    .insert(exceptions)
    .values({
      ...said,
      ...{ id: newId("E"), quarter: await logQuarterOf(context, fallsOn), fallsOn },
      partnerId: partner?.id ?? null,
      origin: "raised",
      amount: deal.amount,
      currency: deal.currency,
      facts: facts ? factsWithIds(facts, ids) : { ids },
      ownerId: partner?.ownerId ?? null,
      openedOn: today,
      demo: demo || deal.demo,
    })
    .returning();
  await note(context, { exceptionId: exception!.id, kind: "opened", text: claim });
  auditException(context, null, exception!);
  context.again(dealId);
  const about = {
    ...{ kind: "deal_contested" as const, customer: deal.account ?? dealId, partner: partner?.name ?? null },
    ...{ claim, quarter: exception!.quarter, exceptionId: exception!.id },
  };
  tell({ to: { aeNamed: deal.owner }, dealId, about });
  if (partner) tell({ to: { ownerOfPartner: partner.id }, dealId, about });
  return { exceptionId: exception!.id, quarter: exception!.quarter, version: 1 };
}

/** The quarter in whose log a case of this day lies: past those that are frozen (§8.6). */
async function logQuarterOf({ tx }: WriteContext, fallsOn: Day): Promise<string> {
  const [company] = await tx.select({ fiscalYear }).from(settings);
  const seals = await tx.select({ quarter: sealedQuarters.quarter }).from(sealedQuarters);
  return logQuarters(
    company?.fiscalYear,
    seals.map((seal) => seal.quarter),
  )(fallsOn);
}
