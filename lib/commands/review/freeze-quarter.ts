import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/connection/transaction";
import { exceptions, exceptionVotes } from "@/db/schema/exceptions";
import { costs, rates } from "@/db/schema/finance";
import { users } from "@/db/schema/people";
import { reviews, sealedDeals, sealedQuarters } from "@/db/schema/reviews";
import { settings } from "@/db/schema/settings";
import type { Policy } from "@/lib/attribution/policy";
import { PROJECTION_NAMES, PROJECTION_TYPES, rowOf } from "@/lib/judging/projection-row";
import { type ProjectedDeal, projectDeal } from "@/lib/metrics/projected-deal";
import { QuarterTally } from "@/lib/metrics/tally";
import {
  countSeal,
  type SealedException,
  type SealHeader,
  sealedCounting,
  sealLine,
} from "@/lib/sealing/seal";
import { sealTally } from "@/lib/sealing/sealed-tally";
import { quarterDocuments, SealDigest } from "@/lib/sealing/seals";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayFreezeQuarter } from "./guards";
import { quarterSubject } from "./load";

const ROWS_A_STATEMENT = 500;

export const freezeQuarter = defineVerb({
  name: "freeze-quarter",
  summary: "Freeze a reviewed quarter: its deals, policies and numbers are sealed and never change",
  input: z.strictObject({ quarter: field.quarter }),
  output: z.object({ quarter: z.string(), digest: z.string(), deals: z.int() }),
  guard: mayFreezeQuarter,
  timeoutMs: 300_000,
  async subject(context, { quarter: label }) {
    // Nothing of it may move between what is read first and what is read last.
    await context.tx.execute(
      sql`lock table deals, exceptions, exception_votes, costs, rates, reviews, settings in share mode`,
    );
    const subject = await quarterSubject(context, label);
    const cases = await readExceptions(context.tx, label);
    const open = cases.filter(({ settlement, deferred }) => settlement === null && deferred === null);
    return { ...subject, cases, open: open.length };
  },
  async run(context, { quarter: label }, { quarter, cases }) {
    const { tx, actor, today, demo, audit } = context;
    const [company] = await tx.select().from(settings);
    const { fiscalFirstMonth = 1, fiscalNamedBy = "end", reportingCurrency = "USD" } = company ?? {};
    const book = await context.policies();
    const inForce = book.onDay(today);
    const policies: Record<string, Policy> = { [inForce.hash]: inForce.policy };
    const byHash = new Map(book.policies.map(({ hash, policy }) => [hash, policy]));
    const lines: SealedLine[] = [];
    const partners: Record<string, string> = {};
    for await (const batch of quarterDocuments(tx, quarter, today, book)) {
      for (const document of batch) {
        policies[document.policyHash] ??= byHash.get(document.policyHash)!;
        Object.assign(partners, document.partners);
        lines.push({ line: sealLine(document), deal: projectDeal(document) });
      }
    }
    const header: Omit<SealHeader, "numbers" | "figures"> = {
      format: 2,
      quarter,
      asOf: today,
      sealedBy: actor.name,
      fiscalFirstMonth,
      fiscalNamedBy,
      reportingCurrency,
      policies,
      policy: { hash: inForce.hash, signedFrom: inForce.signed?.activeFrom ?? null },
      costs: await readCosts(tx, label),
      rates: await readRates(tx, label),
      partners,
      exceptions: cases,
      review: await readReview(tx, label),
      deals: lines.length,
    };
    const counting = sealedCounting(header);
    const tally = new QuarterTally(quarter, counting.rates);
    for (const { deal } of lines) tally.add(deal);
    const headerLine = sealLine({ ...header, ...countSeal({ ...counting, tally }, quarter) });
    const digest = new SealDigest();
    digest.add(headerLine);
    for (const { line } of lines) digest.add(line);
    const seal = {
      quarter: label,
      from: quarter.from,
      to: quarter.to,
      asOf: today,
      sealedBy: actor.userId,
      sealedByName: actor.name,
      deals: lines.length,
      digest: digest.end(),
      demo: lines.length === 0 ? demo : await areAllDemo(tx, lines),
    };
    await tx.insert(sealedQuarters).values({ ...seal, header: headerLine, tally: sealTally(tally) });
    await insertDeals(tx, label, lines);
    audit({ subjectKind: "quarter", subjectId: label, dealId: null, before: null, after: seal });
    return { quarter: label, digest: seal.digest, deals: seal.deals };
  },
});

