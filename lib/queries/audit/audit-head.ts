import { desc } from "drizzle-orm";
import { z } from "zod";
import { auditChecks, witnessedHeads } from "@/db/schema/audit";
import { headReader, logKeys, newestHead, readHead } from "@/lib/audit/head";
import type { LogVerdict } from "@/lib/audit/verify-log";
import { holdersOf } from "@/lib/auth/permissions";
import { defineQuery } from "../query";
import { logHeadShape, logKeyShape } from "./shapes";

/** What to keep outside, so that nobody can cut or rewrite the log unseen (§9). */
export const auditHead = defineQuery({
  name: "audit-head",
  summary:
    "The audit log's newest signed head, to keep outside; the keys that signed heads; when it was last verified.",
  input: z.strictObject({}),
  output: z.object({
    /** Null in a log that has none yet. */
    head: logHeadShape
      .extend({
        /** As it was signed: a compact JWS (EdDSA). */
        signed: z.string(),
      })
      .nullable(),
    /** Oldest first. */
    keys: z.array(logKeyShape),
    /** When the server last verified the whole log by itself. */
    checked: z.object({ at: z.string(), ok: z.boolean(), entries: z.int().nullable() }).nullable(),
    /** The newest head that a witness outside has. */
    witnessed: z.object({ size: z.int(), witness: z.string(), at: z.string() }).nullable(),
  }),
  only: holdersOf("audit.read"),
  async run({ db }) {
    const signed = await newestHead(db);
    const said = signed === null ? null : await readHead(await headReader(db), signed);
    const [check] = await db.select().from(auditChecks).orderBy(desc(auditChecks.at)).limit(1);
    const [seen] = await db.select().from(witnessedHeads).orderBy(desc(witnessedHeads.size)).limit(1);
    const verdict = check?.verdict as LogVerdict | undefined;
    return {
      head: said && { ...said, signed: signed! },
      keys: await logKeys(db),
      checked: verdict
        ? { at: check!.at.toISOString(), ok: verdict.ok, entries: verdict.ok ? verdict.entries : null }
        : null,
      witnessed: seen ? { ...seen, at: seen.at.toISOString() } : null,
    };
  },
});
