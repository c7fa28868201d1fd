import { sql } from "drizzle-orm";
import { z } from "zod";
import { recordsOf } from "@/db/merged-partners";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import type { PartnerResult } from "@/lib/attribution/result";
import { missingSentence, verdictSentence } from "@/lib/attribution/sentence";
import { Refusal } from "@/lib/errors";
import { loadFacts } from "@/lib/judging/facts";
import { readHeld } from "@/lib/judging/held";
import { type PolicyBook, policyBook } from "@/lib/judging/policy-book";
import type { Judgement } from "@/lib/metrics/projected-deal";
import { readCompany } from "../company/company";
import { defineQuery } from "../query";
import {
  dayShape,
  gradeShape,
  idShape,
  moneyShape,
  outcomeShape,
  roleShape,
  stageShape,
  stateShape,
} from "../shapes";

/** The latest so many deals; the statement says how many there are in all. */
const SHOWN = 200;

const lineShape = z.object({
  account: z.string().nullable(),
  state: stateShape,
  createdOn: dayShape,
  closedOn: dayShape.nullable(),
  /** Null where the maker of the link did not say that amounts are shown. */
  amount: moneyShape.nullable(),
  /** The partner's own, whatever others have on the deal. */
  outcome: outcomeShape,
  evidence: gradeShape.nullable(),
  disputed: outcomeShape.nullable(),
  why: z.string(),
  /** What would settle a dispute. */
  missing: z.string().nullable(),
  roles: z.array(
    z.object({
      role: roleShape,
      touchStage: stageShape,
      touchedOn: dayShape,
      confirmedOn: dayShape.nullable(),
    }),
  ),
  activities: z.array(z.object({ type: z.string(), on: dayShape, stage: stageShape, proven: z.boolean() })),
});

/**
 * What a partner may be shown of itself (§9): its deals, roles, outcomes and why. Nothing of another partner, no
 * split of a credit, no id and no proof; what stands here is all that leaves the house.
 */
export const partnerStatement = defineQuery({
  name: "partner-statement",
  summary:
    "What a partner sees of itself by its link: its deals, roles, outcomes and why, nothing of others.",
  input: z.strictObject({ partnerId: idShape, amounts: z.boolean().default(false) }),
  output: z.object({
    company: z.string(),
    partner: z.string(),
    asOf: dayShape,
    /** How many deals there are in all. */
    count: z.int(),
    lines: z.array(lineShape),
  }),
  async run({ db, today }, { partnerId, amounts }) {
    const [records, [named], company, book] = await Promise.all([
      recordsOf(db, partnerId),
      db.execute<{ name: string }>(sql`select name from partners where id = ${partnerId}`),
      readCompany(db),
      policyBook(db),
    ]);
    if (!named)
      throw new Refusal({
        ...{ code: "not_found", field: "partnerId", value: partnerId },
        rule: "there is no partner with this id",
      });
    const found = await db.execute<{ id: string; account: string | null; count: number }>(sql`
      select d.deal_id as id, d.account, count(*) over ()::int as count from judged_deals d
      where d.partner_ids && ${sql.param(records)}::text[]
      order by d.created_on desc, d.deal_id limit ${SHOWN}`);
    const accounts = new Map([...found].map(({ id, account }) => [id, account]));
    const documents = await loadFacts(db, [...accounts.keys()], today, { cohorts: "judged" });
    const held = await readHeld(db, [...accounts.keys()]);
    const lines = documents.flatMap((living) => {
      const { facts, result, policy } = counted(living, held.get(living.deal.id), book, today);
      return result.partners
        .filter((one) => records.includes(one.partnerId))
        .map((own) => ({
          ...ownLine(facts, own, amounts),
          account: accounts.get(facts.deal.id) ?? null,
          why: verdictSentence(named.name, own, policy),
        }));
    });
    return {
      company: company.company,
      partner: named.name,
      asOf: today,
      count: found[0]?.count ?? 0,
      lines,
    };
  },
});

/** A deal as it counts: as a frozen quarter holds it, or else as it is judged today. */
function counted(facts: Facts, held: string | undefined, book: PolicyBook, today: Day) {
  const { policy } = book.judging(facts.deal, today);
  if (held === undefined) return { facts, policy, result: classify(policy, facts) };
  const sealed = JSON.parse(held) as Judgement;
  const its = book.policies.find(({ hash }) => hash === sealed.policyHash);
  return { facts: sealed.facts, policy: its?.policy ?? policy, result: sealed.result };
}

/** Of a deal what is this partner's own: whose id is another's is not read. */
function ownLine({ deal, roles, activities }: Facts, own: PartnerResult, amounts: boolean) {
  const isOwn = ({ partnerId }: { partnerId: string }) => partnerId === own.partnerId;
  return {
    ...{ state: deal.outcome, createdOn: deal.createdOn, closedOn: deal.closedOn },
    amount: amounts ? { amount: deal.amount, currency: deal.currency } : null,
    ...{ outcome: own.outcome, evidence: own.evidence, disputed: own.disputed },
    missing: own.missing.length > 0 ? missingSentence(own.missing) : null,
    roles: roles.filter(isOwn).map(({ role, touchStage, touchedOn, confirmedOn }) => ({
      ...{ role, touchStage, touchedOn, confirmedOn },
    })),
    activities: activities
      .filter(isOwn)
      .map(({ type, occurredOn, stage, proof }) => ({ type, on: occurredOn, stage, proven: proof !== null })),
  };
}
