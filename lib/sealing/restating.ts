import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import type { PolicyBook } from "@/lib/judging/policy-book";
import { isErasedName } from "@/lib/text/erasure-words";
import { acceptedDocuments } from "./journal";
import { isOfQuarter, type SealedDocument, type SealHeader, sealLine } from "./seal";
import { dealDocuments } from "./seals";

/** How a deal stands against a frozen quarter's seal, or what was accepted of it since. */
export interface Restating {
  kind: "changed" | "deleted" | "added";
  /** As it would be sealed now, canonical JSON; null when it is gone. */
  document: string | null;
}

/** In which a deal of a frozen quarter differs from what stands of it; null when it does not. */
export async function restatingOf(
  db: Db,
  { quarter, asOf }: Pick<SealHeader, "quarter" | "asOf">,
  dealId: string,
  today: Day,
  book: PolicyBook,
): Promise<Restating | null> {
  const [row] = await db.execute<{ document: string }>(
    sql`select document from sealed_deals where quarter = ${quarter.label} and deal_id = ${dealId}`,
  );
  const accepted = await acceptedDocuments(db, quarter.label);
  const stands = accepted.has(dealId) ? accepted.get(dealId)! : (row?.document ?? null);
  const sealed = stands === null ? null : (JSON.parse(stands) as SealedDocument);
  // What was open when it was sealed goes on, which is no restatement: it is held against its day.
  const isOpen = sealed !== null && sealed.facts.deal.closedOn === null;
  const [current] = await dealDocuments(db, [dealId], isOpen ? asOf : today, book);
  if (!current) return sealed ? { kind: "deleted", document: null } : null;
  if (!sealed)
    return isOfQuarter(current.facts.deal, quarter) ? { kind: "added", document: sealLine(current) } : null;
  return undated(sealed) === undated(underSealedName(current, sealed))
    ? null
    : { kind: row ? "changed" : "added", document: sealLine(current) };
}

/** With the name that its owner was sealed by, where that is of somebody who was erased since: it is no correction (§9). */
export const underSealedName = (current: SealedDocument, sealed: SealedDocument): SealedDocument =>
  isErasedName(current.owner) ? { ...current, owner: sealed.owner } : current;

/** What a deal says, whatever day its facts were read as of. */
export function undated({ facts: { asOf: _, ...facts }, ...document }: SealedDocument): string {
  return canonicalJson({ ...document, facts });
}
