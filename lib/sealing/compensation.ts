import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Tx } from "@/db/connection/transaction";
import { compensationPayments } from "@/db/schema/compensation";
import { fiscalYear, settings } from "@/db/schema/settings";
import type { Grade, Outcome } from "@/lib/attribution/vocabulary";
import { parseQuarter, type Quarter } from "@/lib/calendar";
import {
  type CompensationPlan,
  due,
  type EarnedDeal,
  type EarnedEntry,
  type Entry,
  earned,
} from "@/lib/metrics/compensation";
import type { QuarterRates } from "@/lib/money";
import { acceptedDocuments } from "./journal";
import type { SealedDocument } from "./seal";
import { readSeals, type Seal } from "./seals";

/** A run of payments as it was kept (domain.md §8.10). */
export interface PaymentDocument {
  format: 1;
  planId: string;
  planHash: string;
  quarter: string;
  run: number;
  /** Of the seal that the amounts come from. */
  sealDigest: string;
  currency: string;
  entries: Entry[];
}

export interface Payment {
  run: number;
  paidOn: string;
  by: string;
  digest: string;
  text: string;
  document: PaymentDocument;
}

/** What a quarter earns under a plan, what of it was paid, and what is due. */
export interface Statement {
  quarter: Quarter;
  /** Null until the quarter is frozen: then it is counted from the deals as judged now, and nothing is paid. */
  seal: Seal | null;
  earned: EarnedEntry[];
  payments: Payment[];
  due: Entry[];
  /** Credited deals' partners that nobody looks after: nobody is paid for them. */
  unassigned: number;
}

/** Refuses a quarter's missing rate by name. */
export async function readStatement(
  db: Db | Tx,
  { id, plan }: { id: string; plan: CompensationPlan },
  label: string,
): Promise<Statement> {
  const [company] = await db.select({ fiscalYear, reporting: settings.reportingCurrency }).from(settings);
  const quarter = parseQuarter(label, company?.fiscalYear);
  const seal = (await readSeals(db as Db, [label])).get(label) ?? null;
  const payments = await readPayments(db, id, label);
  const paid = payments.flatMap(({ document }) => document.entries);
  const [signed, owners] = await Promise.all([signedHashes(db), ownersOf(db)]);
  const read = seal ? await sealedClaims(db as Db, seal) : await livingClaims(db, quarter);
  // Whoever was paid for a partner's deal goes on being asked about it: another owner since is no correction.
  const former = new Map(paid.map((one) => [`${one.dealId} ${one.partnerId}`, one.payeeId]));
  const payeeOf = (dealId: string, partnerId: string) =>
    plan.paidTo === "partner"
      ? partnerId
      : (former.get(`${dealId} ${partnerId}`) ?? owners.get(partnerId) ?? null);
  const deals = read
    .filter(({ policyHash }) => signed.has(policyHash))
    .map(
      ({ policyHash: _hash, partners, ...deal }): EarnedDeal => ({
        ...deal,
        partners: partners.map((one) => ({ ...one, payeeId: payeeOf(deal.dealId, one.partnerId) })),
      }),
    );
  const entries = earned(plan, deals, await ratesOf(db, seal, label, company?.reporting ?? "USD"));
  const unassigned = deals.flatMap(({ partners }) =>
    partners.filter(({ payeeId, credit }) => payeeId === null && credit > 0),
  ).length;
  return { quarter, seal, earned: entries, payments, due: due(entries, paid), unassigned };
}

type Claims = Omit<EarnedDeal, "partners"> & {
  policyHash: string;
  partners: { partnerId: string; outcome: Outcome; credit: number; evidence: Grade | null }[];
};

