import { sql } from "drizzle-orm";
import { z } from "zod";
import { SEATS } from "@/lib/auth/roles";
import { mayDraftPlan, maySignPlan, mayWithdrawPlan } from "@/lib/commands/compensation/guards";
import { maySay } from "@/lib/commands/guard";
import { policyBook } from "@/lib/judging/policy-book";
import { type CompensationPlan, PAYEES, payTheSame } from "@/lib/metrics/compensation";
import { defineQuery } from "../query";
import { mayShape, quarterShape } from "../shapes";
import {
  byWhomShape,
  moment,
  type SignatureRecord,
  seatHolders,
  seatsOf,
  seatsShape,
  signaturesOf,
} from "../signing/seats";
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
  canonical: string;
  demo: boolean;
  drafted: z.output<typeof byWhomShape>;
  withdrawn: (z.output<typeof byWhomShape> & { reason: string }) | null;
  signatures: SignatureRecord[];
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
        /** The canonical JSON that is hashed and signed. */
        canonical: z.string(),
        title: z.string(),
        paidTo: z.enum(PAYEES),
        from: quarterShape,
        to: quarterShape.nullable(),
        currency: z.string(),
        lines: z.object({ sourced: lineShape, influenced: lineShape }),
        drafted: byWhomShape,
        withdrawn: byWhomShape.extend({ reason: z.string() }).nullable(),
        /** Three signatures make it binding. */
        seats: seatsShape,
        signed: z.boolean(),
        may: z.object({ withdraw: mayShape }),
      }),
    ),
    may: z.object({ draft: mayShape, /** A quarter's statement. */ see: z.boolean() }),
  }),
  async run({ db, actor, today }) {
    const [rows, book, holders] = await Promise.all([
      db.execute<Row>(sql`
        select p.id, p.hash, p.canonical, p.demo,
          json_build_object('name', u.name, 'at', ${moment("p.drafted_at")}) as drafted,
          case when p.withdrawn_at is not null then json_build_object('name', w.name,
            'at', ${moment("p.withdrawn_at")}, 'reason', p.withdrawn_reason) end as withdrawn,
          ${signaturesOf("compensation_signatures")} as signatures
        from compensation_plans p left join users u on u.id = p.drafted_by
          left join users w on w.id = p.withdrawn_by order by p.drafted_at desc, p.id`),
      policyBook(db),
      seatHolders(db),
    ]);
    const read = [...rows].map((row) => ({
      ...{ ...row, plan: JSON.parse(row.canonical) as CompensationPlan },
      signed: row.signatures.length === SEATS.length,
    }));
    const policyInForce = book.onDay(today).signed !== null;
    return {
      plans: read.map(({ plan, signatures, demo, ...row }) => {
        const ended = row.withdrawn && "withdrawn";
        const of = { ended, signed: row.signed, signatures, demo } as const;
        const binding = (other: (typeof read)[number]) =>
          other.id !== row.id && other.signed && !other.withdrawn && payTheSame(other.plan, plan);
        const overlaps = read.find(binding)?.plan.title ?? null;
        const { format: _format, ...told } = plan;
        return {
          ...{ ...row, ...told },
          seats: seatsOf(maySignPlan, actor, { ...of, policyInForce, overlaps }, holders),
          may: { withdraw: maySay(mayWithdrawPlan, actor, of) },
        };
      }),
      may: {
        draft: maySay(mayDraftPlan, actor, undefined),
        see: SEES_COMPENSATION.includes(actor.role),
      },
    };
  },
});
