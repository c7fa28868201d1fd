import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany, PASSWORD } from "@/lib/commands/commands.fixture";
import { draftCompensationPlan } from "@/lib/commands/compensation/draft-compensation-plan";
import { payCompensation } from "@/lib/commands/compensation/pay-compensation";
import { signCompensationPlan } from "@/lib/commands/compensation/sign-compensation-plan";
import { acceptCorrection } from "@/lib/commands/correction/accept-correction";
import { proposeCorrection } from "@/lib/commands/correction/propose-correction";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { editPartner } from "@/lib/commands/partner/edit-partner";
import { acceptRestatement } from "@/lib/commands/review/accept-restatement";
import {
  agreedForYears,
  closersOf,
  holdReview,
  prepareAndFreeze,
  SIGNERS,
} from "@/lib/commands/review/freeze.fixture";
import { proposeRestatement } from "@/lib/commands/review/propose-restatement";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { uniform } from "@/lib/metrics/draws";
import { SOURCER } from "../inbox/inbox.fixture";
import { answer } from "../query";
import { compensationStatement } from "./compensation-statement";

const Q = "2026-Q1";
const THEN = { today: "2026-03-20" };
const AFTER = { today: "2026-04-10" };
/** Paid: a tenth of the credit, so that what is expected needs no rounding. */
const TENTH = { pays: { of: "rate", basisPoints: 1_000 }, capPerDeal: 90_000, capPerQuarter: null };
const PLAN = {
  ...{ title: "Compensation 2026", paidTo: "partner_manager", from: Q, to: null },
  lines: { sourced: TENTH, influenced: { pays: { of: "nothing" }, capPerDeal: null, capPerQuarter: null } },
};
const ACCOUNTS = ["Alder", "Birch", "Cedar", "Dogwood"];
const EVENTS = 60;

/** What a deal says of itself, as far as it pays. */
interface Deal {
  id: string;
  amount: number;
  outcome: "won" | "lost";
  /** After the partner's touch: net new, so the partner sourced it. */
  firstEngagedOn: "2026-03-01" | "2026-02-01";
}

let company: Company;
let planId: string;
/** As the facts are, and as the seal with its accepted corrections has them. */
const facts: Deal[] = [];
let sealed: Deal[] = [];

beforeAll(async () => {
  company = await openCompany();
  await company.as("rita", editPartner, { partnerId: "P-1", changes: { ownerId: "pam" } });
  await agreedForYears(company.url, SIGNERS);
  for (const [nth, account] of ACCOUNTS.entries()) {
    const deal = { amount: 100_000 * (nth + 2), outcome: "won", firstEngagedOn: "2026-03-01" } as const;
    const { amount, firstEngagedOn } = deal;
    const id = await company.deal({ account, amount, firstEngagedOn, createdOn: "2026-03-01" });
    const on = { dealId: id, partnerId: "P-1", touchedOn: "2026-02-25" };
    await company.as("ana", tagPartner, { ...on, ...SOURCER, touchedOn: on.touchedOn }, THEN);
    await company.as("ana", closeDeal, { dealId: id, outcome: "won" }, THEN);
    facts.push({ id, ...deal });
  }
  const drafted = await company.as("hope", draftCompensationPlan, PLAN, AFTER);
  planId = drafted.planId;
  for (const person of ["carl", "fay", "hope"] as const)
    await company.as(person, signCompensationPlan, { planId, hash: drafted.hash, password: PASSWORD }, AFTER);
  await holdReview(Q, closersOf(company, AFTER.today));
  await prepareAndFreeze(Q, closersOf(company, AFTER.today));
  sealed = facts.map((deal) => ({ ...deal }));
});
afterAll(() => company.close());

const statement = () =>
  answer(
    compensationStatement,
    { planId, quarter: Q },
    { db: company.client.db, actor: company.actor("fay"), ...AFTER },
  );

/** What the plan pays for a deal, without any of the product's arithmetic. */
const earns = ({ amount, outcome, firstEngagedOn }: Deal) =>
  outcome === "won" && firstEngagedOn === "2026-03-01" ? Math.min(amount / 10, 90_000) : 0;

