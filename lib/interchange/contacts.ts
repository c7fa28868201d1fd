import { refuse } from "@/lib/errors";

/** Somebody at a partner, as a cell writes them: `name <mail>`, or a name alone. Source: imports.md. */
interface Contact {
  name: string;
  email: string | null;
}

const WRITTEN = /^(?<name>[^<>@;]+?)\s*(?:<(?<mail>[^<>;]*)>)?$/u;
const MAIL = /^[^\s@<>;]+@[^\s@<>;.]+(?:\.[^\s@<>;.]+)+$/u;
const LONGEST = 200;

export function parseContact(field: string, text: string): Contact {
  const { name, mail } = WRITTEN.exec(text.trim())?.groups ?? {};
  if (name === undefined)
    return refuse(field, text.trim(), "a contact is written name <mail>, or a name alone");
  if (name.length > LONGEST) refuse(field, name.slice(0, 80), `a name is at most ${LONGEST} characters`);
  if (mail === undefined) return { name, email: null };
  if (!MAIL.test(mail.trim()))
    refuse(field, mail.trim(), `is not a mail address, which ${name} is said to have`);
  return { name, email: mail.trim().toLowerCase() };
}

export const writeContact = ({ name, email }: Contact): string =>
  email === null ? name : `${name} <${email}>`;

/** A cell of contacts, each once and in order of writing. Refuses an address that two of them have. */
export function contactsIn(field: string, cell: string): string[] {
  const told = cell
    .split(";")
    .filter((one) => one.trim() !== "")
    .map((one) => parseContact(field, one));
  const names = new Map<string, string>();
  for (const { name, email } of told) {
    if (email === null) continue;
    if ((names.get(email) ?? name) !== name)
      refuse(field, email, `is said of both ${names.get(email)} and ${name}`);
    names.set(email, name);
  }
  return [...new Set(told.map(writeContact))].sort();
}

const knownBy = (written: string) => {
  const { name, email } = parseContact("contacts", written);
  return email ?? name.toLowerCase();
};

/** What a file says of contacts, without those whom people entered here: they stay as they are written here. */
export function contactsTold(told: readonly string[], entered: readonly string[]): string[] {
  const here = new Set(entered.map(knownBy));
  return told.filter((one) => !here.has(knownBy(one)));
}
