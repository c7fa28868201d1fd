import { z } from "zod";
import { verifyLog } from "@/lib/audit/verify-log";
import { holdersOf } from "@/lib/auth/permissions";
import { defineQuery } from "../query";
import { logHeadShape } from "./shapes";

/** Builds the tree over the whole audit log anew (§9: a stranger can verify it). */
export const auditVerdict = defineQuery({
  name: "audit-verdict",
  summary:
    "Whether the audit log is whole: its tree built anew from the first entry, every signed head held against it.",
  input: z.strictObject({}),
  output: z.discriminatedUnion("ok", [
    z.object({
      ok: z.literal(true),
      entries: z.int(),
      /** Entries too young to be in the tree yet. */
      waiting: z.int(),
      /** Entries of which a part was erased or forgotten (§9). */
      erased: z.int(),
      /** How many heads were held against it. */
      heads: z.int(),
      head: logHeadShape.nullable(),
    }),
    z.object({
      ok: z.literal(false),
      /** Id of the first entry that does not hold; null where a head does not. */
      id: z.int().nullable(),
      fault: z.enum(["changed", "gone", "left_out", "tree", "people", "unsaid", "head"]),
      /** Where the head that does not hold stands. */
      head: z.string().nullable(),
    }),
  ]),
  only: holdersOf("audit.read"),
  run: ({ db }) => verifyLog(db),
});
