import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { evidenceFiles, evidenceModels, evidenceProposals, modelReadings } from "@/db/schema/evidence";
import { refuse } from "@/lib/errors";
import type { Proposal } from "@/lib/reading/known";
import { askedOf } from "@/lib/reading/model";
import { Reader } from "@/lib/reading/propose";
import { LARGEST_EVIDENCE, readFile } from "@/lib/reading/read-file";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayDropEvidence } from "./guards";
import { knownCompany } from "./known-company";

/** Characters of base64 that the largest file takes. */
const LONGEST = Math.ceil(LARGEST_EVIDENCE / 3) * 4;
/** A file that tells of more is no mail and no call. */
const MOST_PROPOSALS = 50;
const LONGEST_QUOTE = 2_000;

export const dropEvidence = defineVerb({
  name: "drop-evidence",
  summary:
    "Hand in a mail, invitation, transcript or note: what it says that partners did waits to be accepted",
  input: z.strictObject({
    /** With its ending. */
    name: field.line(200),
    /** Its bytes in base64. */
    content: z
      .string({ error: "must be base64" })
      .max(LONGEST, `is larger than ${LARGEST_EVIDENCE / 1_000_000} MB`),
    via: z.enum(["page", "mail", "call"]).default("page"),
  }),
  output: z.object({
    /** Null where it tells of nothing: then nothing of it is kept. */
    evidenceId: z.string().nullable(),
    proposals: z.int(),
    /** Whether it was handed in before; what is read of it is not proposed anew. */
    already: z.boolean(),
    /** Whether the model that the company named reads it besides. */
    waits: z.boolean(),
  }),
  guard: mayDropEvidence,
  // What the company knows is read, and the file with it, before anything is locked.
  async prepare({ db, today }, { name, content }) {
    const file = Buffer.from(content, "base64");
    if (file.toString("base64") !== content) refuse("content", content.slice(0, 20), "must be base64");
    const known = await knownCompany(db, today);
    const sources = await readFile({ name, bytes: file }, known, today);
    const [model] = await db.select({ isOne: evidenceModels.isOne }).from(evidenceModels);
    return {
      file,
      proposals: new Reader(known).propose(sources).slice(0, MOST_PROPOSALS),
      waits: model !== undefined && askedOf(known, sources) !== null,
    };
  },
  async run({ tx, actor, today, demo, audit }, { name, via }, _subject, prepared) {
    const { file, proposals } = prepared;
    // The demo story is read by the rules alone.
    const waits = prepared.waits && !demo;
    const sha256 = createHash("sha256").update(file).digest("hex");
    const told = { name, sha256, bytes: file.length, via };
    const [known] = await tx
      .select({ id: evidenceFiles.id })
      .from(evidenceFiles)
      .where(eq(evidenceFiles.sha256, sha256));
    const id = known?.id ?? newId("EV");
    audit({
      subjectKind: "evidence",
      subjectId: id,
      dealId: null,
      before: null,
      after: { ...told, proposals: proposals.length, already: known !== undefined, waits },
    });
    if (known) return { evidenceId: known.id, proposals: proposals.length, already: true, waits: false };
    if (proposals.length === 0 && !waits) return { evidenceId: null, proposals: 0, already: false, waits };
    const droppedBy = actor.userId;
    await tx.insert(evidenceFiles).values({ id, name, sha256, file, via, droppedOn: today, droppedBy, demo });
    if (proposals.length > 0)
      await tx.insert(evidenceProposals).values(proposals.map((one, position) => rowOf(one, id, position)));
    if (waits) await tx.insert(modelReadings).values({ evidenceId: id });
    return { evidenceId: id, proposals: proposals.length, already: false, waits };
  },
});

const rowOf = (proposal: Proposal, evidenceId: string, position: number) => ({
  ...proposal,
  ...{ id: newId("EP"), evidenceId, position },
  quote: proposal.quote.slice(0, LONGEST_QUOTE),
});
