import { PRESETS } from "@/lib/attribution/policy";
import { perform } from "@/lib/commands/door";
import { editDraft } from "@/lib/commands/policy/edit-draft";
import { proposePolicy } from "@/lib/commands/policy/propose-policy";
import { signPolicy } from "@/lib/commands/policy/sign-policy";
import { startDraft } from "@/lib/commands/policy/start-draft";
import type { Client } from "../connection/client";
import { demoCall } from "./act";
import { actorOf, passwordOf } from "./people";
import type { Plot } from "./plot";

const DRAFTS = "U-camille";

/** Who signs for Tarnwick, each in their own seat. */
export const SIGNERS = ["U-viktor", "U-ruth", "U-camille"] as const;

/**
 * The memo: two buckets, signed by three over one text. In force from the day of telling, as the database lets
 * nobody sign for the past; it reaches back to the story's first quarter, so that all of it is judged by what was signed.
 */
export async function signAgreement(client: Client, { today, quarters }: Plot): Promise<void> {
  const head = demoCall(client, actorOf(DRAFTS), today);
  const { answer: draft } = await perform(startDraft, { title: "How we credit partners" }, head);
  const document = { ...PRESETS.two_bucket, reachesBackTo: quarters[0]!.from };
  const { answer: edited } = await perform(editDraft, { ...draft, document }, head);
  const { answer: proposed } = await perform(proposePolicy, { ...edited, activeFrom: today }, head);
  for (const id of SIGNERS) {
    const signature = { policyId: draft.policyId, hash: proposed.hash, password: passwordOf(id) };
    await perform(signPolicy, signature, demoCall(client, actorOf(id), today));
  }
}
