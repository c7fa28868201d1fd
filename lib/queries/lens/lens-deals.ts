import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { MODELS, type Model, type Outcome } from "@/lib/attribution/vocabulary";
import type { Quarter } from "@/lib/calendar";
import { dealLineShape, dealLines } from "../deals/deals-page";
import { defineQuery } from "../query";
import { dayShape, idShape, outcomeShape, quarterShape } from "../shapes";
import {
  howToLook,
  keptAbout,
  lensColumn,
  quarterOrAll,
  readLenses,
  type Seen,
  throughLenses,
} from "./lenses";

/** The deals of one cell of the lens table. */
export const lensDeals = defineQuery({
  name: "lens-deals",
  summary: "The deals that have an outcome under one of the four models.",
  lenses: true,
  input: z.strictObject({
    model: z.enum(MODELS),
    outcome: outcomeShape,
    quarter: quarterShape.optional(),
    asOf: dayShape.optional(),
    policyId: idShape.optional(),
    offset: z.int().min(0).max(10_000_000).default(0),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    total: z.int(),
    /** In order of id. Their `outcome` is the one that counts, under the policy that judges them. */
    rows: z.array(dealLineShape.extend({ lens: outcomeShape })),
  }),
  async run({ db, today }, { model, outcome, quarter: label, asOf = today, policyId, offset, limit }) {
    const [{ policies }, quarter] = await Promise.all([
      readLenses(db, asOf, policyId),
      quarterOrAll(db, label),
    ]);
    const how = await howToLook(db, today, { asOf, policyId });
    const page = { offset, limit };
    const { total, ids } =
      how === "kept"
        ? await keptCell(db, model, outcome, quarter, page)
        : await cellNow(throughLenses(db, asOf, { [model]: policies[model] }, quarter), model, outcome, page);
    const lines = await dealLines(db, ids);
    return { total, rows: lines.map((line) => ({ ...line, lens: outcome })) };
  },
});

interface Page {
  offset: number;
  limit: number;
}

async function keptCell(
  db: Db,
  model: Model,
  outcome: Outcome,
  quarter: Quarter | null,
  { offset, limit }: Page,
) {
  const among = sql`from lens_deals where ${lensColumn(model)} = ${outcome}::outcome and ${keptAbout(quarter)}`;
  const [[count], rows] = await Promise.all([
    db.execute<{ total: number }>(sql`select count(*)::int as total ${among}`),
    db.execute<{ id: string }>(
      sql`select deal_id as id ${among} order by deal_id limit ${limit} offset ${offset}`,
    ),
  ]);
  return { total: count?.total ?? 0, ids: [...rows].map(({ id }) => id) };
}

async function cellNow(seen: AsyncIterable<Seen[]>, model: Model, outcome: Outcome, { offset, limit }: Page) {
  const ids: string[] = [];
  let total = 0;
  for await (const batch of seen) {
    for (const { deal, outcomes } of batch) {
      if (outcomes.get(model) !== outcome) continue;
      if (total >= offset && ids.length < limit) ids.push(deal.id);
      total += 1;
    }
  }
  return { total, ids };
}