async function correct(deal: Deal, changes: Partial<Deal>): Promise<void> {
  const asked = { dealId: deal.id, changes, reason: "as the contract reads" };
  const { correctionId } = await company.as("ana", proposeCorrection, asked, AFTER);
  await company.as("fay", acceptCorrection, { correctionId }, AFTER);
  Object.assign(deal, changes);
}

async function restate(nth: number): Promise<void> {
  const asked = { quarter: Q, dealId: facts[nth]!.id, reason: "as the contract reads" };
  const { restatementId } = await company.as("hope", proposeRestatement, asked, AFTER);
  await company.as("fay", acceptRestatement, { restatementId }, AFTER);
  sealed[nth] = { ...facts[nth]! };
}

/** One thing that may turn out otherwise; `nth` of some amounts, never the one that stands. */
function correctionsOf({ amount, outcome, firstEngagedOn }: Deal, nth: number): Partial<Deal>[] {
  const other = 100_000 * (nth + 1);
  return [
    { amount: other === amount ? other + 50_000 : other },
    { firstEngagedOn: firstEngagedOn === "2026-03-01" ? "2026-02-01" : "2026-03-01" },
    { outcome: outcome === "won" ? "lost" : "won" },
  ];
}

const pay = () => company.as("fay", payCompensation, { planId, quarter: Q, password: PASSWORD }, AFTER);
const differs = (nth: number) => JSON.stringify(facts[nth]) !== JSON.stringify(sealed[nth]);

test("whatever is corrected, accepted and paid, and in whatever order, what was paid and is due is what the seal with its corrections earns", async () => {
  const random = uniform(11);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  let kept: { run: number; digest: string; amount: number }[] = [];
  const seen = { correct: 0, restate: 0, pay: 0, clawback: 0, addition: 0 };
  for (let nth = 0; nth < EVENTS; nth++) {
    const at = Math.floor(random() * facts.length);
    const deal = facts[at]!;
    const before = await statement();
    const event = pick(["correct", "restate", "pay"] as const);
    if (event === "correct") {
      await correct(deal, pick(correctionsOf(deal, Math.floor(random() * 12))));
    } else if (event === "restate" && differs(at)) await restate(at);
    else if (event === "pay" && before.due.length > 0) await pay();
    else continue;
    seen[event] += 1;
    const { earned, payments, due, payees } = await statement();
    const amounts = new Map(earned.map(({ dealId, amount }) => [dealId, amount]));
    for (const one of sealed) {
      expect(amounts.get(one.id) ?? 0, `what ${one.id} earns after ${event}`).toBe(earns(one));
      const paid = payments.flatMap(({ entries }) => entries).filter(({ dealId }) => dealId === one.id);
      const open = due.filter(({ dealId }) => dealId === one.id);
      const sum = [...paid, ...open].reduce((all, { amount }) => all + amount, 0);
      expect(sum, `what was paid and is due of ${one.id} after ${event}`).toBe(earns(one));
    }
    const all = sealed.reduce((sum, one) => sum + earns(one), 0);
    for (const payee of payees) expect(payee.paid + payee.due).toBe(all);
    expect(payments.every(({ verified }) => verified)).toBe(true);
    const runs = payments.map(({ run, digest, amount }) => ({ run, digest, amount }));
    expect(runs.slice(0, kept.length), "no run is written anew").toEqual(kept);
    if (event === "pay") expect(due).toEqual([]);
    seen.clawback += payments
      .slice(kept.length)
      .flatMap(({ entries }) => entries)
      .filter(({ amount }) => amount < 0).length;
    seen.addition += payments
      .slice(kept.length)
      .flatMap(({ entries }) => entries)
      .filter(({ amount }) => amount > 0).length;
    kept = runs;
  }
  for (const times of Object.values(seen)) expect(times, JSON.stringify(seen)).toBeGreaterThan(3);
}, 240_000);
