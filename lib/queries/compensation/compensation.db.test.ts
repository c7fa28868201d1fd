import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Company, openCompany, PASSWORD, type Person } from "@/lib/commands/commands.fixture";
import { draftCompensationPlan } from "@/lib/commands/compensation/draft-compensation-plan";
import { payCompensation } from "@/lib/commands/compensation/pay-compensation";
import { signCompensationPlan } from "@/lib/commands/compensation/sign-compensation-plan";
import { withdrawCompensationPlan } from "@/lib/commands/compensation/withdraw-compensation-plan";
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
import { tagging } from "../deal/tagging";
import { SOURCER } from "../inbox/inbox.fixture";
import { answer, type Query } from "../query";
import { compensationPlans } from "./compensation-plans";
import { compensationStatement } from "./compensation-statement";

const Q = "2026-Q1";
const THEN = { today: "2026-03-20" };
const AFTER = { today: "2026-04-10" };
const NONE = { capPerDeal: null, capPerQuarter: null };
const PLAN = {
  ...{ title: "Compensation 2026", paidTo: "partner_manager", from: Q, to: "2026-Q4" },
  lines: {
    sourced: { pays: { of: "rate", basisPoints: 500 }, ...NONE },
    influenced: { pays: { of: "fixed", amount: 20_000 }, ...NONE },
  },
};

let company: Company;
const made: Record<string, string> = {};
let plan: { planId: string; hash: string };

async function ask<T extends Query>(query: T, input: unknown, as: Person = "fay") {
  const context = { db: company.client.db, actor: company.actor(as), ...AFTER };
  return (await answer(query, query.input.parse(input) as never, context)) as Awaited<ReturnType<T["run"]>>;
}
/** What the form that names a partner on a deal is told. */
const isPaid = async (today: string) => {
  const asked = tagging.input.parse({ dealId: made.Alder! });
  return (await answer(tagging, asked, { db: company.client.db, actor: company.actor("ana"), today }))
    .isCreditPaid;
};
const statement = (as: Person = "fay") => ask(compensationStatement, { planId: plan.planId, quarter: Q }, as);
const sign = (person: Person, of = plan) =>
  company.as(person, signCompensationPlan, { ...of, password: PASSWORD }, AFTER);
const pay = (person: Person = "fay") =>
  company.as(person, payCompensation, { planId: plan.planId, quarter: Q, password: PASSWORD }, AFTER);

async function won(account: string, amount: number, partnerId: string) {
  const dealId = await company.deal({ account, amount, createdOn: "2026-03-01" });
  await company.as("ana", tagPartner, { dealId, ...SOURCER, partnerId, touchedOn: "2026-02-25" }, THEN);
  await company.as("ana", closeDeal, { dealId, outcome: "won" }, THEN);
  made[account] = dealId;
}

beforeAll(async () => {
  company = await openCompany();
  await company.as("rita", editPartner, { partnerId: "P-1", changes: { ownerId: "pam" } });
  await won("Alder", 1_000_000, "P-1");
  await won("Birch", 400_001, "P-1");
  await won("Cedar", 900_000, "P-2");
});
afterAll(() => company.close());

test("compensation follows a signed policy: before it nobody signs a plan, and nothing is earned", async () => {
  const { planId, hash } = await company.as("hope", draftCompensationPlan, PLAN, AFTER);
  plan = { planId, hash };
  await expect(sign("carl")).rejects.toMatchObject({
    rule: "Compensation follows a signed policy, and none is in force",
  });
  expect((await statement()).earned).toEqual([]);
  await agreedForYears(company.url, SIGNERS);
});

test("three people sign it, each once in their own seat; an AE drafts none, and reads the plan but nobody's statement", async () => {
  await expect(company.as("ana", draftCompensationPlan, PLAN, AFTER)).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await ask(compensationPlans, {}, "ana")).may.see).toBe(false);
  await expect(statement("ana")).rejects.toMatchObject({ code: "forbidden" });
  await expect(sign("carl", { ...plan, hash: "0".repeat(64) })).rejects.toMatchObject({ field: "hash" });
  await sign("carl");
  await expect(sign("carl")).rejects.toMatchObject({ rule: "This seat has signed already" });
  await expect(pay()).rejects.toMatchObject({
    rule: "Nothing is paid by a plan that three people have not signed",
  });
  await sign("fay");
  expect(await isPaid(AFTER.today), "two of three signed").toBe(false);
  expect(await sign("hope")).toMatchObject({ signatures: 3 });
  await expect(
    company.as("hope", withdrawCompensationPlan, { planId: plan.planId, reason: "late" }),
  ).rejects.toMatchObject({
    rule: "Three people signed this plan: it pays until another does",
  });
  const { plans } = await ask(compensationPlans, {});
  expect(plans).toMatchObject([{ title: PLAN.title, signed: true, currency: "USD" }]);
  expect(await isPaid("2026-12-31")).toBe(true);
  expect(await isPaid("2027-01-01"), "the plan is over").toBe(false);
});

