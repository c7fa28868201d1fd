import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import {
  type CaseKind,
  type Decided,
  likeCases,
  TRAITS,
  type Traits,
  traitsOf,
  usualOf,
} from "@/lib/attribution/precedents";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { Refusal } from "@/lib/errors";
import { contestedFacts } from "@/lib/sealing/sealed-cases";
import { defineQuery } from "../query";
import { dayShape, idShape, outcomeShape, quarterShape } from "../shapes";
import { DECISIONS, EXCEPTION_KINDS } from "./exception-shapes";

/** Of the newest decided cases of a kind so many are compared, and of the like ones so many shown. */
const COMPARED = 300;
const SHOWN = 5;

interface Row extends Record<string, unknown> {
  id: string;
  kind: CaseKind;
  facts: unknown;
  dealId: string;
  account: string | null;
  quarter: string;
  settledOn: string | null;
  at: string | null;
  decision: Decided["decision"];
  outcome: Outcome | null;
  reason: string | null;
}

/** The like cases that were decided before: what a decision is held against (§8.6). */
export const likeExceptions = defineQuery({
  name: "like-exceptions",
  summary: "The cases like this one that were decided before, the closest first, and how they usually were.",
  input: z.strictObject({ exceptionId: idShape }),
  output: z.object({
    kind: z.enum(EXCEPTION_KINDS),
    /** What this case is known by. */
    traits: z.record(z.enum(TRAITS), z.string()),
    /** Like cases in all. */
    of: z.int(),
    like: z.array(
      z.object({
        id: z.string(),
        dealId: z.string(),
        account: z.string().nullable(),
        quarter: quarterShape,
        settledOn: dayShape,
        decision: z.enum(DECISIONS),
        outcome: outcomeShape.nullable(),
        /** Why, in the words of finance. */
        reason: z.string().nullable(),
        shared: z.array(z.enum(TRAITS)),
      }),
    ),
    /** Null while there is no usual decision. */
    usual: z
      .object({ decision: z.enum(DECISIONS), outcome: outcomeShape.nullable(), count: z.int(), of: z.int() })
      .nullable(),
  }),
  async run({ db }, { exceptionId }) {
    const [one] = await readCases(db, sql`e.id = ${exceptionId}`);
    if (!one) {
      const rule = "there is no exception with this id";
      throw new Refusal({ code: "not_found", field: "exceptionId", value: exceptionId, rule });
    }
    const traits = traitsOfRow(one);
    const before = await readCases(
      db,
      sql`e.kind = ${one.kind} and e.id <> ${exceptionId}
        and e.settlement in ('rule_upheld', 'ruling', 'learning')
        ${one.at === null ? sql`` : sql`and e.settled_at < ${one.at}::timestamptz`}`,
    );
    const decided = before.map((row) => ({ ...row, at: row.at ?? "", traits: traitsOfRow(row) }));
    const like = likeCases({ kind: one.kind, traits }, decided);
    return {
      ...{ kind: one.kind, traits, of: like.length, usual: usualOf(like) },
      like: like.slice(0, SHOWN).map(({ decided: row, shared }) => ({
        ...{ id: row.id, dealId: row.dealId, account: row.account, quarter: row.quarter },
        ...{ settledOn: row.settledOn as string, decision: row.decision, outcome: row.outcome },
        ...{ reason: row.reason, shared },
      })),
    };
  },
});

function traitsOfRow({ facts }: Row): Traits {
  return traitsOf(contestedFacts(facts));
}

/** Cases as they were opened, the newest settled first. */
async function readCases(db: Db, where: SQL): Promise<Row[]> {
  const rows = await db.execute<Row>(sql`
    select e.id, e.kind::text as kind, e.facts, e.deal_id as "dealId", d.account, e.quarter,
      e.settled_on::text as "settledOn",
      to_char(e.settled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      e.settlement as decision, v.outcome::text as outcome, v.reason
    from exceptions e left join deals d on d.id = e.deal_id
      left join exception_votes v on v.exception_id = e.id and v.side = 'finance'
    where ${where} order by e.settled_at desc nulls first, e.id limit ${COMPARED}`);
  return [...rows];
}
