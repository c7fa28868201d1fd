import { sql } from "drizzle-orm";
import { parseContact, writeContact } from "@/lib/interchange/contacts";
import { parseIn, writeIn } from "@/lib/interchange/memberships";
import type { StoredOfKind, Write } from "@/lib/interchange/stored";
import type { Db } from "./connection/client";
import type { Tx } from "./connection/transaction";

type Entered = Map<string, { contacts: string[]; accounts: string[] }>;

/**
 * Each partner's contacts and accounts that files have said, as a file writes them, are added to it; gives those that
 * people entered here, by partner.
 */
export async function addPeople(
  db: Pick<Db, "execute">,
  found: Record<string, unknown>[],
  ids: readonly string[],
): Promise<Entered> {
  const among = sql`partner_id = any(${sql.param(ids)}::text[])`;
  const contacts = await db.execute<{
    partnerId: string;
    name: string;
    email: string | null;
    ofFile: boolean;
  }>(sql`
    select partner_id as "partnerId", name, lower(email) as email, of_file as "ofFile" from partner_contacts
    where ${among}`);
  const places = await db.execute<{ partnerId: string; accountId: string; day: string; ofFile: boolean }>(sql`
    select partner_id as "partnerId", account_id as "accountId", said_on::text as day, said_by is null as "ofFile"
    from partner_accounts where ${among}`);
  const entered: Entered = new Map();
  const said = new Map(found.map((row) => [row.id, { contacts: [] as string[], accounts: [] as string[] }]));
  for (const id of ids) entered.set(id, { contacts: [], accounts: [] });
  for (const { ofFile, partnerId, ...contact } of contacts)
    (ofFile ? said : entered).get(partnerId)?.contacts.push(writeContact(contact));
  for (const { ofFile, partnerId, accountId, day } of places)
    if (ofFile) said.get(partnerId)?.accounts.push(writeIn(accountId, day));
    else entered.get(partnerId)?.accounts.push(accountId);
  for (const row of found) {
    const { contacts, accounts } = said.get(row.id)!;
    Object.assign(row, { contacts: contacts.sort(), accounts: accounts.sort() });
  }
  return entered;
}

/** Writes what a file says of contacts and accounts, and takes away what it says no more. */
export async function savePeople(tx: Tx, writes: readonly Write<StoredOfKind["partners"]>[]): Promise<void> {
  const changes = (name: "contacts" | "accounts") =>
    writes.flatMap(({ before, after }) => {
      const [stood, told] = [before?.[name] ?? [], after[name]];
      const row = (text: string, stands: boolean) => ({ partner_id: after.id, text, stands });
      return [
        ...told.filter((one) => !stood.includes(one)).map((one) => row(one, true)),
        ...stood.filter((one) => !told.includes(one)).map((one) => row(one, false)),
      ];
    });
  const contacts = changes("contacts").map(({ text, ...row }) => ({
    ...row,
    ...parseContact("contacts", text),
  }));
  const places = changes("accounts").map(({ text, ...row }) => ({ ...row, ...parseIn(text) }));
  if (contacts.length > 0) await saveContacts(tx, JSON.stringify(contacts));
  if (places.length > 0) await savePlaces(tx, JSON.stringify(places));
}

/** All go before any comes, so that an address may be somebody else's. */
async function saveContacts(tx: Tx, contacts: string): Promise<void> {
  const told = sql`json_to_recordset(${contacts}::text::json) as t (partner_id text, name text, email text, stands boolean)`;
  await tx.execute(sql`
    delete from partner_contacts c using ${told}
    where not t.stands and c.of_file and c.partner_id = t.partner_id and c.name = t.name
      and lower(c.email) is not distinct from t.email`);
  await tx.execute(sql`
    insert into partner_contacts (id, partner_id, name, email, of_file)
    select 'CT-' || upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)), partner_id, name, email, true
    from ${told} where stands`);
}

async function savePlaces(tx: Tx, places: string): Promise<void> {
  const told = sql`json_to_recordset(${places}::text::json) as t
    (partner_id text, "accountId" text, day date, stands boolean)`;
  await tx.execute(sql`
    delete from partner_accounts p using ${told}
    where not t.stands and p.said_by is null and p.partner_id = t.partner_id and p.account_id = t."accountId"`);
  await tx.execute(sql`
    insert into partner_accounts (partner_id, account_id, said_on)
    select partner_id, "accountId", day from ${told} where stands on conflict do nothing`);
}
