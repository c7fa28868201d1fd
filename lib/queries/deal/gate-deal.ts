import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import type { Day } from "@/lib/attribution/facts";
import { newestHead } from "@/lib/audit/head";
import { INVOLVED, type Involved, signReceipt } from "@/lib/auth/receipts";
import { mayCloseDeal } from "@/lib/commands/deal/guards";
import { refuse } from "@/lib/errors";
import { oneId } from "@/lib/interchange/ids";
import { factsDigest } from "@/lib/judging/closing";
import { readShares } from "@/lib/judging/cohorts";
import { type Closing, type LoadedDeal, readDocuments, setMedians } from "@/lib/judging/facts";
import { policyBook } from "@/lib/judging/policy-book";
import { dealPath } from "@/lib/text/addresses";
import { dayInWords } from "@/lib/text/days";
import { defineQuery } from "../query";
import { dayShape, gradeShape, idShape, outcomeShape } from "../shapes";
import { noDeal } from "./deal-facts";

/** What a CRM asks before it lets a deal close: whether its attribution is answered (§8.3). */
export const gateDeal = defineQuery({
  name: "gate-deal",
  summary:
    "Whether a deal may close, which a CRM's validation asks first: yes with a signed receipt, or why not and where to answer. Takes the CRM's own id; also with `Authorization: Bearer` and the gate's token.",
  // Its AE has only just answered, and it is the CRM that asks.
  fresh: true,
  scope: "gate",
  input: z.strictObject({
    dealId: idShape,
    as: z.enum(["won", "lost"]).default("won"),
    /** The close day that the CRM is about to record; today unless told. */
    closedOn: dayShape.optional(),
  }),
  output: z.object({
    allowed: z.boolean(),
    /** Why not, as a sentence for whoever closes it; null when it may. */
    reason: z.string().nullable(),
    /** The deal's page here. */
    link: z.string(),
    /** What it comes to, closed so, and the receipt to keep on the opportunity; null when it may not close. */
    answer: z
      .object({
        involved: z.enum(INVOLVED),
        outcome: outcomeShape,
        evidence: gradeShape.nullable(),
        partners: z.array(
          z.object({ id: z.string(), outcome: outcomeShape, evidence: gradeShape.nullable() }),
        ),
        /** A compact JWS (EdDSA); its public keys: /.well-known/jwks.json. */
        receipt: z.string(),
      })
      .nullable(),
  }),
  async run({ db, today }, { dealId, as, closedOn = today }) {
    if (closedOn > today) refuse("closedOn", closedOn, "must not be in the future");
    const closing = { outcome: as, closedOn };
    const [loaded] = await readDocuments(db, [oneId(dealId)], today, [], closing);
    if (!loaded) noDeal(dealId);
    const { id, createdOn } = loaded.facts.deal;
    if (closedOn < createdOn)
      refuse("closedOn", closedOn, `must not be before ${dayInWords(createdOn)}, its creation`);
    const link = new URL(dealPath(id), process.env.NEXTAUTH_URL || "http://localhost:3000").href;
    const deal = { owner: loaded.owner, outcome: loaded.outcome, closedOn: loaded.closedOn };
    const { noPartnerOn } = loaded;
    const says = mayCloseDeal.when?.({ deal, as, rows: loaded.facts.roles, noPartnerOn }) ?? true;
    if (says !== true) return { allowed: false, reason: says, link, answer: null };
    return { allowed: true, reason: null, link, answer: await answerOf(db, loaded, today) };
  },
});

/** The deal judged as the heart will judge it once it has closed so, and the receipt of that. */
async function answerOf(db: Db, { facts, noPartnerOn }: LoadedDeal, today: Day) {
  const book = await policyBook(db);
  if (book.comparesCohorts) setMedians([facts], today, await readShares(db, [facts], []));
  const { policy, hash } = book.judging(facts.deal, today);
  const { outcome, evidence, partners } = classify(policy, facts);
  const involved: Involved = facts.roles.length > 0 ? "partners" : noPartnerOn ? "none" : "unanswered";
  const said = {
    ...{ involved, outcome, evidence },
    partners: partners.map((one) => ({ id: one.partnerId, outcome: one.outcome, evidence: one.evidence })),
  };
  const { id, closedOn, outcome: as } = facts.deal as typeof facts.deal & Closing;
  const receipt = await signReceipt(
    {
      ...{ sub: id, closing: { as, on: closedOn }, ...said },
      ...{ policy: hash, facts: factsDigest(facts, today), asOf: today },
      log: (await newestHead(db)) ?? undefined,
    },
    Date.now(),
  );
  return { ...said, receipt };
}
