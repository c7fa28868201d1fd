import { eq } from "drizzle-orm";
import { evidenceFiles, evidenceProposals } from "@/db/schema/evidence";
import { Refusal } from "@/lib/errors";
import type { WriteContext } from "../verb";

export type ProposalRow = typeof evidenceProposals.$inferSelect;

/** A proposal as it stands; its deal, which is locked first, is known by it. */
export async function findProposal({ tx }: WriteContext, proposalId: string): Promise<ProposalRow> {
  const found = await tx.select().from(evidenceProposals).where(eq(evidenceProposals.id, proposalId));
  return found[0] ?? notThere(proposalId);
}

/** Locks a proposal for the rest of the transaction: two people's answers to it come one after the other. */
export async function lockProposal({ tx }: WriteContext, proposalId: string): Promise<ProposalRow> {
  const found = await tx
    .select()
    .from(evidenceProposals)
    .where(eq(evidenceProposals.id, proposalId))
    .for("update");
  return found[0] ?? notThere(proposalId);
}

function notThere(proposalId: string): never {
  const rule = "there is no proposal with this id";
  throw new Refusal({ code: "not_found", field: "proposalId", value: proposalId, rule });
}

/** The file that a proposal was read from. */
export async function fileOf({ tx }: WriteContext, { evidenceId }: Pick<ProposalRow, "evidenceId">) {
  const [file] = await tx.select().from(evidenceFiles).where(eq(evidenceFiles.id, evidenceId));
  return file!;
}
