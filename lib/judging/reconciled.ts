import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day, Facts } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import {
  type Drift,
  type Finding,
  findingKey,
  findingsOn,
  type OfGate,
} from "@/lib/attribution/reconciliation";
import type { Result } from "@/lib/attribution/result";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { readReceipt } from "@/lib/auth/receipts";
import { type DecidedState, kindsOf, type ReconciledDeal } from "@/lib/metrics/reconciled";
import { factsDigest } from "./closing";
import { driftsOf } from "./drift";
import type { LoadedDeal } from "./facts";
import { asNamedBefore } from "./former-records";

/** That somebody decided to leave a closed deal as it stands. */
export interface Decision {
  on: Day;
  by: { id: string; name: string };
  reason: string | null;
  /** False once other facts stand there, or something else is found. */
  holds: boolean;
}

/** What is found on a closed deal and how far it is decided (domain.md §8.5). */
export interface Reconciled {
  found: Finding[];
  state: DecidedState;
  decision: Decision | null;
  /** The case that passes it on to the two sides. */
  exceptionId: string | null;
}

/** What was said and decided about a closed deal besides its facts. */
interface Told {
  receipt: string | null;
  /** The CRM owes a receipt of it: it closed there, since it asks the gate. */
  owes: boolean;
  /** Keys of what was found when it was decided, and the digest of the facts then. */
  found: string[] | null;
  facts: string | null;
  decidedOn: Day | null;
  decidedBy: { id: string; name: string } | null;
  reason: string | null;
  exceptionId: string | null;
  drifts: Drift[] | null;
}

const NOTHING: Told = {
  ...{ receipt: null, owes: false, found: null, facts: null },
  ...{ decidedOn: null, decidedBy: null, reason: null, exceptionId: null, drifts: null },
};

/** Whether the CRM owes a receipt of `d`. */
const OWES = sql`coalesce(d.outcome = 'won' and d.closed_on >= s.gate_from and (d.gate_receipt is not null
  or not exists (select from audit_log l where l.deal_id = d.id and l.action = 'close-deal')), false)`;

/** The branch of the deals' loading that brings what was said and decided about the closed ones. */
export const toldOfClosed = (dealIds: readonly string[]): SQL => sql`
  select 'told', id, json_build_object('receipt', receipt, 'owes', owes, 'found', found, 'facts', facts,
    'decidedOn', decided_on, 'decidedBy', (select json_build_object('id', u.id, 'name', u.name)
      from users u where u.id = decided_by), 'reason', reason, 'exceptionId', exception_id, 'drifts', drifts)::text,
    null::text, null::text, null::text, null::text, null::text
  from (
    select d.id, d.gate_receipt as receipt, ${OWES} as owes, r.found, r.facts, r.decided_on, r.decided_by, r.reason,
      e.id as exception_id, (select json_agg(json_build_object('connectionId', w.connection_id, 'source', w.source,
          'of', w.of, 'key', w.key, 'partnerId', w.partner_id, 'fields', w.fields, 'corrected', w.corrected)
          order by w.of, w.key, w.connection_id)
        from (${driftsOf(sql`d.id`)}) w) as drifts
    from deals d left join reconciled_deals r on r.deal_id = d.id left join settings s on true
      left join lateral (select x.id from exceptions x where x.deal_id = d.id and x.origin = 'raised'
        and x.settlement is distinct from 'withdrawn' and x.opened_on >= d.closed_on
        order by x.opened_at desc limit 1) e on true
    where d.id = any(${sql.param(dealIds)}::text[]) and d.outcome <> 'open' offset 0
  ) t where owes or decided_on is not null or exception_id is not null or drifts is not null`;

const toldOf = ({ more }: LoadedDeal): Told => {
  const row = more.find(({ kind }) => kind === "told");
  return row ? (JSON.parse(row.a) as Told) : NOTHING;
};

/** A deal that was loaded with `toldOfClosed`, and judged. */
interface Closed {
  loaded: LoadedDeal;
  policy: Policy;
  result: Result;
}

/** What is found on each of some deals, in their order; null for those that are open on the day of their facts. */
export async function reconcile(
  db: Pick<Db, "execute">,
  deals: readonly Closed[],
): Promise<(Reconciled | null)[]> {
  const all = deals.map((one) => ({ ...one, told: toldOf(one.loaded) }));
  // Only what was answered or decided before can be of facts that named another record of a partner.
  const answered = all.filter(({ told }) => told.owes || told.decidedOn !== null);
  const before =
    answered.length === 0
      ? new Map<string, readonly Facts[]>()
      : await asNamedBefore(
          db,
          answered.map(({ loaded }) => loaded.facts),
        );
  return Promise.all(
    all.map((one) =>
      one.loaded.facts.deal.outcome === "open"
        ? null
        : reconciledBy(one, one.told, before.get(one.loaded.facts.deal.id) ?? []),
    ),
  );
}

/** As the projection keeps it. */
export function projected(loaded: LoadedDeal, reconciled: Reconciled | null): ReconciledDeal | null {
  const { closedOn, outcome } = loaded.facts.deal;
  if (reconciled === null || closedOn === null || outcome === "open") return null;
  const { state, found } = reconciled;
  return { endedOn: closedOn, endedAs: outcome, decided: state, found: kindsOf(found) };
}

async function reconciledBy(
  { loaded, policy, result }: Closed,
  told: Told,
  before: readonly Facts[],
): Promise<Reconciled> {
  const { facts, noPartnerOn } = loaded;
  const noPartner = noPartnerOn !== null && noPartnerOn <= facts.asOf;
  const isDigest: IsDigest = (digest, on) =>
    [facts, ...before].some((one) => factsDigest(one, on) === digest);
  const gate = told.owes ? await gateOf(facts.deal.id, told.receipt, isDigest) : null;
  const found = findingsOn({ facts, policy, result, noPartner, gate, drifts: told.drifts ?? [] });
  const decision = decisionOn(found, told, isDigest);
  const { exceptionId } = told;
  return { found, decision, exceptionId, state: stateOf(found, decision, exceptionId) };
}

function stateOf(found: readonly Finding[], decision: Decision | null, exceptionId: string | null) {
  if (found.length === 0) return "clear";
  if (decision?.holds) return "stands";
  return exceptionId === null ? "undecided" : "exception";
}

/** Whether a digest is of the facts on a day, by whatever record they name their partners. */
type IsDigest = (digest: string, on: Day) => boolean;

function decisionOn(found: readonly Finding[], told: Told, isDigest: IsDigest): Decision | null {
  const { decidedOn: on, decidedBy: by, reason } = told;
  if (on === null || by === null) return null;
  const known = found.every((one) => told.found?.includes(findingKey(one)));
  return { on, by, reason, holds: known && told.facts !== null && isDigest(told.facts, on) };
}

/** Whether the facts are those of its receipt, its close among them. */
async function gateOf(dealId: string, receipt: string | null, isDigest: IsDigest): Promise<OfGate> {
  const said = receipt === null ? null : await readReceipt(receipt);
  if (!said || said.sub !== dealId) return { said: null, holds: false };
  return { said: said.outcome as Outcome, holds: isDigest(said.facts, said.asOf) };
}
