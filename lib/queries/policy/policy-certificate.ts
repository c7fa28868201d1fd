import { sql } from "drizzle-orm";
import { z } from "zod";
import { holdersOf } from "@/lib/auth/permissions";
import { SEATS } from "@/lib/auth/roles";
import { refuse } from "@/lib/errors";
import { defineQuery } from "../query";
import { dayShape } from "../shapes";
import { certifiedShape, readCertified } from "../signing/certified";
import { moment, momentShape } from "../signing/seats";
import { policyIdInput } from "./policy-shapes";

/** The certificate of completion of a memo (§8.11): who signed what, when, how, on which head of the log. */
export const policyCertificate = defineQuery({
  name: "policy-certificate",
  summary:
    "What was recorded of each signature on a policy: viewed, signed, over which hash, on which head of the log.",
  input: policyIdInput,
  output: z.object({
    policyId: z.string(),
    title: z.string(),
    hash: z.string(),
    proposed: momentShape,
    /** The day it is to judge from. */
    activeFrom: dayShape,
    /** All three signed. */
    complete: z.boolean(),
    signatures: z.array(certifiedShape),
  }),
  only: holdersOf("audit.read"),
  async run({ db }, { policyId }) {
    const [policy] = await db.execute<{
      title: string;
      hash: string;
      proposed: string;
      activeFrom: string;
    }>(sql`
      select title, hash, ${moment("proposed_at")} as proposed, active_from::text as "activeFrom" from policies
      where id = ${policyId} and hash is not null`);
    if (!policy) return refuse("policyId", policyId, "is no text that was proposed for signature");
    const signatures = await readCertified(db, "policy", policyId);
    return { policyId, ...policy, complete: signatures.length === SEATS.length, signatures };
  },
});
