import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { canonicalJson } from "@/lib/attribution/canonical";
import { classify } from "@/lib/attribution/classify";
import type { Activity, Day, DealFacts, Facts, RoleRow } from "@/lib/attribution/facts";
import type { PartnerResult } from "@/lib/attribution/result";
import { missingSentence, verdictSentence } from "@/lib/attribution/sentence";
import type { Judgement } from "@/lib/metrics/projected-deal";
import { ANSWER_DAYS } from "@/lib/metrics/statement-answers";
import { loadFacts } from "./facts";
import { readHeld } from "./held";
import { type PolicyBook, policyBook } from "./policy-book";

/** The latest so many deals stand on a statement; it says how many there are in all. */
const SHOWN = 200;

/** A deal on a partner's statement (§9): what is the partner's own, and what everybody knows of the deal. */
export interface PartnerLine {
  account: string | null;
  state: DealFacts["outcome"];
  createdOn: Day;
  closedOn: Day | null;
  outcome: PartnerResult["outcome"];
  evidence: PartnerResult["evidence"];
  disputed: PartnerResult["disputed"];
  why: string;
  /** What would settle a dispute. */
  missing: string | null;
  roles: Pick<RoleRow, "role" | "touchStage" | "touchedOn" | "confirmedOn">[];
  activities: (Pick<Activity, "type" | "stage"> & { on: Day; proven: boolean })[];
}

/** With what of it does not leave the house. */
export interface HeldLine {
  dealId: string;
  line: PartnerLine;
  amount: { amount: number; currency: string };
  /** Whether a frozen quarter holds it as it is shown. */
  held: boolean;
}

/** Whose lines are read: a partner's records, and what it is called. */
export interface OfPartner {
  records: readonly string[];
  name: string;
}

/** The deals that stand on a partner's statement, the latest first, and how many there are in all. */
export async function statementDeals(db: Pick<Db, "execute">, { records }: OfPartner) {
  const rows = await db.execute<{ id: string; account: string | null; count: number }>(sql`
    select d.deal_id as id, d.account, count(*) over ()::int as count from judged_deals d
    where d.partner_ids && ${sql.param(records)}::text[]
    order by d.created_on desc, d.deal_id limit ${SHOWN}`);
  return { deals: [...rows].map(({ id, account }) => ({ id, account })), count: rows[0]?.count ?? 0 };
}

/** These deals as the partner reads them, in their order: as they count, in a frozen quarter as it holds them. */
export async function readPartnerLines(
  db: Db,
  of: OfPartner,
  deals: readonly { id: string; account: string | null }[],
  today: Day,
): Promise<HeldLine[]> {
  const ids = deals.map(({ id }) => id);
  const [documents, holds, book] = await Promise.all([
    loadFacts(db, ids, today, { cohorts: "judged" }),
    readHeld(db, ids),
    policyBook(db),
  ]);
  const accounts = new Map(deals.map(({ id, account }) => [id, account]));
  return documents.flatMap((living) => {
    const { id: dealId } = living.deal;
    const held = holds.get(dealId);
    const { facts, result, policy } = counted(living, held, book, today);
    return result.partners
      .filter(({ partnerId }) => of.records.includes(partnerId))
      .map((own) => ({
        dealId,
        held: held !== undefined,
        amount: { amount: facts.deal.amount, currency: facts.deal.currency },
        line: {
          account: accounts.get(dealId) ?? null,
          ...ownLine(facts, own),
          why: verdictSentence(of.name, own, policy),
        },
      }));
  });
}

/** A deal as it counts: as a frozen quarter holds it, or else as it is judged today. */
function counted(facts: Facts, held: string | undefined, book: PolicyBook, today: Day) {
  const { policy } = book.judging(facts.deal, today);
  if (held === undefined) return { facts, policy, result: classify(policy, facts) };
  const sealed = JSON.parse(held) as Judgement;
  const its = book.policies.find(({ hash }) => hash === sealed.policyHash);
  return { facts: sealed.facts, policy: its?.policy ?? policy, result: sealed.result };
}

/** Of a deal what is this partner's own: whose id is another's is not read. */
function ownLine({ deal, roles, activities }: Facts, own: PartnerResult) {
  const isOwn = ({ partnerId }: { partnerId: string }) => partnerId === own.partnerId;
  return {
    ...{ state: deal.outcome, createdOn: deal.createdOn, closedOn: deal.closedOn },
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

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

/** What a line is called by the holder of one link: no id of the house, and another one by every link. */
export const lineKey = (tokenHash: string, dealId: string): string =>
  digest(`${tokenHash} ${dealId}`).slice(0, 32);

/** What was seen of a line: an answer to it as it read is none to it as it reads since. */
export const seenOf = (line: PartnerLine): string => digest(canonicalJson(line));

/** Until when a link `s` takes answers: so many days after it was shared, and while it works. */
export const answersUntil: SQL = sql.raw(`least(s.expires_at, s.shared_at + interval '${ANSWER_DAYS} days')`);
