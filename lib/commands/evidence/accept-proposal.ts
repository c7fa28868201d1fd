import { eq } from "drizzle-orm";
import { z } from "zod";
import { evidenceProposals } from "@/db/schema/evidence";
import { activities } from "@/db/schema/facts";
import { notes } from "@/db/schema/notes";
import { partners } from "@/db/schema/partners";
import { refuse } from "@/lib/errors";
import { activityInput, activityRow } from "../activity/log-activity";
import { lockScene, mustBeThere } from "../deal/load";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { mayAcceptProposal } from "./guards";
import { fileOf, findProposal, lockProposal, type ProposalRow } from "./load";

export const acceptProposal = defineVerb({
  name: "accept-proposal",
  summary: "Log what was read of a file as an activity of whoever accepts it, the file kept as its proof",
  input: z.strictObject({
    proposalId: field.id,
    /** What the person says otherwise than it was read, or where reading left it open. */
    changes: activityInput
      .omit({ proof: true })
      .extend({ dealId: field.id, partnerId: field.id })
      .partial()
      .default({}),
  }),
  output: z.object({ activityId: z.string() }),
  guard: mayAcceptProposal,
  async subject(context, { proposalId, changes }) {
    const read = await findProposal(context, proposalId);
    const dealId =
      changes.dealId ?? read.dealId ?? refuse("changes.dealId", null, "say on which deal it was");
    const partnerId = changes.partnerId ?? (await standing(context, read.partnerId));
    const scene = await lockScene(context, dealId, { partnerId });
    return { ...scene, proposal: await lockProposal(context, proposalId), partnerId };
  },
  async run(context, { proposalId, changes }, { proposal, partnerId, ...scene }) {
    const { tx, actor, today, audit, touch } = context;
    mustBeThere(scene.partner, partnerId);
    const dealId = scene.deal.id;
    const proof = await keepAsProof(context, proposal, dealId);
    const occurredOn =
      changes.occurredOn ??
      proposal.occurredOn ??
      refuse("changes.occurredOn", null, "say on which day it was");
    const { type, involvement } = { ...proposal, ...changes };
    const said = { ...{ nextStep: null, nextStepDueOn: null }, stage: changes.stage, ...changes };
    const activity = await activityRow(context, scene, partnerId, {
      ...said,
      type,
      involvement,
      occurredOn,
      proof,
    });
    await tx.insert(activities).values(activity);
    audit({ subjectKind: "activity", subjectId: activity.id, dealId, before: null, after: activity });
    const decided = {
      ...{ decision: "accepted" as const, decidedOn: today, activityId: activity.id },
      decidedBy: actor.userId ?? refuse("", null, "a person accepts this, signed in"),
    };
    await tx.update(evidenceProposals).set(decided).where(eq(evidenceProposals.id, proposalId));
    const before = proposal;
    audit({
      subjectKind: "proposal",
      subjectId: proposalId,
      dealId,
      before,
      after: { ...before, ...decided },
    });
    touch(dealId);
    return { activityId: activity.id };
  },
});

/** The partner as which one stands now that was merged into another since. */
async function standing({ tx }: WriteContext, partnerId: string): Promise<string> {
  const [found] = await tx
    .select({ id: partners.id, into: partners.mergedInto })
    .from(partners)
    .where(eq(partners.id, partnerId));
  return found?.into ?? partnerId;
}

/** Keeps the file under its hash, if it is not kept there already, and says how a proof names it. */
async function keepAsProof(context: WriteContext, proposal: ProposalRow, dealId: string): Promise<string> {
  const { tx, actor, today, demo, audit } = context;
  const { name, sha256, file } = await fileOf(context, proposal);
  const id = `sha256-${sha256}`;
  const kept = { text: name, fileName: name, fileType: "text/plain", fileSha256: sha256 };
  const note = { id, ...kept, recordedOn: today, recordedBy: actor.userId, demo };
  const [added] = await tx
    .insert(notes)
    .values({ ...note, file })
    .onConflictDoNothing()
    .returning({ id: notes.id });
  if (added)
    audit({
      subjectKind: "note",
      subjectId: id,
      dealId,
      before: null,
      after: { ...note, bytes: file.length },
    });
  return `note:${id}`;
}
