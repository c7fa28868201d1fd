import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Tx } from "@/db/connection/transaction";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import { type Finding, findingKey, findingsOn, type OfGate } from "@/lib/attribution/reconciliation";
import type { Result } from "@/lib/attribution/result";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { readReceipt } from "@/lib/auth/receipts";
import { factsDigest } from "@/lib/judging/closing";
import { readShares } from "@/lib/judging/cohorts";
import { type LoadedDeal, readDocuments, setMedians } from "@/lib/judging/facts";
import { asNamedBefore } from "@/lib/judging/former-records";
import { type PolicyBook, policyBook } from "@/lib/judging/policy-book";

/** How far a closed deal is decided (README). */
export const DECIDED_STATES = ["undecided", "exception", "stands", "clear"] as const;
export type DecidedState = (typeof DECIDED_STATES)[number];

/** That somebody decided to leave it as it stands. */
export interface Decision {
  on: Day;
  by: { id: string; name: string };
  reason: string | null;
  /** False once other facts stand there, or something else is found. */
  holds: boolean;
}

/** A closed deal as a month is counted by: how it closed, and how it is decided. */
export interface CountedDeal {
  id: string;
  as: "won" | "lost";
  closedOn: Day;
  demo: boolean;
  found: Finding[];
  state: DecidedState;
}

/** A closed deal beside what is found on it. */
export interface ClosedDeal extends CountedDeal {
  facts: Facts;
  result: Result;
  account: string | null;
  owner: string;
  noPartner: boolean;
  version: number;
  decision: Decision | null;
  /** The case that passes it on to the two sides. */
  exceptionId: string | null;
}

interface Row extends Record<string, unknown> {
  id: string;
  as: "won" | "lost";
  closedOn: Day;
  version: number;
  demo: boolean;
  /** Something may be found on it, or was decided about it: it has to be looked at. */
  suspect: boolean;
  receipt: string | null;
  /** The CRM owes a receipt of it: it closed there, since it asks the gate. */
  owes: boolean;
  found: string[] | null;
  facts: string | null;
  decidedOn: Day | null;
  decidedBy: { id: string; name: string } | null;
  reason: string | null;
  exceptionId: string | null;
}

const BATCH = 500;

/**
 * Closed deals as of `today`, in order of close and id, with what is found on each and how it is decided.
 *
 * @param where a condition on the columns of `d`, the deals
 */
export async function readClosedDeals(db: Db | Tx, today: Day, where: SQL): Promise<ClosedDeal[]> {
  return lookAt(db, today, [...(await readRows(db, today, where))]);
}

/**
 * The same deals as a month is counted by: only those on which something may be found are looked at, so that it costs
 * what there is to decide and not what was sold.
 */
export async function countClosedDeals(
  db: Db | Tx,
  today: Day,
  where: SQL,
): Promise<(CountedDeal | ClosedDeal)[]> {
  const rows = [...(await readRows(db, today, where))];
  const suspects = rows.filter(({ suspect }) => suspect);
  const looked = new Map((await lookAt(db, today, suspects)).map((one) => [one.id, one]));
  return rows.map(
    ({ id, as, closedOn, demo }) => looked.get(id) ?? { id, as, closedOn, demo, found: [], state: "clear" },
  );
}

async function lookAt(db: Db | Tx, today: Day, rows: readonly Row[]): Promise<ClosedDeal[]> {
  const book = rows.length > 0 ? await policyBook(db) : null;
  const closed: ClosedDeal[] = [];
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = new Map(rows.slice(from, from + BATCH).map((row) => [row.id, row]));
    const loaded = await readDocuments(db, [...batch.keys()], today);
    if (book?.comparesCohorts) {
      const documents = loaded.map(({ facts }) => facts);
      setMedians(documents, today, await readShares(db, documents, []));
    }
    // Only what was answered or decided before can be of facts that named another record of a partner.
    const told = loaded.filter(({ facts }) => isTold(batch.get(facts.deal.id)!));
    const before = await asNamedBefore(
      db,
      told.map(({ facts }) => facts),
    );
    for (const one of loaded) {
      const { id } = one.facts.deal;
      closed.push(await reconciled(one, before.get(id) ?? [], batch.get(id)!, book!));
    }
  }
  return closed;
}

const isTold = ({ receipt, decidedOn }: Row) => receipt !== null || decidedOn !== null;

