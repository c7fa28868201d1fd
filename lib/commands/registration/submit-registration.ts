import { z } from "zod";
import { registrations } from "@/db/schema/facts";
import { parseOccurrence } from "@/lib/attribution/field-rules";
import { refuse } from "@/lib/errors";
import { accountNamed, mustHaveAccount } from "../customer/load";
import { lockDeal, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { maySubmitRegistration } from "./guards";

export const submitRegistration = defineVerb({
  name: "submit-registration",
  summary: "Enter a partner's deal registration: of a deal, or of an account before there is one",
  input: z.strictObject({
    dealId: field.id.optional(),
    accountId: field.id.optional(),
    /** By its name; one that nobody is called yet is entered with it. */
    account: field.line(200).optional(),
    /** The customer's, as the partner gave it. */
    domain: field.domain.nullable().default(null),
    partnerId: field.id,
    submittedOn: field.day.optional(),
  }),
  output: z.object({ registrationId: z.string() }),
  guard: maySubmitRegistration,
  async run(context, { dealId = null, partnerId, domain, submittedOn = context.today, ...named }) {
    const { tx, actor, today, audit, touch, tell } = context;
    parseOccurrence("submittedOn", submittedOn, today);
    const deal = dealId ? await lockDeal(context, dealId) : null;
    const partner = await mustHavePartner(context, partnerId);
    const accountId = dealId ? null : await accountOf(context, named);
    const row = {
      ...{ id: newId("R"), dealId, accountId, domain, partnerId, submittedOn, status: "pending" as const },
      ...{ recordedOn: today, recordedBy: actor.userId },
    };
    await tx.insert(registrations).values(row);
    audit({ subjectKind: "registration", subjectId: row.id, dealId, before: null, after: row });
    if (dealId) touch(dealId);
    const customer = deal?.account ?? named.account ?? domain;
    tell({
      to: { ownerOfPartner: partnerId },
      dealId,
      about: { kind: "registration_waits", partner: partner.name, customer, registrationId: row.id },
    });
    return { registrationId: row.id };
  },
});

/** The account that a registration without a deal names. */
async function accountOf(
  context: WriteContext,
  { accountId, account }: { accountId?: string; account?: string },
): Promise<string> {
  if (accountId) return (await mustHaveAccount(context, accountId)).id;
  return account
    ? accountNamed(context, account)
    : refuse("account", null, "a registration is of a deal, or names the account");
}
