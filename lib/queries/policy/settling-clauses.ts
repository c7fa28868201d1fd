import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { CLAUSES, clauseText } from "@/lib/attribution/clauses";
import type { Day } from "@/lib/attribution/facts";
import { type Settling, settlingClauses, type YearsCase } from "@/lib/attribution/settling";
import { GRAY_CODES, type GrayCode, type Outcome } from "@/lib/attribution/vocabulary";
import { addDays } from "@/lib/calendar";
import { readSide } from "@/lib/judging/backtest";
import { loadFacts } from "@/lib/judging/facts";
import { asksForCohort } from "@/lib/judging/policy-book";
import { defineQuery } from "../query";
import { dayShape, idShape } from "../shapes";

/** Of a year's cases the newest so many are judged again, and so many clauses shown. */
const CASES = 500;
const SHOWN = 3;
const YEAR = 365;

/** At the amendment: which clause, read otherwise, would have settled most of the year's cases (§8.8). */
export const settlingClausesOf = defineQuery({
  name: "settling-clauses",
  summary:
    "The clauses that, read otherwise, would have settled most of the year's cases, ready to be backtested.",
  input: z.strictObject({ policyId: idShape }),
  output: z.object({
    from: dayShape,
    /** Cases of the year that were judged again. */
    cases: z.int(),
    clauses: z.array(
      z.object({
        clause: z.enum(CLAUSES),
        /** As the text says it, and as it would. */
        before: z.string(),
        after: z.string(),
        /** The whole text with that clause read so: what a backtest takes. */
        document: z.unknown(),
        settles: z.int(),
        /** Cases that it would judge otherwise than people did. */
        against: z.int(),
      }),
    ),
  }),
  async run({ db, today }, { policyId }) {
    const { policy } = await readSide(db, { policyId }, "policy");
    const from = addDays(today, -YEAR);
    const cases = await readYear(db, { from, today }, asksForCohort(policy));
    const best = bestOfEach(settlingClauses(policy, cases)).slice(0, SHOWN);
    return {
      ...{ from, cases: cases.length },
      clauses: best.map(({ clause, policy: document, settles, against }) => ({
        ...{ clause, before: clauseText(clause, policy), after: clauseText(clause, document), document },
        ...{ settles: settles.length, against: against.length },
      })),
    };
  },
});

/** Of the readings of one clause the best. */
function bestOfEach(found: readonly Settling[]): Settling[] {
  return found.filter((one, at) => found.findIndex(({ clause }) => clause === one.clause) === at);
}

interface Row extends Record<string, unknown> {
  id: string;
  kind: GrayCode;
  dealId: string;
  partnerId: string | null;
  outcome: Outcome | null;
  decided: boolean;
}

/** The cases that were opened since, of a kind that the memo knows, whose deal is there; the newest first. */
async function readYear(
  db: Db,
  { from, today }: { from: Day; today: Day },
  cohorts: boolean,
): Promise<YearsCase[]> {
  const rows = await db.execute<Row>(sql`
    select e.id, e.kind::text as kind, e.deal_id as "dealId", v.partner_id as "partnerId", v.outcome::text as outcome,
      e.settlement is not null as decided
    from exceptions e join deals d on d.id = e.deal_id
      left join exception_votes v on v.exception_id = e.id and v.side = 'finance' and e.settlement = 'ruling'
    where e.opened_on >= ${from}::date and e.kind::text = any(${sql.param([...GRAY_CODES])}::text[])
      and (e.settlement is null or e.settlement in ('rule_upheld', 'ruling', 'learning'))
    order by e.opened_on desc, e.id limit ${CASES}`);
  const ids = [...new Set([...rows].map(({ dealId }) => dealId))];
  const loaded = await loadFacts(db, ids, today, { cohorts: cohorts ? "judged" : "none" });
  const factsOf = new Map(loaded.map((facts) => [facts.deal.id, facts]));
  return [...rows].flatMap(({ id, kind, dealId, partnerId, outcome, decided }) => {
    const facts = factsOf.get(dealId);
    const ruling = partnerId !== null && outcome !== null ? { partnerId, outcome } : null;
    return facts ? [{ id, kind, facts, ruling, decided }] : [];
  });
}