/** Whether the CRM owes a receipt of `d`. */
const OWES = sql`coalesce(d.outcome = 'won' and d.closed_on >= s.gate_from and (d.gate_receipt is not null
  or not exists (select from audit_log l where l.deal_id = d.id and l.action = 'close-deal')), false)`;

/** Where `findingsOn` may find something in the facts of `d`: unanswered, or a row or an activity without the other. */
const mayBeFound = (today: Day) => sql`(not coalesce(j.confirmed, false)
  or exists (select from activities a where a.deal_id = d.id and a.stage < 6 and not exists (
    select from role_rows w where w.deal_id = d.id and w.partner_id = a.partner_id and w.refused_on is null
      and w.recorded_on <= ${today}::date))
  or exists (select from role_rows w where w.deal_id = d.id and w.refused_on is null and not exists (
    select from activities a where a.deal_id = d.id and a.partner_id = w.partner_id and a.stage < 6
      and a.recorded_on <= ${today}::date and a.occurred_on <= ${today}::date)))`;

function readRows(db: Db | Tx, today: Day, where: SQL) {
  return db.execute<Row>(sql`
    select d.id, d.outcome::text as "as", d.closed_on::text as "closedOn", d.version, d.demo,
      d.gate_receipt as receipt, r.found, r.facts, r.reason, ${OWES} as owes,
      (${mayBeFound(today)} or r.deal_id is not null or ${OWES}) as suspect,
      r.decided_on::text as "decidedOn", (select json_build_object('id', u.id, 'name', u.name)
        from users u where u.id = r.decided_by) as "decidedBy", (
        select e.id from exceptions e where e.deal_id = d.id and e.origin = 'raised'
          and e.settlement is distinct from 'withdrawn' and e.opened_on >= d.closed_on
        order by e.opened_at desc limit 1) as "exceptionId"
    from deals d left join reconciled_deals r on r.deal_id = d.id left join settings s on true
      left join judged_deals j on j.deal_id = d.id
    where d.outcome <> 'open' and d.closed_on <= ${today}::date and ${where}
    order by d.closed_on, d.id`);
}

async function reconciled(
  { facts, account, owner, noPartnerOn }: LoadedDeal,
  before: readonly Facts[],
  row: Row,
  book: PolicyBook,
): Promise<ClosedDeal> {
  const { policy } = book.judging(facts.deal, facts.asOf);
  const result = classify(policy, facts);
  const noPartner = noPartnerOn !== null && noPartnerOn <= facts.asOf;
  const isDigest = (digest: string, on: Day) =>
    [facts, ...before].some((one) => factsDigest(one, on) === digest);
  const gate = row.owes ? await gateOf(facts.deal.id, row.receipt, isDigest) : null;
  const found = findingsOn({ facts, policy, result, noPartner, gate });
  const decision = decisionOn(found, row, isDigest);
  return {
    ...{ id: row.id, as: row.as, closedOn: row.closedOn, demo: row.demo },
    ...{ facts, result, account, owner, noPartner, found, decision },
    ...{ version: row.version, exceptionId: row.exceptionId },
    state: stateOf(found, decision, row.exceptionId),
  };
}

function stateOf(found: readonly Finding[], decision: Decision | null, exceptionId: string | null) {
  if (found.length === 0) return "clear";
  if (decision?.holds) return "stands";
  return exceptionId === null ? "undecided" : "exception";
}

/** Whether a digest is of the facts on a day, by whatever record they name their partners. */
type IsDigest = (digest: string, on: Day) => boolean;

function decisionOn(found: readonly Finding[], row: Row, isDigest: IsDigest): Decision | null {
  const { decidedOn: on, decidedBy: by, reason } = row;
  if (on === null || by === null) return null;
  const known = found.every((one) => row.found?.includes(findingKey(one)));
  return { on, by, reason, holds: known && row.facts !== null && isDigest(row.facts, on) };
}

/** Whether the facts are those of its receipt, its close among them. */
async function gateOf(dealId: string, receipt: string | null, isDigest: IsDigest): Promise<OfGate> {
  const said = receipt === null ? null : await readReceipt(receipt);
  if (!said || said.sub !== dealId) return { said: null, holds: false };
  return { said: said.outcome as Outcome, holds: isDigest(said.facts, said.asOf) };
}
