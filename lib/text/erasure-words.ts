import { count, list } from "./words";

/** Whether a name is what somebody is called since they were erased (§9). */
export const isErasedName = (name: string): boolean => /^Erased person \d+$/.test(name);

/** What the rows of the main tables are called; of the others an erasure tells how many there are in all. */
const ROWS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  deals: ["deal", "deals"],
  role_rows: ["role", "roles"],
  activities: ["activity", "activities"],
  notes: ["note or file", "notes or files"],
  exceptions: ["case", "cases"],
  exception_notes: ["comment", "comments"],
  evidence_files: ["mail, call or note that was read", "mails, calls or notes that were read"],
  audit_personal: ["part of the audit log", "parts of the audit log"],
};

/** What follows the deals they are of, and is told with them. */
const FOLLOW: readonly string[] = ["judged_deals", "tallies", "tally_changes", "lens_deals"];

/** From what an erasure takes somebody's words: `3 deals, 1 role and 12 parts of the audit log`. */
export function goneWords(erased: readonly { table: string; rows: number }[]): string {
  const told = erased.filter(({ table }) => !FOLLOW.includes(table));
  const named = told.flatMap(({ table, rows }) => (ROWS[table] ? [count(rows, ...ROWS[table])] : []));
  const others = told.reduce((sum, { table, rows }) => sum + (ROWS[table] ? 0 : rows), 0);
  return list([...named, ...(others > 0 ? [count(others, "other record")] : [])]);
}

export type KeptWhy = "sealed" | "signed" | "log" | "company";

const WHY: Readonly<Record<KeptWhy, (rows: number) => string>> = {
  sealed: (rows) =>
    `${count(rows, "record")} of frozen quarters: a seal proves, word for word, what finance signed`,
  signed: (rows) =>
    `${count(rows, "signature or signed document", "signatures or signed documents")}: they say who answered for it`,
  log: (rows) =>
    `${count(rows, "entry", "entries")} of the audit log about those: what was signed of it must stay readable`,
  company: (rows) => `${count(rows, "company", "companies")} that are called like them`,
};

/** What goes on naming somebody who is erased, and why, a sentence a reason. */
export function keptWords(kept: readonly { rows: number; why: KeptWhy }[]): string[] {
  return (Object.keys(WHY) as KeptWhy[]).flatMap((why) => {
    const rows = kept.reduce((sum, one) => sum + (one.why === why ? one.rows : 0), 0);
    return rows > 0 ? [WHY[why](rows)] : [];
  });
}
