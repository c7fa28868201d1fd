import { z } from "zod";
import { backtests } from "@/db/schema/policies";
import { type BacktestPlan, planBacktest, runBacktest } from "@/lib/judging/backtest";
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
  async run({ tx, actor, today, audit }, { policyId, against, quarters }) {
    const ask = { policy: { policyId }, against: against ? { policyId: against } : undefined, quarters };
    const plan = await planBacktest(tx, ask, today);
    const backtest = {
      id: newId("B"),
      policyId,
      hash: plan.after.hash,
      againstHash: plan.before.hash,
      asOf: today,
      result: await resultOf(tx, plan),
      ranBy: actor.userId,
    };
    await tx.insert(backtests).values(backtest);
    const { result: _result, ...kept } = backtest;
    audit({ subjectKind: "backtest", subjectId: backtest.id, dealId: null, before: null, after: kept });
    return { backtestId: backtest.id };
  },
});

async function resultOf(tx: Parameters<typeof runBacktest>[0], plan: BacktestPlan) {
  const run = runBacktest(tx, plan);
  for (;;) {
    const step = await run.next();
    if (!step.done) continue;
    const quarters = plan.quarters.map(({ quarter }) => quarter.label);
    return { againstTitle: plan.before.title, quarters, summary: step.value };
  }
}
