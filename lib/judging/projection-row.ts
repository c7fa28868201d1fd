import { sql } from "drizzle-orm";
import type { ProjectedDeal } from "@/lib/metrics/projected-deal";

/** The columns of a projection and their types, in one order for every statement. */
const PROJECTION = {
  account: "text",
  owner: "text",
  amount: "bigint",
  currency: "char(3)",
  type: "deal_type",
  route: "route",
  created_on: "date",
  closed_on: "date",
  state: "deal_outcome",
  stage: "smallint",
  outcome: "outcome",
  evidence: "grade",
  disputed: "boolean",
  gray: "gray_code[]",
  confirmed: "boolean",
  confirmed_before_close: "boolean",
  status: "deal_status",
  proof: "proof_state",
  partners: "jsonb",
  partner_ids: "text[]",
  engaged_on: "date[]",
  counts_as: "text",
  cell: "text",
  cycle_days: "integer",
  policy_hash: "char(64)",
} as const;

const NAMES = Object.keys(PROJECTION) as (keyof typeof PROJECTION)[];
export const PROJECTION_NAMES = sql.raw(NAMES.join(", "));
export const PROJECTION_TYPES = sql.raw(NAMES.map((name) => `${name} ${PROJECTION[name]}`).join(", "));
export const namesOf = (table: string) => sql.raw(NAMES.map((name) => `${table}.${name}`).join(", "));

/** The same without one, which is said otherwise. */
export const namesBut = (table: string, but: keyof typeof PROJECTION) =>
  sql.raw(NAMES.flatMap((name) => (name === but ? [] : [`${table}.${name}`])).join(", "));

/** A projection as a row of its table. */
export function rowOf(deal: ProjectedDeal): Record<keyof typeof PROJECTION | "deal_id", unknown> {
  const { id, account, owner, amount, currency, type, route, stage, disputed, gray, confirmed, status } =
    deal;
  return {
    deal_id: id,
    ...{ account, owner, amount, currency, type, route, stage, disputed, gray, confirmed, status },
    created_on: deal.createdOn,
    closed_on: deal.closedOn,
    state: deal.outcome,
    outcome: deal.attribution,
    evidence: deal.evidence,
    confirmed_before_close: deal.confirmedBeforeClose,
    proof: deal.proof,
    partners: deal.partners,
    partner_ids: [...new Set(deal.partners.map((partner) => partner.id))].sort(),
    engaged_on: deal.engagedOn,
    counts_as: deal.countsAs,
    cell: deal.cell,
    cycle_days: deal.cycleDays,
    policy_hash: deal.policyHash,
  };
}
