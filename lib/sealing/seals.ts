import { createHash, type Hash } from "node:crypto";
import { eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { sealedQuarters } from "@/db/schema/reviews";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import { factsOnDay } from "@/lib/attribution/known";
import type { Quarter } from "@/lib/calendar";
import { eachFacts, loadFacts } from "@/lib/judging/facts";
import type { PolicyBook } from "@/lib/judging/policy-book";

import { ascending } from "@/lib/metrics/statistics";
import type { QuarterTally } from "@/lib/metrics/tally";
import { toReporting } from "@/lib/money";
import { type SealedDocument, type SealHeader, sealedCounting } from "./seal";
import { openTally } from "./sealed-tally";

/** A quarter's seal without its deals. */
export interface Seal {
  quarter: string;
  /** ISO 8601, UTC. */
  at: string;
  by: string;
  /** Documents in it, and how many of them are of deals closed in the quarter. */
  deals: number;
  closed: number;
  digest: string;
  /** As it was written: the very bytes of the digest's first line. */
  line: string;
  header: SealHeader;
  /** The quarter's tally as it is stored (sealed-tally.ts). */
  tally: string;
}

/** The deals that a quarter's numbers depend on (§7): created or closed in it, or open at its end. */
export function ofQuarter({ from, to }: Quarter): SQL {
  return sql`created_on between ${from}::date and ${to}::date
    or closed_on between ${from}::date and ${to}::date
    or (created_on <= ${to}::date and (closed_on is null or closed_on > ${to}::date))`;
}

/** The documents that a seal of the quarter, made on `asOf`, would hold, in order of id, a batch at a time. */
export async function* quarterDocuments(
  db: Db,
  quarter: Quarter,
  asOf: Day,
  book: PolicyBook,
): AsyncGenerator<SealedDocument[]> {
  const where = ofQuarter(quarter);
  for await (const facts of eachFacts(db, { asOf, where, cohorts: book.comparesCohorts })) {
    yield await documentsOf(db, facts, book);
  }
}

/** The documents of some deals as of a day; those that are gone are left out. */
export async function dealDocuments(
  db: Db,
  dealIds: readonly string[],
  asOf: Day,
  book: PolicyBook,
): Promise<SealedDocument[]> {
  if (dealIds.length === 0) return [];
  return documentsOf(
    db,
    await loadFacts(db, dealIds, asOf, { cohorts: book.comparesCohorts ? "facts" : "none" }),
    book,
  );
}

interface NameRow extends Record<string, unknown> {
  id: string;
  account: string | null;
  owner: string;
  no_partner_on: Day | null;
}

async function documentsOf(db: Db, loaded: readonly Facts[], book: PolicyBook): Promise<SealedDocument[]> {
  const ids = loaded.map(({ deal }) => deal.id);
  const partnerIds = [...new Set(loaded.flatMap(({ partners }) => partners.map(({ id }) => id)))];
  const rows = await db.execute<NameRow>(sql`
    select id, account, owner, no_partner_on::text as no_partner_on
    from deals where id = any(${sql.param(ids)}::text[])`);
  const named = await db.execute<{ id: string; name: string }>(
    sql`select id, name from partners where id = any(${sql.param(partnerIds)}::text[])`,
  );
  const more = new Map([...rows].map((row) => [row.id, row]));
  const names = new Map([...named].map(({ id, name }) => [id, name]));
  return loaded.map((document) => {
    const facts = factsOnDay(document);
    const { policy, hash } = book.judging(facts.deal, facts.asOf);
    const { account = null, owner = "", no_partner_on = null } = more.get(facts.deal.id) ?? {};
    const noPartnerOn = no_partner_on !== null && no_partner_on <= facts.asOf ? no_partner_on : null;
    const partners = Object.fromEntries(facts.partners.map(({ id }) => [id, names.get(id) ?? id]));
    return {
      facts,
      account,
      owner,
      noPartnerOn,
      partners,
      policyHash: hash,
      result: classify(policy, facts),
    };
  });
}

/** What a seal says never changes, so what was read of it is kept: the latest asked, by digest. */
class Kept<V> {
  private readonly values = new Map<string, V>();
  constructor(private readonly most: number) {}

  async get(digest: string, read: () => Promise<V>): Promise<V> {
    const known = this.values.get(digest);
    const value = known ?? (await read());
    this.values.delete(digest);
    this.values.set(digest, value);
    if (this.values.size > this.most) this.values.delete(this.values.keys().next().value as string);
    return value;
  }
}

const keptLines = new Kept<Pick<Seal, "line" | "header" | "tally">>(16);
const keptTallies = new Kept<QuarterTally>(16);

/**
 * The seals of those of the quarters that are frozen, by label.
 *
 * @param options.anew read every byte from the database, whatever is kept: for verification
 */
export async function readSeals(
  db: Db,
  labels: readonly string[],
  { anew = false }: { anew?: boolean } = {},
): Promise<Map<string, Seal>> {
  if (labels.length === 0) return new Map();
  const { quarter, sealedAt, sealedByName, deals, closed, digest } = sealedQuarters;
  const rows = await db
    .select({ quarter, at: sealedAt, by: sealedByName, deals, closed, digest })
    .from(sealedQuarters)
    .where(inArray(quarter, [...labels]));
  const seals = rows.map(async (row): Promise<Seal> => {
    const read = () => readHeader(db, row.quarter);
    const kept = anew ? await read() : await keptLines.get(row.digest, read);
    return { ...row, at: row.at.toISOString(), ...kept };
  });
  return new Map((await Promise.all(seals)).map((seal) => [seal.quarter, seal]));
}

async function readHeader(db: Db, label: string): Promise<Pick<Seal, "line" | "header" | "tally">> {
  const [row] = await db
    .select({ line: sealedQuarters.header, tally: sealedQuarters.tally })
    .from(sealedQuarters)
    .where(eq(sealedQuarters.quarter, label));
  const line = row?.line ?? "null";
  return { line, header: JSON.parse(line) as SealHeader, tally: row?.tally ?? "" };
}

/** What the numbers of a sealed quarter are made of, the amounts of its closed deals included. */
export async function readSealedTally(
  db: Db,
  { quarter, digest, header, tally: text }: Pick<Seal, "quarter" | "digest" | "header" | "tally">,
): Promise<QuarterTally> {
  return keptTallies.get(digest, async () => {
    const { rates } = sealedCounting(header);
    const tally = openTally(text, header.quarter, rates);
    const { from, to } = header.quarter;
    const rows = await db.execute<{ countsAs: string; currency: string; amounts: string }>(sql`
      select counts_as as "countsAs", currency, string_agg(amount::text, ' ') as amounts from sealed_deals
      where quarter = ${quarter} and closed_on between ${from}::date and ${to}::date group by 1, 2`);
    const sizes = new Map<string, number[]>();
    for (const { countsAs, currency, amounts } of rows) {
      const converted = amounts.split(" ").map((amount) => toReporting(Number(amount), currency, rates));
      sizes.set(countsAs, [...(sizes.get(countsAs) ?? []), ...converted]);
    }
    tally.sizes = (classes) => ascending(classes.flatMap((key) => sizes.get(key) ?? []));
    return tally;
  });
}

interface SealedRow extends Record<string, unknown> {
  dealId: string;
  document: string;
  /** Its projection, as JSON by column. */
  projection: Record<string, unknown>;
}

/** The sealed deals as they are stored, in order of id, a batch at a time. */
export async function* eachSealedDeal(db: Db, quarter: string, batchSize = 500): AsyncGenerator<SealedRow[]> {
  for (let after = ""; ; ) {
    const rows = await db.execute<SealedRow>(sql`
      select deal_id as "dealId", document, to_jsonb(s) - 'document' - 'quarter' as projection from sealed_deals s
      where quarter = ${quarter} and deal_id > ${after} order by deal_id limit ${batchSize}`);
    if (rows.length === 0) return;
    after = rows.at(-1)!.dealId;
    yield [...rows];
    if (rows.length < batchSize) return;
  }
}

/** SHA-256 over a text in UTF-8, 64 hexadecimal digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** The digest of a seal, line by line (lib/sealing/seal.ts). */
export class SealDigest {
  private readonly hash: Hash = createHash("sha256");

  add(line: string): void {
    this.hash.update(line, "utf8").update("\n");
  }

  /** 64 hexadecimal digits; no line can be added after. */
  end(): string {
    return this.hash.digest("hex");
  }
}
