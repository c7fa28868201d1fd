import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Actor } from "@/lib/auth/actor";
import { SEATS } from "@/lib/auth/roles";
import { mayPayCompensation } from "@/lib/commands/compensation/guards";
import { maySay } from "@/lib/commands/guard";
import type { OfDocument } from "@/lib/commands/signing/guards";
import { Refusal } from "@/lib/errors";
import { type CompensationPlan, covers, LINES, sumOfEntries } from "@/lib/metrics/compensation";
import { readStatement } from "@/lib/sealing/compensation";
import { sha256 } from "@/lib/sealing/seals";
import { defineQuery } from "../query";
import { dayShape, gradeShape, idShape, mayShape, namedShape, quarterShape } from "../shapes";
import { SEES_COMPENSATION } from "./who-sees";

const entryShape = z.object({
  payeeId: z.string(),
  line: z.enum(LINES),
  dealId: z.string(),
  partnerId: z.string(),
  /** Minor units; below zero it is a clawback. */
  amount: z.int(),
});

/** What a quarter's credit pays (§8.10), to whom and for which deals; what was paid, and what is due. */
export const compensationStatement = defineQuery({
  name: "compensation-statement",
  summary:
    "What a quarter's sourced and influenced credit earns under a plan, what was paid, and what is due.",
  input: z.strictObject({ planId: idShape, quarter: quarterShape }),
  output: z.object({
    currency: z.string(),
    frozen: z.boolean(),
    earned: z.array(
      entryShape.extend({
        account: z.string().nullable(),
        closedOn: dayShape,
        evidence: gradeShape.nullable(),
        /** The partner's credit, and what the caps took of what it would pay. */
        credit: z.int(),
        capped: z.int(),
      }),
    ),
    payments: z.array(
      z.object({
        run: z.int(),
        paidOn: dayShape,
        by: z.string(),
        digest: z.string(),
        /** The document still gives the digest that was kept. */
        verified: z.boolean(),
        amount: z.int(),
        entries: z.array(entryShape),
      }),
    ),
    due: z.array(entryShape),
    payees: z.array(namedShape.extend({ earned: z.int(), paid: z.int(), due: z.int() })),
    /** Partner id → name. */
    partners: z.record(z.string(), z.string()),
    /** How often nobody is paid, because nobody looks after the partner. */
    unassigned: z.int(),
    may: z.object({ pay: mayShape }),
  }),
  only: SEES_COMPENSATION,
  async run({ db, actor }, { planId, quarter }) {
    const { plan, of } = await readPlan(db, planId);
    const { seal, ...statement } = await readStatement(db, { id: planId, plan }, quarter);
    const mine = own(actor, plan);
    const runs = statement.payments.map(({ document, text, ...run }) => ({
      ...run,
      verified: sha256(text) === run.digest && sha256(canonicalJson(document)) === run.digest,
      entries: document.entries.filter(mine),
    }));
    const entries = { earned: statement.earned.filter(mine), due: statement.due.filter(mine) };
    const paid = runs.flatMap((run) => run.entries);
    const names = await readNames(db);
    const payees = [...new Set([...entries.earned, ...paid, ...entries.due].map(({ payeeId }) => payeeId))];
    const within = { covers: covers(plan, quarter) };
    return {
      ...{ currency: plan.currency, frozen: seal !== null, ...entries },
      payments: runs.map((run) => ({ ...run, amount: sumOfEntries(run.entries) })),
      payees: payees
        .map((id) => {
          const sum = (all: readonly { payeeId: string; amount: number }[]) =>
            sumOfEntries(all.filter(({ payeeId }) => payeeId === id));
          const amounts = { earned: sum(entries.earned), paid: sum(paid), due: sum(entries.due) };
          return { id, name: names.get(id) ?? id, ...amounts };
        })
        .sort((a, b) => a.name.localeCompare(b.name)),
      partners: Object.fromEntries(
        [...entries.earned, ...paid].map(({ partnerId }) => [partnerId, names.get(partnerId) ?? partnerId]),
      ),
      unassigned: statement.unassigned,
      may: {
        pay: maySay(mayPayCompensation, actor, {
          ...{ ...of, ...within, frozen: seal !== null, due: statement.due.length },
        }),
      },
    };
  },
});

/** A partner manager sees their own: of a plan that pays partners, nothing. */
function own({ role, userId }: Actor, _plan: CompensationPlan) {
  return ({ payeeId }: { payeeId: string }) => role !== "partner_manager" || payeeId === userId;
}

async function readPlan(db: Db, id: string): Promise<{ plan: CompensationPlan; of: OfDocument }> {
  const [row] = await db.execute<OfDocument & { canonical: string } & Record<string, unknown>>(sql`
    select canonical, case when withdrawn_at is not null then 'withdrawn' end as ended, demo,
      (select count(*) from compensation_signatures s where s.plan_id = p.id) = ${SEATS.length} as signed
    from compensation_plans p where id = ${id}`);
  if (!row)
    throw new Refusal({
      ...{ code: "not_found", field: "planId", value: id },
      rule: "there is no compensation plan with this id",
    });
  const { canonical, ...of } = row;
  return { plan: JSON.parse(canonical) as CompensationPlan, of };
}

/** Of people and partners. */
async function readNames(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.execute<{ id: string; name: string }>(
    sql`select id, name from users union all select id, name from partners`,
  );
  return new Map([...rows].map(({ id, name }) => [id, name]));
}
