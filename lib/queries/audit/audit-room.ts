import { asc, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { auditSamples, sampledDeals } from "@/db/schema/audit-samples";
import type { Facts } from "@/lib/attribution/facts";
import { GRADES, REGISTRATION_STATUSES, ROLES, TESTS } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import { holdersOf } from "@/lib/auth/permissions";
import { maySay } from "@/lib/commands/guard";
import { mayDrawSample, maySignOffSample, mayTickSample, ofSample } from "@/lib/commands/sample/guards";
import { refuse } from "@/lib/errors";
import { SAMPLE_METHODS, sampleResult, VERDICTS, type Verdict } from "@/lib/metrics/audit-sample";
import type { SealedDocument } from "@/lib/sealing/seal";
import { readSeals } from "@/lib/sealing/seals";
import { defineQuery } from "../query";
import { sealShape, sealState } from "../review/quarter-standing";
import { dayShape, mayShape, namedShape, outcomeShape, quarterShape, stateShape } from "../shapes";
import { byWhomShape } from "../signing/seats";

const sampleLineShape = z.object({
  id: z.string(),
  seed: z.string(),
  method: z.enum(SAMPLE_METHODS),
  /** As many deals as were asked for; those that there are. */
  size: z.int(),
  drawn: byWhomShape,
  signedOff: byWhomShape.extend({ conclusion: z.string() }).nullable(),
  result: z.object({
    of: z.int(),
    looked: z.int(),
    hold: z.int(),
    /** Of the share that holds, 0 to 1, 95 % by Wilson; null until every deal was looked at. */
    interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  }),
});
type SampleLine = z.output<typeof sampleLineShape>;

const factShape = z.discriminatedUnion("kind", [
  z.object({
    ...{ kind: z.literal("role"), id: z.string(), partnerId: z.string(), on: dayShape },
    ...{ role: z.enum(ROLES), confirmedOn: dayShape.nullable() },
  }),
  z.object({
    ...{ kind: z.literal("activity"), id: z.string(), partnerId: z.string(), on: dayShape },
    ...{ type: z.string(), proof: z.string().nullable() },
  }),
  z.object({
    ...{ kind: z.literal("registration"), id: z.string(), partnerId: z.string(), on: dayShape },
    status: z.enum(REGISTRATION_STATUSES),
  }),
  z.object({
    ...{ kind: z.literal("ruling"), id: z.string(), partnerId: z.string(), on: dayShape },
    outcome: outcomeShape,
  }),
]);
type Fact = z.output<typeof factShape>;

const sampledDealShape = z.object({
  dealId: z.string(),
  account: z.string().nullable(),
  owner: z.string(),
  /** Minor units of `currency`. */
  amount: z.int(),
  currency: z.string(),
  state: stateShape,
  createdOn: dayShape,
  closedOn: dayShape.nullable(),
  outcome: outcomeShape,
  evidence: z.enum(GRADES).nullable(),
  noPartnerOn: dayShape.nullable(),
  policyHash: z.string(),
  partners: z.array(
    z.object({
      partner: namedShape,
      outcome: outcomeShape,
      rule: z.string(),
      tests: z.array(z.object({ test: z.enum(TESTS), passed: z.boolean(), facts: z.array(z.string()) })),
    }),
  ),
  facts: z.array(factShape),
  verdict: z.enum(VERDICTS).nullable(),
  note: z.string().nullable(),
  ticked: byWhomShape.nullable(),
});
type SampledDeal = z.output<typeof sampledDealShape>;

/** The auditor's room of a frozen quarter: its samples, and one of them deal by deal as the seal has them (§8.11). */
export const auditRoom = defineQuery({
  name: "audit-room",
  summary:
    "A frozen quarter's samples, newest first, and one of them with facts, tests and evidence of each deal.",
  input: z.strictObject({
    quarter: quarterShape,
    /** The newest when absent. */
    sampleId: z.string().max(200).optional(),
  }),
  output: z.object({
    quarter: quarterShape,
    seal: sealShape.nullable(),
    may: z.object({ draw: mayShape }),
    samples: z.array(sampleLineShape),
    open: sampleLineShape
      .extend({
        may: z.object({ tick: mayShape, signOff: mayShape }),
        deals: z.array(sampledDealShape),
      })
      .nullable(),
  }),
  only: holdersOf("audit.read"),
  fresh: true,
  async run({ db, actor }, { quarter, sampleId }) {
    const seal = (await readSeals(db, [quarter])).get(quarter) ?? null;
    const rows = await db
      .select()
      .from(auditSamples)
      .where(eq(auditSamples.quarter, quarter))
      .orderBy(desc(auditSamples.drawnAt), asc(auditSamples.id));
    const deals = await db
      .select()
      .from(sampledDeals)
      .where(
        inArray(
          sampledDeals.sampleId,
          rows.map(({ id }) => id),
        ),
      )
      .orderBy(asc(sampledDeals.place));
    const dealsOf = (id: string) => deals.filter((one) => one.sampleId === id);
    const samples = rows.map((row) => lineOf(row, dealsOf(row.id)));
    const at = sampleId === undefined ? 0 : rows.findIndex(({ id }) => id === sampleId);
    if (at < 0) refuse("sampleId", sampleId, `is no sample of ${quarter}`);
    const [row, line] = [rows[at], samples[at]];
    return {
      quarter,
      seal: seal && sealState(seal),
      may: {
        draw: maySay(mayDrawSample, actor, {
          quarter,
          frozen: seal !== null,
          demo: seal?.header.demo ?? false,
        }),
      },
      samples,
      open:
        row && line
          ? {
              ...line,
              may: mayTo(actor, row, dealsOf(row.id)),
              deals: await openDeals(db, quarter, dealsOf(row.id)),
            }
          : null,
    };
  },
});

type SampleRow = typeof auditSamples.$inferSelect;
type DealRow = typeof sampledDeals.$inferSelect;

function lineOf(row: SampleRow, deals: readonly DealRow[]): SampleLine {
  const { id, seed, size, drawnByName, drawnAt, signedOffAt, signedOffByName, conclusion } = row;
  return {
    ...{ id, seed, size, method: row.method as SampleLine["method"] },
    drawn: { name: drawnByName, at: drawnAt.toISOString() },
    signedOff:
      signedOffAt === null
        ? null
        : { name: signedOffByName, at: signedOffAt.toISOString(), conclusion: conclusion ?? "" },
    result: sampleResult(deals.map(({ verdict }) => verdict as Verdict | null)),
  };
}

function mayTo(actor: Actor, row: SampleRow, deals: readonly DealRow[]) {
  const sample = ofSample(row, deals);
  return { tick: maySay(mayTickSample, actor, sample), signOff: maySay(maySignOffSample, actor, sample) };
}

async function openDeals(db: Db, quarter: string, deals: readonly DealRow[]): Promise<SampledDeal[]> {
  const ids = deals.map(({ dealId }) => dealId);
  const rows = await db.execute<{ id: string; document: string }>(sql`
    select deal_id as id, document from sealed_deals
    where quarter = ${quarter} and deal_id = any(${sql.param(ids)}::text[])`);
  const documents = new Map(
    [...rows].map(({ id, document }) => [id, JSON.parse(document) as SealedDocument]),
  );
  return deals.flatMap((row) => {
    const document = documents.get(row.dealId);
    return document ? [openDeal(row, document)] : [];
  });
}

function openDeal(
  { dealId, verdict, note, tickedByName, tickedAt }: DealRow,
  document: SealedDocument,
): SampledDeal {
  const { facts, account, owner, noPartnerOn, policyHash, partners, result } = document;
  const { amount, currency, outcome: state, createdOn, closedOn } = facts.deal;
  return {
    ...{ dealId, account, owner, amount, currency, state, createdOn, closedOn, noPartnerOn, policyHash },
    ...{ outcome: result.outcome, evidence: result.evidence },
    partners: result.partners.map(({ partnerId: id, outcome, rule, tests }) => ({
      ...{ partner: { id, name: partners[id] ?? id }, outcome, rule, tests },
    })),
    facts: factsOf(facts),
    ...{ verdict: verdict as Verdict | null, note },
    ticked: tickedAt === null ? null : { name: tickedByName, at: tickedAt.toISOString() },
  };
}

/** In order of their days. */
function factsOf({ roles, activities, registrations, rulings }: Facts): Fact[] {
  const all: Fact[] = [
    ...registrations.map(({ id, partnerId, submittedOn, status }) => ({
      ...{ kind: "registration" as const, id, partnerId, on: submittedOn, status },
    })),
    ...roles.map(({ id, partnerId, touchedOn, role, confirmedOn }) => ({
      ...{ kind: "role" as const, id, partnerId, on: touchedOn, role, confirmedOn },
    })),
    ...activities.map(({ id, partnerId, occurredOn, type, proof }) => ({
      ...{ kind: "activity" as const, id, partnerId, on: occurredOn, type, proof },
    })),
    ...rulings.map(({ id, partnerId, decidedOn, outcome }) => ({
      ...{ kind: "ruling" as const, id, partnerId, on: decidedOn, outcome },
    })),
  ];
  return all.sort((one, other) => (one.on === other.on ? 0 : one.on < other.on ? -1 : 1));
}
