import type { Tx } from "@/db/connection/transaction";
import { calledBy } from "@/db/take-back";
import type { Role, Stage } from "@/lib/attribution/vocabulary";
import { ROLE_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { codeWords } from "@/lib/text/words";
import type { Stay } from "./take-back-rows";

type Row = Stay["row"];

/** What each of these rows is, as people would call it: names, never ids. */
export async function aboutRows(tx: Tx, rows: readonly Row[]): Promise<string[]> {
  const ids = (name: string) => [...new Set(rows.flatMap((row) => (row[name] ? [String(row[name])] : [])))];
  const called = await calledBy(tx, { partnerIds: ids("partnerId"), dealIds: ids("dealId") });
  return rows.map((row) => {
    const name = (id: unknown) => called.get(String(id)) ?? String(id);
    const place = row.dealId ? ` · ${name(row.dealId)}` : "";
    if (row.partnerId) return `${name(row.partnerId)}, ${whatOf(row)}${place}`;
    if (row.enteredOn)
      return `${STAGE_WORDS[row.stage as Stage].label} on ${dayInWords(String(row.enteredOn))}${place}`;
    if (row.category) return `${row.category}, ${row.quarter}, ${row.currency}`;
    if (row.quarter) return `${row.currency}, ${row.quarter}`;
    return String(row.name ?? row.account ?? row.id);
  });
}

function whatOf({ role, type, submittedOn }: Row): string {
  if (role) return ROLE_WORDS[role as Role].label.toLowerCase();
  return submittedOn ? `registration of ${dayInWords(String(submittedOn))}` : codeWords(String(type));
}
