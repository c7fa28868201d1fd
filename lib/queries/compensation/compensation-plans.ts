import { sql } from "drizzle-orm";
import { z } from "zod";
import { SEATS } from "@/lib/auth/roles";
import { mayDraftPlan, maySignPlan, mayWithdrawPlan, type OfPlan } from "@/lib/commands/compensation/guards";
import { maySay } from "@/lib/commands/guard";
import { policyBook } from "@/lib/judging/policy-book";
import { type CompensationPlan, PAYEES } from "@/lib/metrics/compensation";
import { defineQuery } from "../query";
import { dayShape, mayShape, quarterShape } from "../shapes";
import { SEES_COMPENSATION } from "./who-sees";

const lineShape = z.object({
  pays: z.discriminatedUnion("of", [
    z.object({ of: z.literal("rate"), basisPoints: z.int() }),
    z.object({ of: z.literal("fixed"), amount: z.int() }),
    z.object({ of: z.literal("nothing") }),
  ]),
  capPerDeal: z.int().nullable(),
  capPerQuarter: z.int().nullable(),
});

interface Row extends Record<string, unknown> {
  id: string;
  hash: string;
  document: string;
  draftedBy: string | null;
  draftedOn: string;
  withdrawnOn: string | null;
  demo: boolean;
  signatures: { seat: (typeof SEATS)[number]; userId: string; name: string; at: string }[];
  overlaps: string | null;
}

/** The documents by which sourced and influenced credit is paid (§8.10), the newest first. */
export const compensationPlans = defineQuery({
  name: "compensation-plans",
  summary: "The compensation plans with their two lines, who signed each, and what may be done.",
  input: z.strictObject({}),
  output: z.object({
    plans: z.array(
      z.object({
        id: z.string(),
        hash: z.string(),
        title: z.string(),
        paidTo: z.enum(PAYEES),
        from: quarterShape,
        to: quarterShape.nullable(),
        currency: z.string(),
        lines: z.object({ sourced: lineShape, influenced: lineShape }),
        drafted: z.object({ by: z.string().nullable(), on: dayShape }),
        withdrawnOn: dayShape.nullable(),
        /** By whom, in which seat; three make it binding. */
        signatures: z.array(z.object({ seat: z.enum(SEATS), name: z.string(), on: dayShape })),
        signed: z.boolean(),
        may: z.object({ sign: mayShape, withdraw: mayShape }),
      }),
    ),
    may: z.object({ draft: mayShape, /** A quarter's statement. */ see: z.boolean() }),
  }),
  async run({ db, actor, today }) {
    const [rows, book] = await Promise.all([
      db.execute<Row>(sql`
        select p.id, p.hash, p.document, u.name as "draftedBy", p.drafted_on::text as "draftedOn",
          p.withdrawn_on::text as "withdrawnOn", p.demo,
          coalesce((select jsonb_agg(jsonb_build_object('seat', s.seat, 'userId', s.user_id, 'name', s.name,
            'at', s.signed_at::date::text) order by s.signed_at) from compensation_signatures s where s.plan_id = p.id), '[]')
            as signatures
        from compensation_plans p left join users u on u.id = p.drafted_by order by p.drafted_on desc, p.id`),
      policyBook(db),
    ]);
    const read = [...rows].map((row) => ({ ...row, plan: JSON.parse(row.document) as CompensationPlan }));
    const policyInForce = book.onDay(today).signed !== null;
    return {
      plans: read.map(({ plan, signatures, draftedBy, draftedOn, withdrawnOn, demo, id, hash }) => {
        const of: OfPlan = { withdrawn: withdrawnOn !== null, signatures, demo };
        const { format: _format, ...told } = plan;
        const overlaps =
          read.find(
            (other) =>
              other.id !== id &&
              other.withdrawnOn === null &&
              other.signatures.length === SEATS.length &&
              other.plan.paidTo === plan.paidTo &&
              (plan.to === null || other.plan.from <= plan.to) &&
              (other.plan.to === null || plan.from <= other.plan.to),
          )?.plan.title ?? null;
        return {
          ...{ id, hash, ...told, drafted: { by: draftedBy, on: draftedOn }, withdrawnOn },
          signatures: signatures.map(({ seat, name, at }) => ({ seat, name, on: at })),
          signed: signatures.length === SEATS.length,
          may: {
            sign: maySay(maySignPlan, actor, { ...of, policyInForce, overlaps }),
            withdraw: maySay(mayWithdrawPlan, actor, of),
          },
        };
      }),
      may: {
        draft: maySay(mayDraftPlan, actor, undefined),
        see: SEES_COMPENSATION.includes(actor.role),
      },
    };
  },
});
