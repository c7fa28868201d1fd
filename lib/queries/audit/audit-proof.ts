import { z } from "zod";
import { headReader, logKeys, newestHead, readHead } from "@/lib/audit/head";
import { proofOf } from "@/lib/audit/proof";
import { holdersOf } from "@/lib/auth/permissions";
import { refuse } from "@/lib/errors";
import { defineQuery } from "../query";
import { logKeyShape } from "./shapes";

/** An entry with what shows that it is in the log (§9); `npm run -s verify -- --proof FILE` checks it. */
export const auditProof = defineQuery({
  name: "audit-proof",
  summary:
    "An entry of the audit log with its proof: whoever has a head verifies by it that the entry is in the log.",
  input: z.strictObject({ id: z.int().min(1) }),
  output: z.object({
    /** The text whose bytes are the entry in the tree: canonical JSON. */
    entry: z.string(),
    /** Its place, from 0. */
    place: z.int(),
    /** Hashes beside its way to the root, the nearest first (RFC 9162 §2.1.3). */
    path: z.array(z.string()),
    /** The head that it is proved in: a compact JWS (EdDSA). */
    head: z.string(),
    keys: z.array(logKeyShape),
  }),
  only: holdersOf("audit.read"),
  async run({ db }, { id }) {
    const head = await newestHead(db);
    const said = head === null ? null : await readHead(await headReader(db), head);
    const proof = said && (await proofOf(db, id, said));
    if (!proof)
      return refuse(
        "id",
        id,
        "is no entry that the newest head covers: wait a few seconds, or verify the log",
      );
    return { ...proof, head: head!, keys: await logKeys(db) };
  },
});