interface SealedLine {
  line: string;
  deal: ProjectedDeal;
}

async function insertDeals(tx: Tx, quarter: string, lines: readonly SealedLine[]): Promise<void> {
  for (let from = 0; from < lines.length; from += ROWS_A_STATEMENT) {
    const rows = lines.slice(from, from + ROWS_A_STATEMENT).map(({ line, deal }) => ({
      ...rowOf(deal),
      document: line,
    }));
    await tx.execute(sql`
      insert into ${sealedDeals} (quarter, deal_id, document, ${PROJECTION_NAMES})
      select ${quarter}, r.* from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as r (deal_id text, document text, ${PROJECTION_TYPES})`);
  }
}

/** A seal of the story alone goes with the story; one real deal in it makes it stay. */
async function areAllDemo(tx: Tx, lines: readonly SealedLine[]): Promise<boolean> {
  const ids = lines.map(({ deal }) => deal.id);
  const [real] = await tx.execute(sql`
    select 1 from deals where id = any(${sql.param(ids)}::text[]) and not demo limit 1`);
  return real === undefined;
}

async function readCosts(tx: Tx, quarter: string): Promise<SealHeader["costs"]> {
  return tx
    .select({
      quarter: costs.quarter,
      side: costs.side,
      category: costs.category,
      amount: costs.amount,
      currency: costs.currency,
    })
    .from(costs)
    .where(eq(costs.quarter, quarter))
    .orderBy(asc(costs.side), sql`${costs.category} collate "C"`, asc(costs.currency));
}

async function readRates(tx: Tx, quarter: string): Promise<SealHeader["rates"]> {
  const rows = await tx.select().from(rates).where(eq(rates.quarter, quarter));
  return Object.fromEntries(rows.map(({ currency, rate }) => [currency, rate]));
}

async function readReview(tx: Tx, quarter: string): Promise<SealHeader["review"]> {
  const [review] = await tx
    .select({
      ask: reviews.ask,
      minutes: reviews.minutes,
      facilitator: sql<
        string | null
      >`(select name from ${users} where ${users.id} = ${reviews.facilitatorId})`,
      askBy: sql<string | null>`(select name from ${users} where ${users.id} = ${reviews.askBy})`,
    })
    .from(reviews)
    .where(eq(reviews.quarter, quarter));
  return review ?? { facilitator: null, ask: "", askBy: null, minutes: "" };
}

async function readExceptions(tx: Tx, quarter: string): Promise<SealedException[]> {
  const rows = await tx
    .select()
    .from(exceptions)
    .where(eq(exceptions.quarter, quarter))
    .orderBy(asc(exceptions.id));
  const votes = await tx
    .select({ vote: exceptionVotes })
    .from(exceptionVotes)
    .innerJoin(exceptions, eq(exceptions.id, exceptionVotes.exceptionId))
    .where(eq(exceptions.quarter, quarter))
    .orderBy(asc(exceptionVotes.exceptionId), asc(exceptionVotes.side));
  const people = await tx.select({ id: users.id, name: users.name }).from(users);
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const named = (id: string | null) => (id === null ? null : (nameOf.get(id) ?? id));
  const votesOf = new Map<string, SealedException["votes"]>();
  for (const { vote } of votes) {
    const { exceptionId, userId, side, decision, partnerId, model, outcome, reason } = vote;
    const line = { side, by: named(userId)!, decision, partnerId, model, outcome, reason };
    votesOf.set(exceptionId, [...(votesOf.get(exceptionId) ?? []), line]);
  }
  return rows.map((row) => ({
    id: row.id,
    dealId: row.dealId,
    kind: row.kind,
    origin: row.origin,
    partnerId: row.partnerId,
    amount: row.amount,
    currency: row.currency,
    claim: row.claim,
    raisedBy: named(row.raisedBy),
    openedOn: row.openedOn,
    settlement: row.settlement,
    settledOn: row.settledOn,
    deferred:
      row.deferredTo === null ? null : { to: named(row.deferredTo)!, until: row.deferredUntil as string },
    votes: votesOf.get(row.id) ?? [],
  }));
}
