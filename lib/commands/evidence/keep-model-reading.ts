import { eq } from "drizzle-orm";
import { z } from "zod";
import { evidenceFiles, evidenceProposals, modelReadings } from "@/db/schema/evidence";
import { INVOLVEMENTS } from "@/lib/attribution/vocabulary";
import { Refusal } from "@/lib/errors";
import type { Proposal } from "@/lib/reading/known";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayKeepModel } from "./guards";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** As it was checked against the file and against what the model was given (lib/reading/model.ts). */
const proposalShape = z.strictObject({
  dealId: field.id,
  accountId: field.id,
  partnerId: field.id,
  contact: z.string().max(200).nullable(),
  type: z.string().min(1).max(100),
  occurredOn: field.day.nullable(),
  involvement: z.enum(INVOLVEMENTS),
  quote: z.string().min(1).max(4_000),
});

export const keepModelReading = defineVerb({
  name: "keep-model-reading",
  summary: "Keep what a model read of a file: proposals that wait for a person, and what of it did not stand",
  input: z.strictObject({
    evidenceId: field.id,
    model: z.string().min(1).max(200),
    sentSha256: hash,
    answeredSha256: hash,
    summary: z.string().max(600),
    proposals: z.array(proposalShape).max(50),
    dropped: z.array(z.string().max(500)).max(60),
  }),
  output: z.object({ proposed: z.int() }),
  guard: mayKeepModel,
  async subject({ tx }, { evidenceId }) {
    const [reading] = await tx
      .select()
      .from(modelReadings)
      .where(eq(modelReadings.evidenceId, evidenceId))
      .for("update");
    if (reading?.state === "waiting") return reading;
    throw new Refusal({
      ...{ code: "conflict", field: "evidenceId", value: evidenceId },
      rule: "another process has kept what was read of it",
    });
  },
  async run({ tx, audit }, { evidenceId, proposals, ...read }) {
    const known = await tx
      .select()
      .from(evidenceProposals)
      .where(eq(evidenceProposals.evidenceId, evidenceId));
    const isTold = (one: Proposal) => known.some((other) => isSameAct(one, other));
    const news = proposals.filter((one) => !isTold(one));
    const told = proposals.length - news.length;
    const dropped = [...read.dropped, ...(told > 0 ? [`${told} that the rules had read already`] : [])];
    if (news.length > 0)
      await tx.insert(evidenceProposals).values(
        news.map((one, at) => ({
          ...one,
          ...{ id: newId("EP"), evidenceId, position: known.length + at, reader: "model" as const },
        })),
      );
    const after = { ...read, state: "read" as const, dropped, problem: null };
    await tx.update(modelReadings).set(after).where(eq(modelReadings.evidenceId, evidenceId));
    audit({
      ...{ subjectKind: "evidence", subjectId: evidenceId, dealId: null, before: null },
      after: { ...after, proposals: news.length },
    });
    // A file that tells of nothing is not kept (domain.md §8.2).
    if (known.length + news.length === 0)
      await tx.delete(evidenceFiles).where(eq(evidenceFiles.id, evidenceId));
    return { proposed: news.length };
  },
});

const isSameAct = (
  a: Proposal,
  b: { accountId: string; partnerId: string; type: string; occurredOn: string | null },
) =>
  a.accountId === b.accountId &&
  a.partnerId === b.partnerId &&
  a.type === b.type &&
  (a.occurredOn === null || b.occurredOn === null || a.occurredOn === b.occurredOn);