test("a second plan for the same payees and a quarter of the first is not signed", async () => {
  const { planId, hash } = await company.as("fay", draftCompensationPlan, {
    ...PLAN,
    from: "2026-Q4",
    to: null,
  });
  await expect(sign("carl", { planId, hash })).rejects.toMatchObject({
    rule: `"${PLAN.title}" pays the same people for one of its quarters already`,
  });
  const reason = "one plan is enough";
  await company.as("hope", withdrawCompensationPlan, { planId, reason });
  const { plans } = await ask(compensationPlans, {});
  expect(plans.find(({ id }) => id === planId)).toMatchObject({
    ...{ withdrawn: { name: "Hope Adler", reason }, signed: false },
    seats: [{ maySign: "This plan was withdrawn" }, {}, {}],
  });
});

test("a quarter that is not frozen shows what it would earn, by partner manager, and pays nothing", async () => {
  const { frozen, payees, earned, unassigned } = await statement();
  expect({ frozen, unassigned }).toEqual({ frozen: false, unassigned: 1 });
  expect(payees).toEqual([{ id: "pam", name: "Pam Lind", earned: 70_000, paid: 0, due: 70_000 }]);
  // 5 % of 4,000.01 is 200.0005: rounded once.
  expect(earned.map(({ account, amount, evidence }) => [account, amount, evidence]).sort()).toEqual([
    ["Alder", 50_000, "stated"],
    ["Birch", 20_000, "stated"],
  ]);
  await expect(pay()).rejects.toMatchObject({
    rule: "Paid is what is sealed: the quarter is not frozen yet",
  });
});

test("out of a frozen quarter finance seals what it earns, once; each sees no more than they may", async () => {
  await holdReview(Q, closersOf(company, AFTER.today));
  await prepareAndFreeze(Q, closersOf(company, AFTER.today));
  await expect(pay("hope")).rejects.toMatchObject({ code: "forbidden" });
  expect(await pay()).toMatchObject({ run: 1, amount: 70_000, currency: "USD" });
  await expect(pay()).rejects.toMatchObject({ rule: "All that is earned was paid" });
  expect(await statement("pam")).toMatchObject({ payees: [{ id: "pam", paid: 70_000, due: 0 }] });
  expect((await statement("paul")).payees).toEqual([]);
});

test("another owner of the partner since is no correction; nothing that was paid is changed, the owner included", async () => {
  await company.as("rita", editPartner, { partnerId: "P-1", changes: { ownerId: "paul" } }, AFTER);
  expect((await statement()).due).toEqual([]);
  for (const change of [
    "update compensation_payments set run = 9",
    "delete from compensation_payments",
    "delete from compensation_signatures",
    "update compensation_plans set title = 'x'",
  ])
    await expect(
      guardedTransaction(company.client, { actor: "test", request: "t" }, (tx) =>
        tx.execute(sql.raw(change)),
      ),
      change,
    ).rejects.toMatchObject({ cause: { code: expect.stringMatching(/CS102|42501/) } });
});

test("a correction that two accepted is clawed back in a run of its own; the first run stays, its digest holds", async () => {
  const dealId = made.Alder!;
  const { correctionId } = await company.as(
    "ana",
    proposeCorrection,
    { dealId, changes: { amount: 600_000 }, reason: "a discount that was not written down" },
    AFTER,
  );
  await company.as("fay", acceptCorrection, { correctionId }, AFTER);
  expect((await statement()).due, "the seal holds until the difference is accepted there").toEqual([]);
  const asked = { quarter: Q, dealId, reason: "the discount" };
  const { restatementId } = await company.as("hope", proposeRestatement, asked, AFTER);
  await company.as("fay", acceptRestatement, { restatementId }, AFTER);
  expect((await statement()).due).toMatchObject([{ payeeId: "pam", dealId, amount: -20_000 }]);
  expect(await pay()).toMatchObject({ run: 2, amount: -20_000 });
  const { payments, payees, due } = await statement();
  expect(payments.map(({ run, amount, verified }) => [run, amount, verified])).toEqual([
    [1, 70_000, true],
    [2, -20_000, true],
  ]);
  expect(payees).toMatchObject([{ id: "pam", earned: 50_000, paid: 50_000, due: 0 }]);
  expect(due).toEqual([]);
});
