import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { PRESETS } from "@/lib/attribution/policy";
import { addDays, quarterOf } from "@/lib/calendar";
import { type Company, openCompany, PASSWORD } from "@/lib/commands/commands.fixture";
import { editDraft } from "@/lib/commands/policy/edit-draft";
import { proposePolicy } from "@/lib/commands/policy/propose-policy";
import { signPolicy } from "@/lib/commands/policy/sign-policy";
import { startDraft } from "@/lib/commands/policy/start-draft";
import { companyDay } from "@/lib/company-day";
import { planBacktest, runBacktest } from "./backtest";
import { judgeAll } from "./judge-all";
import { judgeNewPolicy } from "./judge-policy";

/** The database knows what day it is, so policies live on the server's. */
const TODAY = companyDay(Date.now(), "UTC");
const REACH = addDays(TODAY, -30);
let company: Company;
let policyId: string;
let version: number;

const call = { today: TODAY };

beforeAll(async () => {
  company = await openCompany();
  await guardedTransaction(company.client, { actor: "system:test", request: "R-1" }, async (tx) => {
    await tx.execute(sql`
      insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome) values
        ('D-old', 'Ana Ruiz', 100000, 'USD', 'new', 'direct', ${TODAY}::date - 200, ${TODAY}::date - 31, 'won'),
        ('D-reached', 'Ana Ruiz', 100000, 'USD', 'new', 'direct', ${TODAY}::date - 200, ${TODAY}::date - 30, 'won'),
        ('D-open', 'Ana Ruiz', 100000, 'USD', 'new', 'direct', ${TODAY}::date - 200, null, 'open')`);
    // Late, direct help: nothing in two buckets, co-sell in triple tier.
    await tx.execute(sql`
      insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
      select 'A-' || d.id || k, d.id, 'P-1', 'joint_demo', 4, ${TODAY}::date - 90, ${TODAY}::date - 90, 'https://x.test/p', 'direct'
      from deals d, generate_series(1, 2) k`);
  });
  await judgeAll(company.client, TODAY);
  const draft = await company.as("hope", startDraft, { title: "The first" }, call);
  policyId = draft.policyId as string;
  const document = { ...PRESETS.triple_tier, reachesBackTo: REACH };
  version = (await company.as("hope", editDraft, { policyId, version: draft.version, document }, call))
    .version as number;
});
afterAll(() => company.close());

/** What the dialogs say of a signature that begins on a day. */
async function effectOf(signedFrom: Day) {
  const { db } = company.client;
  const plan = await planBacktest(db, { policy: { policyId }, quarters: [], signedFrom }, TODAY);
  const run = runBacktest(db, plan);
  for (;;) {
    const step = await run.next();
    if (step.done) return { judges: plan.judges, summary: step.value };
  }
}

test("what a signature will judge is said before it is given, and is what then is judged", async () => {
  const { judges, summary } = await effectOf(TODAY);
  expect(judges).toEqual({ open: 1, closed: 1, closedSince: REACH, frozen: [] });
  const foreseen = summary.moves.filter(({ from, to }) => from !== to);
  expect(foreseen).toMatchObject([{ from: "none", to: "co_sell", deals: 2 }]);
  expect(summary.quarters.map(({ quarter }) => quarter)).toContain(quarterOf(REACH).label);
  const numbers = summary.quarters.find(({ quarter }) => quarter === quarterOf(REACH).label)!;
  expect(numbers.moved).toBeGreaterThan(0);
  expect(numbers.after).not.toEqual(numbers.before);

  const { hash } = await company.as("hope", proposePolicy, { policyId, version, activeFrom: TODAY }, call);
  for (const person of ["carl", "fay", "hope"] as const)
    await company.as(person, signPolicy, { policyId, hash, password: PASSWORD }, call);
  await judgeNewPolicy(company.client, TODAY);
  const moves = await company.client.db.execute(sql`
    select from_outcome::text as "from", to_outcome::text as "to", count(*)::integer as deals
    from judging_moves group by 1, 2`);
  expect([...moves]).toEqual(foreseen.map(({ from, to, deals }) => ({ from, to, deals })));
});

test("one that neither reaches back nor has begun judges no closed deal", async () => {
  const later = addDays(TODAY, 366);
  const { policyId: amendment } = await company.as(
    "hope",
    startDraft,
    { title: "Next", preset: "lanes" },
    call,
  );
  const plan = await planBacktest(
    company.client.db,
    { policy: { policyId: amendment }, quarters: [], signedFrom: later },
    TODAY,
  );
  expect(plan.judges).toEqual({ open: 1, closed: 0, closedSince: null, frozen: [] });
});
