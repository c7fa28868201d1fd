import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { DEAL_TYPES, type Outcome, type Role, type Stage } from "@/lib/attribution/vocabulary";
import { dayShape, outcomeShape, roleShape, stageShape, stateShape } from "../shapes";
import { CONFIRMED, stageOn } from "./deals-filter";

/**
 * What is wrong with a deal, the gravest first: a partner's claim is contested; it was won and nobody
 * confirmed its attribution; a role row waits for the AE; it is at stage 4 or 5 and nobody said yet
 * whether a partner is involved.
 */
export const DEAL_WARNINGS = ["disputed", "won_unconfirmed", "row_unconfirmed", "closing_undecided"] as const;

export const dealLineShape = z.object({
  id: z.string(),
  account: z.string().nullable(),
  owner: z.string(),
  stage: stageShape,
  amount: z.int(),
  currency: z.string(),
  type: z.enum(DEAL_TYPES),
  createdOn: dayShape,
  closedOn: dayShape.nullable(),
  /** Open, won or lost. */
  state: stateShape,
  /** What the policy says partners earned on it. */
  outcome: outcomeShape,
  disputed: z.boolean(),
  /** One for each role row, then one for each other partner on the deal. */
  partners: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      rowId: z.string().nullable(),
      role: roleShape.nullable(),
      touchStage: stageShape.nullable(),
      confirmed: z.boolean(),
      outcome: outcomeShape,
    }),
  ),
  /** All its activities are proven, some lack proof, or there are none. */
  proof: z.enum(["proven", "missing", "none"]),
  warning: z.enum(DEAL_WARNINGS).nullable(),
  /** The AE confirmed every role row, or said that no partner is involved. */
  attributionConfirmed: z.boolean(),
  version: z.int(),
});
export type DealLine = z.output<typeof dealLineShape>;
type Warning = NonNullable<DealLine["warning"]>;

interface DealRow extends Record<string, unknown> {
  id: string;
  account: string | null;
  owner: string;
  stage: Stage;
  amount: string;
  currency: string;
  type: DealLine["type"];
  createdOn: Day;
  closedOn: Day | null;
  state: DealLine["state"];
  outcome: Outcome;
  disputed: boolean;
  confirmed: boolean;
  version: number;
}

interface OnDeal extends Record<string, unknown> {
  dealId: string;
  partnerId: string;
  name: string;
}

/** The lines of the given deals, in the order of their ids. */
export async function dealLines(db: Db, ids: readonly string[], today: Day): Promise<DealLine[]> {
  if (ids.length === 0) return [];
  const these = sql`any(${sql.param(ids)}::text[])`;
  const [deals, rows, outcomes, proofs] = await Promise.all([
    db.execute<DealRow>(sql`
      select d.id, d.account, d.owner, ${stageOn(today)} as stage, d.amount::text as amount, d.currency,
        d.type::text as type, d.created_on::text as "createdOn", d.closed_on::text as "closedOn",
        d.outcome::text as state, coalesce(o.outcome, 'none')::text as outcome,
        coalesce(o.disputed, false) as disputed, ${CONFIRMED} as confirmed, d.version
      from deals d left join deal_outcomes o on o.deal_id = d.id where d.id = ${these}`),
    db.execute<OnDeal & { id: string; role: Role; touchStage: Stage; confirmed: boolean }>(sql`
      select r.deal_id as "dealId", r.id, r.partner_id as "partnerId", p.name, r.role::text as role,
        r.touch_stage as "touchStage", r.confirmed_on is not null as confirmed
      from role_rows r join partners p on p.id = r.partner_id where r.deal_id = ${these}
      order by r.recorded_on, r.id`),
    db.execute<OnDeal & { outcome: Outcome }>(sql`
      select o.deal_id as "dealId", o.partner_id as "partnerId", p.name, o.outcome::text as outcome
      from partner_outcomes o join partners p on p.id = o.partner_id where o.deal_id = ${these}
      order by o.partner_id`),
    db.execute<{ dealId: string; missing: boolean }>(sql`
      select deal_id as "dealId", bool_or(proof is null) as missing
      from activities where deal_id = ${these} group by deal_id`),
  ]);
  const byId = new Map([...deals].map((deal) => [deal.id, deal]));
  const rowsOf = byDeal(rows);
  const outcomesOf = byDeal(outcomes);
  const missing = new Map([...proofs].map((proof) => [proof.dealId, proof.missing]));
  return ids.flatMap((id) => {
    const deal = byId.get(id);
    if (!deal) return [];
    const { confirmed, ...line } = deal;
    const lacksProof = missing.get(id);
    const ownRows = rowsOf.get(id) ?? [];
    return {
      ...line,
      amount: Number(deal.amount),
      partners: partnersOf(ownRows, outcomesOf.get(id) ?? []),
      proof: lacksProof === undefined ? "none" : lacksProof ? "missing" : "proven",
      warning: warningOf(
        deal,
        ownRows.some((row) => !row.confirmed),
      ),
      attributionConfirmed: confirmed,
    };
  });
}

function byDeal<R extends { dealId: string }>(rows: Iterable<R>): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row.dealId);
    if (group) group.push(row);
    else groups.set(row.dealId, [row]);
  }
  return groups;
}

/** Each role row, then the partners that are on the deal by something else than a row. */
function partnersOf(
  rows: readonly (OnDeal & { id: string; role: Role; touchStage: Stage; confirmed: boolean })[],
  outcomes: readonly (OnDeal & { outcome: Outcome })[],
): DealLine["partners"] {
  const outcomeOf = new Map(outcomes.map(({ partnerId, outcome }) => [partnerId, outcome]));
  const named = new Set(rows.map(({ partnerId }) => partnerId));
  return [
    ...rows.map((row) => ({
      id: row.partnerId,
      name: row.name,
      rowId: row.id,
      role: row.role,
      touchStage: row.touchStage,
      confirmed: row.confirmed,
      outcome: outcomeOf.get(row.partnerId) ?? ("none" as const),
    })),
    ...outcomes
      .filter(({ partnerId }) => !named.has(partnerId))
      .map(({ partnerId, name, outcome }) => ({
        id: partnerId,
        name,
        rowId: null,
        role: null,
        touchStage: null,
        confirmed: false,
        outcome,
      })),
  ];
}

/** The gravest thing that is wrong with a deal. */
export function warningOf(
  deal: Pick<DealRow, "disputed" | "state" | "confirmed" | "stage">,
  unconfirmedRow: boolean,
): Warning | null {
  if (deal.disputed) return "disputed";
  if (deal.state === "won" && !deal.confirmed) return "won_unconfirmed";
  if (unconfirmedRow) return "row_unconfirmed";
  const closing = deal.state === "open" && (deal.stage === 4 || deal.stage === 5);
  return closing && !deal.confirmed ? "closing_undecided" : null;
}
