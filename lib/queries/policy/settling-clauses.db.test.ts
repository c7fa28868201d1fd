import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exceptions } from "@/db/schema/exceptions";
import { parsePolicy } from "@/lib/attribution/parse-policy";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { startDraft } from "@/lib/commands/policy/start-draft";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { answer } from "../query";
import { settlingClausesOf } from "./settling-clauses";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

/** A partner that worked in time and whose AE named it as sourcer only after the win: the case of it, ruled so. */
async function namedLate(): Promise<string> {
  const dealId = await company.deal({ stage: 1 });
  const early = { today: "2026-05-10" };
  const did = { type: "training", stage: 1, occurredOn: "2026-05-06", proof: "https://proof.example/1" };
  await company.as("pam", logActivity, { dealId, partnerId: "P-1", ...did }, early);
  await company.as("ana", confirmNoPartner, { dealId }, early);
  await company.as("ana", closeDeal, { dealId, outcome: "won" }, early);
  await company.as("ana", tagPartner, {
    dealId,
    partnerId: "P-1",
    role: "sourcer",
    touchStage: 0,
    touchedOn: "2026-05-05",
  });
  const found = await company.client.db.select().from(exceptions).where(eq(exceptions.dealId, dealId));
  const { id: exceptionId } = found.find(({ kind }) => kind === "late_record")!;
  for (const person of ["hope", "fay"] as const) {
    const [row] = await company.client.db.select().from(exceptions).where(eq(exceptions.id, exceptionId));
    const ruling = { decision: "ruling", partnerId: "P-1", outcome: "sourced", reason: "it was there" };
    await company.as(person, decideException, { exceptionId, version: row!.version, ...ruling });
  }
  return exceptionId;
}

const look = async (policyId: string) => {
  const context = { db: company.client.db, actor: company.actor("hope"), today: TODAY };
  return settlingClausesOf.output.parse(await answer(settlingClausesOf, { policyId }, context));
};

test("a draft is told which clause would have settled most of the year's cases, as a text to be backtested", async () => {
  const { policyId } = await company.as("hope", startDraft, { title: "Next year", preset: "two_bucket" });
  expect(await look(policyId as string)).toMatchObject({ from: "2025-05-20", cases: 0, clauses: [] });
  await namedLate();
  await namedLate();
  const { cases, clauses } = await look(policyId as string);
  expect(cases).toBeGreaterThanOrEqual(2);
  expect(clauses[0]).toMatchObject({ clause: "edge-cases.late-tagging", settles: 2, against: 0 });
  expect(clauses[0]!.before).not.toBe(clauses[0]!.after);
  expect(parsePolicy(clauses[0]!.document).lateRecording).toBe("with_contemporaneous_evidence");
});
