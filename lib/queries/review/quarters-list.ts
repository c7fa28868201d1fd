import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { reviews } from "@/db/schema/reviews";
import { parseQuarter, progressOf, type Quarter } from "@/lib/calendar";
import { readSeals } from "@/lib/sealing/seals";
import { readCompany } from "../company/company";
import { countStates, NO_STATES } from "../exception/exception-lines";
import { quartersBetween, readSpan } from "../numbers/numbers";
import { defineQuery } from "../query";
import { sealState } from "./quarter-standing";
import { quarterLineShape } from "./review-shapes";
import { sealedStates } from "./sealed-lines";

/** The quarters from the first deal's to today's, newest first: under way, over or frozen. */
export const quartersList = defineQuery({
  name: "quarters-list",
  summary: "The fiscal quarters: which are under way, over or frozen, and what is open in each.",
  input: z.strictObject({}),
  output: z.object({ quarters: z.array(quarterLineShape) }),
  async run({ db, today }) {
    const [{ fiscalYear }, { first }, counts, started] = await Promise.all([
      readCompany(db),
      readSpan(db, today),
      countStates(db),
      db.select({ quarter: reviews.quarter }).from(reviews),
    ]);
    const labels = quartersBetween(first, today, fiscalYear);
    const spans = labels.map((label) => parseQuarter(label, fiscalYear));
    const [seals, closed] = await Promise.all([readSeals(db, labels), withClosedDeals(db, spans)]);
    const reviewed = new Set(started.map(({ quarter }) => quarter));
    const quarters = spans.map(({ label, from, to }) => {
      const seal = seals.get(label);
      const state = seal ? ("frozen" as const) : progressOf({ from, to }, today);
      const { open, deferred, decided, put_right, withdrawn } = seal
        ? sealedStates(seal.header)
        : (counts.get(label) ?? NO_STATES);
      return {
        label,
        from,
        to,
        state,
        seal: seal ? sealState(seal) : null,
        reviewStarted: reviewed.has(label),
        hasClosed: seal !== undefined || closed.has(label),
        exceptions: { open, deferred, settled: decided + put_right + withdrawn },
      };
    });
    return { quarters };
  },
});

/** The labels of those in which a deal closed: one look at the index each. */
async function withClosedDeals(db: Db, quarters: readonly Quarter[]): Promise<Set<string>> {
  const found = await db.execute<{ label: string }>(sql`
    select q.label from json_to_recordset(${JSON.stringify(quarters)}::text::json) as q (label text, "from" date, "to" date)
    where exists (select from judged_deals d where d.closed_on between q."from" and q."to")`);
  return new Set([...found].map(({ label }) => label));
}
