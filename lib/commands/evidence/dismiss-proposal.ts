import { eq } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { evidenceProposals } from "@/db/schema/evidence";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayDismissProposal } from "./guards";
import { fileOf, lockProposal } from "./load";

export const dismissProposal = defineVerb({
  name: "dismiss-proposal",
  summary: "Say that what was read is no act of a partner's, or have it back; nothing learns from it",
  input: z.strictObject({
    proposalId: field.id,
    /** False has it back. */
    dismissed: z.boolean().default(true),
  }),
  output: z.object({ proposalId: z.string() }),
  guard: mayDismissProposal,
  async subject(context, { proposalId, dismissed }) {
    const proposal = await lockProposal(context, proposalId);
    const { droppedBy } = await fileOf(context, proposal);
    const [deal = null] = proposal.dealId
      ? await context.tx.select().from(deals).where(eq(deals.id, proposal.dealId))
      : [];
    return { proposal, deal, droppedBy, dismissed };
  },
  async run({ tx, actor, today, audit }, { proposalId, dismissed }, { proposal }) {
    const by = actor.userId ?? refuse("", null, "a person dismisses this, signed in");
    const decided = dismissed
      ? { decision: "dismissed" as const, decidedOn: today, decidedBy: by }
      : { decision: null, decidedOn: null, decidedBy: null };
    await tx.update(evidenceProposals).set(decided).where(eq(evidenceProposals.id, proposalId));
    const { dealId } = proposal;
    const after = { ...proposal, ...decided };
    audit({ subjectKind: "proposal", subjectId: proposalId, dealId, before: proposal, after });
    return { proposalId };
  },
});
