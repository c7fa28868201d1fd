import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { restatements, sealedQuarters } from "@/db/schema/reviews";
import { fiscalYear, settings } from "@/db/schema/settings";
import { addDays } from "@/lib/calendar";
import { Refusal } from "@/lib/errors";
import { letGo } from "@/lib/judging/gone";
import { logQuarters } from "@/lib/judging/log-quarter";
import { restatingOf, undated } from "@/lib/sealing/restating";
import type { SealedDocument } from "@/lib/sealing/seal";
import { readSeals } from "@/lib/sealing/seals";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { mayAcceptRestatement } from "./guards";
import { restatementSubject } from "./restatement";

export const acceptRestatement = defineVerb({
  name: "accept-restatement",
  summary: "Accept a restatement that another person proposed, into the journal of the quarter under review",
  input: z.strictObject({ restatementId: field.id }),
  output: z.object({ restatementId: z.string(), journal: z.string() }),
  guard: mayAcceptRestatement,
  subject: (context, { restatementId }) => restatementSubject(context, restatementId),
  async run(context, { restatementId }, { row }) {
    const { tx, actor, today, audit, touch } = context;
    const { header } = (await readSeals(tx, [row.quarter])).get(row.quarter)!;
    const now = await restatingOf(tx, header, row.dealId, today, await context.policies());
    if (!sameText(now?.document ?? null, row.document)) throw movedOn(row.dealId);
    const journal = await journalAfter(context, header.quarter.to);
    const accepted = {
      journal,
      acceptedBy: actor.userId!,
      acceptedOn: today,
      acceptedAt: sql`now()` as never,
    };
    const [after] = await tx
      .update(restatements)
      .set(accepted)
      .where(eq(restatements.id, restatementId))
      .returning();
    audit({ subjectKind: "restatement", subjectId: restatementId, dealId: row.dealId, before: row, after });
    // From now on it counts in the quarters that are not frozen as it was corrected.
    if (row.document === null) await letGo(tx, [row.dealId]);
    else touch(row.dealId);
    return { restatementId, journal };
  },
});

function sameText(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return undated(JSON.parse(one) as SealedDocument) === undated(JSON.parse(other) as SealedDocument);
}

function movedOn(dealId: string): Refusal {
  const rule = "the deal has changed since this was proposed: decline it and propose it anew";
  return new Refusal({ code: "conflict", field: "dealId", value: dealId, rule });
}

/** The quarter under review: the first after the frozen one that is not frozen itself. */
async function journalAfter({ tx }: WriteContext, to: string): Promise<string> {
  const [company] = await tx.select({ fiscalYear }).from(settings);
  const seals = await tx.select({ quarter: sealedQuarters.quarter }).from(sealedQuarters);
  const labels = seals.map(({ quarter }) => quarter);
  return logQuarters(company?.fiscalYear, labels)(addDays(to, 1));
}
