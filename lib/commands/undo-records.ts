import { and, eq } from "drizzle-orm";
import { partnerAccounts } from "@/db/schema/accounts";
import { registrations } from "@/db/schema/facts";
import { partnerContacts } from "@/db/schema/partners";
import { type AccountStand, changeAccount, lockAccount } from "./customer/change-account";
import { mayEditAccount } from "./customer/guards";
import { lockRegistration, mustHavePartner } from "./deal/load";
import { asBefore, type Entry, mustMayBack, mustStandAsLeft, noteBack, sidesOf } from "./entry-back";
import { maySay } from "./guard";
import { changePartner, type PartnerRow } from "./partner/change-partner";
import { mustBeFree } from "./partner/contacts";
import { mayEditPartner } from "./partner/guards";
import { mappingBack, personBack, settingsBack } from "./undo-company";
import { costBack, rateBack } from "./undo-finance";
import { mayTakeRegistrationBack, type Row } from "./undo-guards";
import type { WriteContext } from "./verb";

type Back = (context: WriteContext, entry: Entry) => Promise<void>;

const ENTERED = "What was entered is not taken back: correct it, or leave it unused";

/** How a record's edit is taken back: by what the verb itself would do, while it stands as that edit left it. */
export const RECORDS: Readonly<Record<string, Back>> = {
  registration: registrationBack,
  partner: partnerBack,
  account: accountBack,
  partner_contact: contactBack,
  partner_account: membershipBack,
  user: personBack,
  settings: settingsBack,
  mapping: mappingBack,
  cost: costBack,
  rate: rateBack,
};

async function registrationBack(context: WriteContext, entry: Entry): Promise<void> {
  const { before, after } = sidesOf(entry);
  const { registration, deal } = await lockRegistration(context, entry.subjectId);
  mustStandAsLeft(entry, registration as Row);
  mustMayBack(mayTakeRegistrationBack(context.actor, deal, { before, after }));
  const same = eq(registrations.id, registration.id);
  if (!before) await context.tx.delete(registrations).where(same);
  else await context.tx.update(registrations).set(asBefore(entry)).where(same);
  noteBack(context, entry, registration, before);
  if (deal) context.touch(deal.id);
}

async function partnerBack(context: WriteContext, entry: Entry): Promise<void> {
  const { before } = sidesOf(entry);
  mustMayBack(maySay(mayEditPartner, context.actor, undefined));
  mustMayBack(before !== null || ENTERED);
  const now: PartnerRow = await mustHavePartner(context, entry.subjectId, "update");
  mustStandAsLeft(entry, now as Row);
  await changePartner(context, now, asBefore<"name" | "kind" | "parentId" | "ownerId">(entry));
}

async function accountBack(context: WriteContext, entry: Entry): Promise<void> {
  const { before } = sidesOf(entry);
  mustMayBack(maySay(mayEditAccount, context.actor, undefined));
  mustMayBack(before !== null || ENTERED);
  const changes: Partial<AccountStand> = asBefore<"name" | "domains">(entry);
  const locked = await lockAccount(context, entry.subjectId, { renames: changes.name !== undefined });
  mustStandAsLeft(entry, locked.before as unknown as Row);
  await changeAccount(context, locked, changes);
}

async function contactBack(context: WriteContext, entry: Entry): Promise<void> {
  const { tx, actor } = context;
  const { before } = sidesOf(entry);
  mustMayBack(maySay(mayEditPartner, actor, undefined));
  const same = eq(partnerContacts.id, entry.subjectId);
  const [now] = await tx.select().from(partnerContacts).where(same).for("update");
  mustStandAsLeft(entry, now as Row | undefined);
  if (before) {
    const { createdAt: _createdAt, ...values } = before as unknown as typeof partnerContacts.$inferSelect;
    await mustHavePartner(context, values.partnerId, "update");
    await mustBeFree(context, "email", values);
    if (now) await tx.update(partnerContacts).set(values).where(same);
    else await tx.insert(partnerContacts).values(values);
  } else await tx.delete(partnerContacts).where(same);
  noteBack(context, entry, now ?? null, before);
}

async function membershipBack(context: WriteContext, entry: Entry): Promise<void> {
  const { tx, actor } = context;
  const { before, after } = sidesOf(entry);
  mustMayBack(maySay(mayEditAccount, actor, undefined));
  const { partner, account, ...row } = (before ?? after) as unknown as Membership;
  const same = and(
    eq(partnerAccounts.partnerId, row.partnerId),
    eq(partnerAccounts.accountId, row.accountId),
  );
  const [found] = await tx.select().from(partnerAccounts).where(same).for("update");
  const now = found && { partner, account, ...found };
  mustStandAsLeft(entry, now);
  if (before) await tx.insert(partnerAccounts).values(row);
  else await tx.delete(partnerAccounts).where(same);
  noteBack(context, entry, now ?? null, before);
}

/** As the log has it: with the names of both. */
type Membership = typeof partnerAccounts.$inferSelect & { partner: string; account: string };
