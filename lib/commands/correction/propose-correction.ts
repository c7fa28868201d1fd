import { z } from "zod";
import { corrections } from "@/db/schema/corrections";
import { refuse } from "@/lib/errors";
import { mustNotBeFrozen } from "../deal/frozen-close";
import { LOCKED_BY_CLOSE } from "../deal/guards";
import { type DealRow, lockDeal } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { type Locked, mayProposeCorrection } from "./guards";
import { waitingCorrection } from "./load";

/** What a close locks; what is left out stays. */
const changes = z
  .strictObject({
    amount: field.amount,
    currency: field.currency,
    type: field.dealType,
    route: field.route,
    outcome: z.enum(["won", "lost"], { error: "must be won or lost" }),
    closedOn: field.day,
    firstEngagedOn: field.day.nullable(),
  })
  .partial();

export const proposeCorrection = defineVerb({
  name: "propose-correction",
  summary: "Ask finance to put right what a closed deal says of itself",
  input: z.strictObject({
    dealId: field.id,
    version: field.version.optional(),
    changes,
    reason: field.line(1000),
  }),
  output: z.object({ correctionId: z.string() }),
  guard: mayProposeCorrection,
  subject: async (context, { dealId, version }) => ({
    deal: await lockDeal(context, dealId, version),
    waiting: await waitingCorrection(context, dealId),
  }),
  async run(context, { dealId, changes: asked, reason }, { deal }) {
    const { tx, actor, today, audit, touch } = context;
    const { before, after } = differences(deal, asked);
    if (Object.keys(after).length === 0) refuse("changes", asked, "must change something");
    for (const name of ["closedOn", "firstEngagedOn"] as const) {
      const day = asked[name];
      if (day && day > today) refuse(`changes.${name}`, day, "must not be in the future");
    }
    if (asked.closedOn && after.closedOn !== undefined)
      await mustNotBeFrozen(tx, "changes.closedOn", asked.closedOn);
    const row = {
      id: newId("C"),
      dealId,
      ...{ before, after, reason },
      ...{ proposedOn: today, proposedBy: actor.userId as string },
    };
    await tx.insert(corrections).values(row);
    audit({ subjectKind: "correction", subjectId: row.id, dealId, before: null, after: row });
    // Before finance has said yes it changes nothing: on trial, the deal as it would then be.
    if (context.rehearsal) touch(dealId, { ...(after as Partial<DealRow>), amendedOn: today });
    return { correctionId: row.id };
  },
});

function differences(deal: DealRow, asked: z.output<typeof changes>): { before: Locked; after: Locked } {
  const before: Locked = {};
  const after: Locked = {};
  for (const name of LOCKED_BY_CLOSE) {
    const value = asked[name];
    if (value === undefined || value === deal[name]) continue;
    before[name] = deal[name];
    after[name] = value;
  }
  return { before, after };
}
