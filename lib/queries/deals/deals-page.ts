import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { DEAL_TYPES } from "@/lib/attribution/vocabulary";
import { DEAL_STATUSES } from "@/lib/metrics/deal-status";
import { PROOF_STATES, type ProjectedPartner } from "@/lib/metrics/projected-deal";
import { dayShape, gradeShape, outcomeShape, roleShape, stageShape, stateShape } from "../shapes";
import { type DealSource, livingDeals } from "./deal-source";

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
  /** When its owner expects an open one to close; null where nobody said. */
  expectedCloseOn: dayShape.nullable(),
  /** From created to closed; null while open, or when it closed before it was created. */
  cycleDays: z.int().nullable(),
  /** Open, won or lost. */
  state: stateShape,
  /** What the policy says partners earned on it. */
  outcome: outcomeShape,
  /** Who stands behind it; null without credit. */
  evidence: gradeShape.nullable(),
  disputed: z.boolean(),
  /** One for each role row, then one for each other partner on the deal. */
  partners: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** What the record was called that the deal was closed with, where that is another. */
      recordedAs: z.string().optional(),
      rowId: z.string().nullable(),
      role: roleShape.nullable(),
      touchStage: stageShape.nullable(),
      confirmed: z.boolean(),
      outcome: outcomeShape,
      /** The better outcome it would have with its own gaps filled. */
      disputed: outcomeShape.nullable(),
    }),
  ),
  /** All its activities are proven, some lack proof, or there are none. */
  proof: z.enum(PROOF_STATES),
  /** How it stands with its partner decision. */
  status: z.enum(DEAL_STATUSES),
  /** The AE confirmed every role row, or said that no partner is involved. */
  attributionConfirmed: z.boolean(),
  /** 0 for a sealed one: what is sealed is not edited. */
  version: z.int(),
});
export type DealLine = z.output<typeof dealLineShape>;

/** A line as its row has it: partners without their names. */
export interface LineRow extends Record<string, unknown>, Omit<DealLine, "partners" | "amount"> {
  amount: string;
  /** Its class, as numbers count it (lib/metrics/deal-class.ts). */
  countsAs: string;
  partners: ProjectedPartner[];
}

/** The columns of a line over `d`, the deals of a source, and `v`, the deals with their versions. */
export const LINE_COLUMNS = sql`d.deal_id as id, d.account, d.owner, d.stage, d.amount::text as amount, d.currency,
  d.type::text as type, d.created_on::text as "createdOn", d.closed_on::text as "closedOn", d.cycle_days as "cycleDays", d.counts_as as "countsAs", d.state::text as state,
  d.outcome::text as outcome, d.evidence::text as evidence, d.disputed, d.partners, d.proof::text as proof, d.status::text as status,
  d.confirmed as "attributionConfirmed", coalesce(v.version, 0) as version,
  d.expected_on::text as "expectedCloseOn"`;

/** What brings the versions: those of the living alone. */
export const versionsOf = ({ seal, past }: DealSource) =>
  seal || past ? sql`cross join (select 0 as version) v` : sql`left join deals v on v.id = d.deal_id`;

/** Lines of rows, with the names that the source gives their partners. */
export async function linesOf(source: DealSource, rows: readonly LineRow[]): Promise<DealLine[]> {
  const ids = [...new Set(rows.flatMap(({ partners }) => partners.map(({ id }) => id)))];
  const names = await source.namesOf(ids);
  return rows.map(({ partners, amount, countsAs: _class, ...row }) => ({
    ...row,
    amount: Number(amount),
    partners: partners.map(({ id, rowId, role, touchStage, confirmed, outcome, disputed }) => ({
      ...{ id, rowId, role, touchStage, confirmed, outcome, disputed },
      ...(names.get(id) ?? { name: id }),
    })),
  }));
}

/** The lines of the given deals as they are now, in the order of their ids. */
export async function dealLines(db: Db, ids: readonly string[]): Promise<DealLine[]> {
  if (ids.length === 0) return [];
  const source = livingDeals(db);
  const rows = await db.execute<LineRow>(sql`
    select ${LINE_COLUMNS} from ${source.table} d ${versionsOf(source)}
    where d.deal_id = any(${sql.param(ids)}::text[])`);
  const lines = await linesOf(source, [...rows]);
  const byId = new Map(lines.map((line) => [line.id, line]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
