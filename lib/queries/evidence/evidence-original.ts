import { createHash } from "node:crypto";
import { and, eq, or, sql } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { evidenceFiles, evidenceProposals } from "@/db/schema/evidence";
import { scopeOf } from "@/lib/auth/permissions";
import { Refusal } from "@/lib/errors";
import { defineQuery, type ReadContext } from "../query";

/** A file that was handed in to be read, as it came (§8.2), held against its hash before anybody sees it. */
export const evidenceOriginal = defineQuery({
  name: "evidence-original",
  summary:
    "A file that was handed in as evidence, by its SHA-256; refused when its bytes are no longer those.",
  only: ["ae", "partner_manager", "head_of_partnerships", "auditor"],
  input: z.strictObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 is written in 64 hexadecimal digits"),
  }),
  output: z.object({
    name: z.string(),
    type: z.string(),
    /** Its bytes in base64. */
    content: z.string(),
  }),
  async run(context, { sha256 }) {
    const [kept] = await context.db
      .select({ name: evidenceFiles.name, file: evidenceFiles.file })
      .from(evidenceFiles)
      .where(and(eq(evidenceFiles.sha256, sha256), inSight(context)));
    if (!kept)
      throw new Refusal({
        ...{ code: "not_found", field: "sha256", value: sha256 },
        rule: "no file with this hash was handed in, or it is about nobody's deal of yours",
      });
    const found = createHash("sha256").update(kept.file).digest("hex");
    if (found !== sha256)
      throw new Refusal({
        ...{ code: "conflict", field: "sha256", value: found },
        rule: "the file is not the one with this hash: somebody changed it past the application",
      });
    return { name: kept.name, type: "text/plain", content: Buffer.from(kept.file).toString("base64") };
  },
});

/** An AE reads what they handed in, and what tells of their own deals. */
function inSight({ db, actor }: ReadContext) {
  if (scopeOf("evidence.keep", actor.role) !== "own") return undefined;
  const told = db
    .select({ one: sql`1` })
    .from(evidenceProposals)
    .innerJoin(deals, eq(deals.id, evidenceProposals.dealId))
    .where(and(eq(evidenceProposals.evidenceId, evidenceFiles.id), eq(deals.owner, actor.ownerName ?? "")));
  return or(eq(evidenceFiles.droppedBy, actor.userId ?? ""), sql`exists ${told}`);
}
