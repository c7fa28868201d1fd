import { eq } from "drizzle-orm";
import { z } from "zod";
import { registrations } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { domainsOf } from "../customer/load";
import { lockRegistration, type RegistrationRow } from "../deal/load";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { mayMatchRegistration } from "./guards";

export const matchRegistration = defineVerb({
  name: "match-registration",
  summary: "Say to which open deal of its account, or of its domain's, a registration belongs",
  input: z.strictObject({ registrationId: field.id, dealId: field.id }),
  output: z.object({ registrationId: z.string(), dealId: z.string() }),
  guard: mayMatchRegistration,
  subject: (context, { registrationId, dealId }) => lockRegistration(context, registrationId, dealId),
  async run(context, { registrationId, dealId }, { deal, registration: before }) {
    const { tx, audit, touch } = context;
    if (!(await isOfItsAccount(context, deal?.accountId ?? null, before)))
      refuse(
        "dealId",
        dealId,
        "is a deal of another account, which is not known by the registration's domain",
      );
    const [after] = await tx
      .update(registrations)
      .set({ dealId })
      .where(eq(registrations.id, registrationId))
      .returning();
    audit({ subjectKind: "registration", subjectId: registrationId, dealId, before, after });
    touch(dealId);
    return { registrationId, dealId };
  },
});

/** Of the account that the registration names, or of the one that its domain is known by (§1). */
async function isOfItsAccount(
  context: WriteContext,
  accountId: string | null,
  { accountId: named, domain }: RegistrationRow,
): Promise<boolean> {
  if (accountId === null) return false;
  if (accountId === named) return true;
  return domain !== null && (await domainsOf(context, accountId)).includes(domain);
}
