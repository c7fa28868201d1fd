import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { PRESETS } from "@/lib/attribution/policy";
import { growLog } from "@/lib/audit/grow";
import { claimedHead, newestHead } from "@/lib/audit/head";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { type Company, openCompany, PASSWORD } from "@/lib/commands/commands.fixture";
import { draftCompensationPlan } from "@/lib/commands/compensation/draft-compensation-plan";
import { signCompensationPlan } from "@/lib/commands/compensation/sign-compensation-plan";
import { viewCompensationPlan } from "@/lib/commands/compensation/view-compensation-plan";
import { editDraft } from "@/lib/commands/policy/edit-draft";
import { proposePolicy } from "@/lib/commands/policy/propose-policy";
import { signPolicy } from "@/lib/commands/policy/sign-policy";
import { startDraft } from "@/lib/commands/policy/start-draft";
import { viewPolicy } from "@/lib/commands/policy/view-policy";
import { companyDay } from "@/lib/company-day";
import { compensationCertificate } from "@/lib/queries/compensation/compensation-certificate";
import { policyCertificate } from "@/lib/queries/policy/policy-certificate";
import { ask } from "./ask";
import { answerCertificate, answerPlanCertificate } from "./certificate-pdf";

/** The certificate of completion of a memo (§8.11): what was recorded of each signature, and nothing else. */
const TODAY = { today: companyDay(Date.now(), "UTC") };
const LINE = { pays: { of: "rate", basisPoints: 500 }, capPerDeal: null, capPerQuarter: null };
const PLAN = {
  ...{ title: "What partner managers are paid", paidTo: "partner_manager", from: "2026-Q1", to: null },
  lines: { sourced: LINE, influenced: { ...LINE, pays: { of: "nothing" } } },
};
let company: Company;
let policyId: string;
let hash: string;

beforeAll(async () => {
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  company = await openCompany();
  vi.stubEnv("DATABASE_URL", company.url);
  const draft = await company.as("hope", startDraft, { title: "The memo" }, TODAY);
  policyId = draft.policyId as string;
  const changed = { policyId, version: draft.version, document: { ...PRESETS.two_bucket, coSellMinimum: 3 } };
  const { version } = await company.as("hope", editDraft, changed, TODAY);
  const asked = { policyId, version, activeFrom: TODAY.today };
  hash = (await company.as("hope", proposePolicy, asked, TODAY)).hash as string;
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await closeDatabases();
  await company.close();
});

const certificate = () => ask(policyCertificate, { policyId }, company.actor("aude"));

test("says who opened, and signed, which text when, on which head of the log", async () => {
  expect(await certificate()).toMatchObject({ title: "The memo", hash, complete: false, signatures: [] });
  await vi.waitFor(async () => expect(await growLog(company.client)).toBeGreaterThan(0), { timeout: 20_000 });
  const head = claimedHead((await newestHead(company.client.db))!)!;
  await company.as("carl", viewPolicy, { policyId, hash }, TODAY);
  await company.as("carl", signPolicy, { policyId, hash, password: PASSWORD }, TODAY);
  await company.as("fay", signPolicy, { policyId, hash, password: PASSWORD }, TODAY);
  const { signatures } = await certificate();
  const [carl, fay] = signatures;
  expect(carl).toMatchObject({
    seat: "cro",
    name: "Carl Moss",
    method: "password",
    hash,
    head: { size: head.size, root: head.root },
  });
  expect(carl!.viewed! <= carl!.signed).toBe(true);
  expect(carl!.entry!.id).toMatch(/^\d+$/);
  // Nobody wrote down that she opened it, so the certificate does not say it.
  expect(fay).toMatchObject({ seat: "finance", viewed: null });
});

test("a view of another text, or by who does not sign, is none", async () => {
  const other = { policyId, hash: "0".repeat(64) };
  await expect(company.as("hope", viewPolicy, other, TODAY)).rejects.toMatchObject({ field: "hash" });
  await expect(company.as("ana", viewPolicy, { policyId, hash }, TODAY)).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("is a PDF for who may read the log", async () => {
  const answer = await answerCertificate(policyId, async () => company.actor("aude"));
  expect(answer.headers.get("content-type")).toBe("application/pdf");
  const pdf = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()));
  const { text } = await extractText(pdf, { mergePages: true });
  for (const words of ["The memo", "Carl Moss", "Fay Chen", "2 of 3 signatures", "not recorded"])
    expect(text).toContain(words);
  expect(text.replaceAll(/\s/g, "")).toContain(hash);
  expect((await answerCertificate(policyId, async () => company.actor("ana"))).status).toBe(403);
});

test("is given of a compensation plan likewise, with what was recorded of its own signatures alone", async () => {
  await company.as("hope", signPolicy, { policyId, hash, password: PASSWORD }, TODAY);
  const drafted = await company.as("hope", draftCompensationPlan, PLAN, TODAY);
  const plan = { planId: drafted.planId as string, hash: drafted.hash as string };
  await expect(company.as("fay", viewCompensationPlan, { ...plan, hash }, TODAY)).rejects.toMatchObject({
    field: "hash",
  });
  await company.as("fay", viewCompensationPlan, plan, TODAY);
  await company.as("fay", signCompensationPlan, { ...plan, password: PASSWORD }, TODAY);
  await company.as("carl", signCompensationPlan, { ...plan, password: PASSWORD }, TODAY);
  const of = await ask(compensationCertificate, { planId: plan.planId }, company.actor("aude"));
  expect(of).toMatchObject({ title: PLAN.title, hash: plan.hash, complete: false });
  const [fay, carl] = of.signatures;
  expect(fay).toMatchObject({ name: "Fay Chen", hash: plan.hash, method: "password" });
  expect(fay!.viewed! <= fay!.signed).toBe(true);
  expect(fay!.entry!.id).toMatch(/^\d+$/);
  expect(carl).toMatchObject({ name: "Carl Moss", viewed: null });
  const answer = await answerPlanCertificate(plan.planId, async () => company.actor("aude"));
  const pdf = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()));
  const { text } = await extractText(pdf, { mergePages: true });
  for (const words of [PLAN.title, "Fay Chen", "2 of 3 signatures, to pay from", "Drafted", "not recorded"])
    expect(text).toContain(words);
  expect((await answerPlanCertificate(plan.planId, async () => company.actor("ana"))).status).toBe(403);
});
