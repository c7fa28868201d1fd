import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import { policies } from "@/db/schema/policies";
import { parseOneOf } from "@/lib/attribution/field-rules";
import { parsePolicy } from "@/lib/attribution/parse-policy";
import { PRESETS } from "@/lib/attribution/policy";
import { MODELS } from "@/lib/attribution/vocabulary";
import * as field from "../input";
import { newId } from "../new-id";
import { ruled } from "../parse";
import { defineVerb } from "../verb";
import { mayStartDraft } from "./guards";
import { amendmentFrom, lockPolicy } from "./load";

export const startDraft = defineVerb({
  name: "start-draft",
  summary: "Start a draft policy from a preset, or from an earlier policy",
  input: z.strictObject({
    title: field.line(120),
    preset: z
      .string()
      .transform(ruled((name, value) => parseOneOf(name, value, MODELS)))
      .optional(),
    /** Copies an earlier policy's document instead. */
    from: field.id.optional(),
  }),
  output: z.object({ policyId: z.string(), version: z.int() }),
  guard: mayStartDraft,
  async run(context, { title, preset = "two_bucket", from }) {
    const { tx, actor, demo, audit } = context;
    const text = from ? parsePolicy((await lockPolicy(context, from)).document) : PRESETS[preset];
    // Only the first agreement reaches back: what begins from its text, once it is signed, does not.
    const isAmendment = (await amendmentFrom(context)) !== null;
    const document = isAmendment ? { ...text, reachesBackTo: null } : text;
    const [inForce] = await tx
      .select({ id: policies.id })
      .from(policies)
      .where(sql`upper_inf(${policies.period})`)
      .limit(1);
    // What a person of the demo story drafts is part of the story, and goes with it.
    const [drafter] = actor.userId
      ? await tx.select({ demo: users.demo }).from(users).where(eq(users.id, actor.userId))
      : [];
    const policy = {
      id: newId("M"),
      title,
      document,
      amends: inForce?.id ?? null,
      draftedBy: actor.userId,
      demo: demo || (drafter?.demo ?? false),
    };
    await tx.insert(policies).values(policy);
    audit({ subjectKind: "policy", subjectId: policy.id, dealId: null, before: null, after: policy });
    return { policyId: policy.id, version: 1 };
  },
});
