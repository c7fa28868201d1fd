import { z } from "zod";
import { verifyAuditChain } from "@/lib/audit/chain";
import { SEATS } from "@/lib/auth/roles";
import { defineQuery } from "../query";

/** Recomputes the hash chain over the whole audit log (§9: a stranger can verify it). */
export const auditChain = defineQuery({
  name: "audit-chain",
  summary: "Whether the audit log is whole: its hash chain, recomputed from the first entry.",
  input: z.strictObject({}),
  output: z.discriminatedUnion("ok", [
    z.object({
      ok: z.literal(true),
      entries: z.int(),
      /** Hash of the last one, to note down: nothing before it can then be cut off unseen. */
      lastHash: z.string(),
      /** Entries too young to be chained yet. */
      waiting: z.int(),
    }),
    z.object({
      ok: z.literal(false),
      /** Id of the first entry that does not hold. */
      id: z.int(),
      fault: z.enum(["hash", "unchained"]),
    }),
  ]),
  // Nothing of an entry is in it, so who signs may check it too.
  only: ["admin", "auditor", ...SEATS],
  run: ({ db }) => verifyAuditChain(db),
});
