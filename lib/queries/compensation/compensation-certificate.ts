import { sql } from "drizzle-orm";
import { z } from "zod";
import { holdersOf } from "@/lib/auth/permissions";
import { SEATS } from "@/lib/auth/roles";
import { refuse } from "@/lib/errors";
import { defineQuery } from "../query";
import { idShape } from "../shapes";
import { certifiedShape, readCertified } from "../signing/certified";
import { moment, momentShape } from "../signing/seats";

/** The certificate of completion of a compensation plan (§8.11): who signed what, when, how, on which head of the log. */
export const compensationCertificate = defineQuery({
  name: "compensation-certificate",
  summary:
    "What was recorded of each signature on a compensation plan: viewed, signed, over which hash, on which head of the log.",
  input: z.strictObject({ planId: idShape }),
  output: z.object({
    planId: z.string(),
    title: z.string(),
    hash: z.string(),
    drafted: momentShape,
    /** The first quarter that it pays for. */
    from: z.string(),
    /** All three signed. */
    complete: z.boolean(),
    signatures: z.array(certifiedShape),
  }),
  only: holdersOf("audit.read"),
  async run({ db }, { planId }) {
    const [plan] = await db.execute<{ title: string; hash: string; drafted: string; from: string }>(sql`
      select title, hash, ${moment("drafted_at")} as drafted, canonical::jsonb ->> 'from' as "from"
      from compensation_plans where id = ${planId}`);
    if (!plan) return refuse("planId", planId, "is no compensation plan");
    const signatures = await readCertified(db, "plan", planId);
    return { planId, ...plan, complete: signatures.length === SEATS.length, signatures };
  },
});
