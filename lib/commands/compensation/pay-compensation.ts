import { z } from "zod";
import { compensationPayments } from "@/db/schema/compensation";
import { canonicalJson } from "@/lib/attribution/canonical";
import { refuse } from "@/lib/errors";
import { covers, sumOfEntries } from "@/lib/metrics/compensation";
import { type PaymentDocument, readStatement } from "@/lib/sealing/compensation";
import { sha256 } from "@/lib/sealing/seals";
import { inPersonInput, signedInPerson } from "../in-person";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayPayCompensation } from "./guards";
import { planSubject } from "./load";

/** The first run pays what the seal earns; a later one what corrections added or took, beside it and never over it. */
export const payCompensation = defineVerb({
  name: "pay-compensation",
  summary: "Seal what a frozen quarter's credit pays; again after corrections, as additions and clawbacks",
  input: z.strictObject({ planId: field.id, quarter: field.quarter, ...inPersonInput }),
  output: z.object({ run: z.int(), amount: z.int(), currency: z.string() }),
  guard: mayPayCompensation,
  timeoutMs: 60_000,
  prepare: signedInPerson("pay-compensation", "to pay"),
  async subject(context, { planId, quarter }) {
    const subject = await planSubject(context, planId);
    const statement = await readStatement(context.tx, subject, quarter);
    return {
      ...{ ...subject, statement, covers: covers(subject.plan, quarter) },
      ...{ frozen: statement.seal !== null, due: statement.due.length },
    };
  },
  async run({ tx, actor, today, audit }, { planId, quarter }, { hash, plan, statement }, method) {
    const paidBy = actor.userId ?? refuse("", null, "a person pays, signed in");
    const run = (statement.payments.at(-1)?.run ?? 0) + 1;
    const document: PaymentDocument = {
      ...{ format: 1, planId, planHash: hash, quarter, run },
      ...{ sealDigest: statement.seal!.digest, currency: plan.currency, entries: statement.due },
    };
    const text = canonicalJson(document);
    const row = { planId, quarter, run, digest: sha256(text), paidBy, paidByName: actor.name, paidOn: today };
    await tx.insert(compensationPayments).values({ ...row, document: text });
    const amount = sumOfEntries(statement.due);
    audit({
      ...{ subjectKind: "compensation_payment", subjectId: `${planId} ${quarter} ${run}`, dealId: null },
      ...{ before: null, after: { ...row, method, amount, currency: plan.currency } },
    });
    return { run, amount, currency: plan.currency };
  },
});
