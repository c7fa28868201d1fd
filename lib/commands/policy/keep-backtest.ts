import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { backtests } from "@/db/schema/policies";
import type { Policy } from "@/lib/attribution/policy";
import { Refusal } from "@/lib/errors";
import { type BacktestPlan, planBacktest, runBacktest } from "@/lib/judging/backtest";
import { policyHash } from "@/lib/judging/policy-book";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayKeepBacktest } from "./guards";
import { lockPolicy } from "./load";

export const keepBacktest = defineVerb({
  name: "keep-backtest",
  summary: "Run a backtest of a policy and keep its result beside the memo, for the signers",
  input: z.strictObject({
    policyId: field.id,
    /** Another policy to hold it against; what judges each deal now when absent. */
    against: field.id.optional(),
    quarters: z.array(field.quarter).max(20, "at most 20 quarters at a time").default([]),
  }),
  output: z.object({ backtestId: z.string() }),
  guard: mayKeepBacktest,
  subject: (context, { policyId }) => lockPolicy(context, policyId),
  async prepare({ db, today }, { policyId, against, quarters }) {
    const ask = { policy: { policyId }, against: against ? { policyId: against } : undefined, quarters };
    const plan = await planBacktest(db, ask, today);
    return { hash: plan.after.hash, againstHash: plan.before.hash, result: await resultOf(db, plan) };
  },
  async run({ tx, actor, today, audit }, { policyId }, policy, found) {
    if (policyHash(policy.document as Policy) !== found.hash) {
      const rule = "somebody changed this policy while it was run against the deals; run it again";
      throw new Refusal({ code: "conflict", field: "policyId", value: policyId, rule });
    }
    const backtest = { id: newId("B"), policyId, ...found, asOf: today, ranBy: actor.userId };
    await tx.insert(backtests).values(backtest);
    const { result: _result, ...kept } = backtest;
    audit({ subjectKind: "backtest", subjectId: backtest.id, dealId: null, before: null, after: kept });
    return { backtestId: backtest.id };
  },
});

async function resultOf(db: Db, plan: BacktestPlan) {
  const run = runBacktest(db, plan);
  for (;;) {
    const step = await run.next();
    if (!step.done) continue;
    const quarters = plan.quarters.map(({ quarter }) => quarter.label);
    return { againstTitle: plan.before.title, quarters, summary: step.value };
  }
}