export async function readPayments(db: Db | Tx, planId: string, quarter: string): Promise<Payment[]> {
  const rows = await db
    .select()
    .from(compensationPayments)
    .where(sql`${eq(compensationPayments.planId, planId)} and ${eq(compensationPayments.quarter, quarter)}`)
    .orderBy(compensationPayments.run);
  return rows.map(({ run, paidOn, paidByName, digest, document }) => ({
    ...{ run, paidOn, by: paidByName, digest, text: document },
    document: JSON.parse(document) as PaymentDocument,
  }));
}

async function signedHashes(db: Db | Tx): Promise<ReadonlySet<string>> {
  const rows = await db.execute<{ hash: string }>(sql`select hash from policies where period is not null`);
  return new Set([...rows].map(({ hash }) => hash));
}

/** Partner id → who looks after it; of a record that became another, who looks after that one. */
async function ownersOf(db: Db | Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await db.execute<{ id: string; owner: string }>(sql`
    select p.id, coalesce(m.owner_id, p.owner_id) as owner from partners p
    left join partners m on m.id = p.merged_into where coalesce(m.owner_id, p.owner_id) is not null`);
  return new Map([...rows].map(({ id, owner }) => [id, owner]));
}

/** The deals won in a frozen quarter as its seal has them, with every correction that was accepted since in its place. */
async function sealedClaims(db: Db, { quarter: label, header }: Seal): Promise<Claims[]> {
  const { from, to } = header.quarter;
  const [sealed, accepted] = await Promise.all([
    db.execute<{ id: string; document: string }>(sql`
      select deal_id as id, document from sealed_deals
      where quarter = ${label} and state = 'won' and closed_on between ${from}::date and ${to}::date`),
    acceptedDocuments(db, label),
  ]);
  const documents = new Map<string, string | null>([...sealed].map(({ id, document }) => [id, document]));
  for (const [id, document] of accepted) documents.set(id, document);
  return [...documents.values()].flatMap((text) => {
    if (text === null) return [];
    const { facts, result, account, policyHash } = JSON.parse(text) as SealedDocument;
    const { id: dealId, amount, currency, closedOn, outcome } = facts.deal;
    if (outcome !== "won" || closedOn === null || closedOn < from || closedOn > to) return [];
    const partners = result.partners.map((one) => ({
      ...{ partnerId: one.partnerId, outcome: one.outcome, evidence: one.evidence },
      credit: one.credit[one.outcome] ?? 0,
    }));
    return [{ dealId, account, closedOn, amount, currency, policyHash, partners }];
  });
}

async function livingClaims(db: Db | Tx, { from, to }: Quarter): Promise<Claims[]> {
  const rows = await db.execute<Omit<Claims, "amount"> & { amount: string } & Record<string, unknown>>(sql`
    select d.deal_id as "dealId", d.account, d.closed_on::text as "closedOn", d.amount::text as amount, d.currency,
      d.policy_hash as "policyHash", jsonb_agg(jsonb_build_object('partnerId', o.partner_id,
        'outcome', o.outcome, 'credit', o.credit, 'evidence', (select x ->> 'evidence'
          from jsonb_array_elements(d.partners) x where x ->> 'id' = o.partner_id limit 1))) as partners
    from judged_deals d join partner_outcomes o on o.deal_id = d.deal_id
    where d.state = 'won' and d.closed_on between ${from}::date and ${to}::date and o.credit > 0
    group by d.deal_id`);
  return [...rows].map(({ amount, ...deal }) => ({ ...deal, amount: Number(amount) }));
}

async function ratesOf(
  db: Db | Tx,
  seal: Seal | null,
  quarter: string,
  reporting: string,
): Promise<QuarterRates> {
  if (seal) return { quarter, reporting: seal.header.reportingCurrency, perUnit: seal.header.rates };
  const rows = await db.execute<{ currency: string; rate: string }>(
    sql`select currency, trim_scale(rate)::text as rate from rates where quarter = ${quarter}`,
  );
  return {
    ...{ quarter, reporting },
    perUnit: Object.fromEntries([...rows].map(({ currency, rate }) => [currency, rate])),
  };
}
