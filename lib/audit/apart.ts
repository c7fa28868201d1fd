import { createHash, randomBytes } from "node:crypto";
import { canonicalJson } from "@/lib/attribution/canonical";

/**
 * What an entry of the log says of people by the names of its columns, whatever it is about (decision 0016): names and
 * addresses, and what somebody wrote in words, which may name anybody. An id names nobody once its person is erased.
 */
const NAMING: ReadonlySet<string> = new Set([
  ...["email", "ownerName", "owner", "contact", "contacts", "answeredBy", "answeredFrom", "toldBy"],
  ...["reason", "refusedReason", "withdrawnReason", "declinedReason", "text", "quote", "words", "nextStep"],
  ...["what", "ask", "minutes", "note", "conclusion", "answer", "claim", "fileName", "unmapped"],
]);

/** What is about a person in whole: besides, what it says under these names goes when that person is erased. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  user: ["name", "team", "browser", "origin"],
  session: ["name", "browser", "origin"],
  identity: ["name", "subject", "browser", "origin"],
  partner_contact: ["name", "title"],
  partner_statement: ["by", "browser", "origin"],
  activity: ["browser", "origin"],
};

/** What stands in the log in a value's place: what the value was hashed to, with its salt. */
interface Mark {
  apart: string;
}

/** A value that is kept beside the log, as audit_personal has it. */
export interface Apart {
  mark: string;
  /** `user U-1`: the person whom it is about in whole; null of what may name anybody. */
  about: string | null;
  field: string;
  salt: string;
  value: unknown;
}

interface Sides {
  subjectKind: string;
  subjectId: string;
  before: unknown;
  after: unknown;
}

/**
 * Takes out of entries what they say of people: in each value's place stands a mark, SHA-256 of a salt and the value in
 * canonical JSON. The tree is over marks, so it stays what was signed when a value is erased; without its salt no mark
 * tells whose it was. Within one write the same value has the same mark, so that an import keeps each owner's name once.
 */
export function setApart<E extends Sides>(entries: readonly E[]): { entries: E[]; apart: Apart[] } {
  const known = new Map<string, Apart>();
  const side = (entry: E, row: unknown): unknown => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) return row;
    const own = ABOUT[entry.subjectKind] ?? [];
    const about = own.length > 0 ? `${entry.subjectKind} ${entry.subjectId}` : null;
    const marked = Object.entries(row).map(([field, value]): [string, unknown] => {
      const isPersonal = NAMING.has(field) || own.includes(field);
      return isPersonal && says(value) ? [field, keptApart(known, { about, field, value })] : [field, value];
    });
    return Object.fromEntries(marked);
  };
  const without = entries.map((entry) => ({
    ...entry,
    before: side(entry, entry.before),
    after: side(entry, entry.after),
  }));
  return { entries: without, apart: [...known.values()] };
}

/** The marks on one side of an entry, each with the name of its column. */
export function marksIn(side: unknown): { field: string; mark: string }[] {
  if (typeof side !== "object" || side === null || Array.isArray(side)) return [];
  return Object.entries(side).flatMap(([field, value]) => {
    const isMark = typeof value === "object" && value !== null && Object.keys(value).join() === "apart";
    const { apart } = (isMark ? value : {}) as Partial<Mark>;
    return typeof apart === "string" && /^[0-9a-f]{64}$/.test(apart) ? [{ field, mark: apart }] : [];
  });
}

/** The mark of a value: hexadecimal. */
export const markOf = (salt: string, value: unknown): string =>
  createHash("sha256")
    .update(`${salt} ${canonicalJson(value)}`)
    .digest("hex");

/** Whence somebody signed in is forgotten after the days that the company says; nothing else goes without an erasure. */
export const WHENCE: readonly string[] = ["browser", "origin"];

/** Whether a value says anything: what is none, empty, a number or a yes names nobody. */
const says = (value: unknown): boolean =>
  typeof value === "string" ? value !== "" : typeof value === "object" && value !== null;

function keptApart(known: Map<string, Apart>, { about, field, value }: Omit<Apart, "mark" | "salt">): Mark {
  // As the database will keep it: dates are text there, and what is undefined is not there.
  const kept: unknown = JSON.parse(JSON.stringify(value));
  const key = `${about} ${field} ${canonicalJson(kept)}`;
  let apart = known.get(key);
  if (!apart) {
    const salt = randomBytes(16).toString("hex");
    apart = { mark: markOf(salt, kept), about, field, salt, value: kept };
    known.set(key, apart);
  }
  return { apart: apart.mark };
}
