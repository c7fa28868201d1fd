import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { classify } from "@/lib/attribution/classify";
import { CRM_GATE } from "@/lib/auth/actor";
import { readReceipt } from "@/lib/auth/receipts";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { vouchActivity } from "@/lib/commands/activity/vouch-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { refuseRole } from "@/lib/commands/role/refuse-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { factsDigest } from "@/lib/judging/closing";
import { loadFacts } from "@/lib/judging/facts";
import { policyBook } from "@/lib/judging/policy-book";
import { answer } from "../query";
import { gateDeal } from "./gate-deal";

let company: Company;
beforeAll(async () => {
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  vi.stubEnv("NEXTAUTH_URL", "https://countersign.example");
  company = await openCompany();
});
afterAll(async () => {
  await company.close();
  vi.unstubAllEnvs();
});

const ask = async (input: unknown) => {
  const context = { db: company.client.db, actor: CRM_GATE, today: TODAY };
  return gateDeal.output.parse(await answer(gateDeal, gateDeal.input.parse(input), context));
};
const ROW = { partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-05-01" };
const DONE = {
  type: "joint_discovery",
  ...{ stage: 2, occurredOn: "2026-05-10", involvement: "direct", proof: "https://proof.example/1" },
};
const WORK = { partnerId: "P-1", ...DONE };
const digestNow = async (dealId: string) => {
  const [facts] = await loadFacts(company.client.db, [dealId], TODAY);
  return factsDigest(facts!, TODAY);
};

describe("a deal that may not close", () => {
  test("is told why in a sentence, and where to answer", async () => {
    const dealId = await company.deal();
    expect(await ask({ dealId })).toEqual({
      allowed: false,
      reason: "Confirm the attribution before it is won: name the partner, or say that none was involved",
      link: `https://countersign.example/deals/${dealId}`,
      answer: null,
    });
    await company.as("pam", tagPartner, { dealId, ...ROW });
    expect((await ask({ dealId })).reason).toBe(
      "Confirm the attribution before it is won: 1 role row waits for the AE",
    );
  });

  test("is refused by name when it is unknown or its day cannot be", async () => {
    const dealId = await company.deal();
    await expect(ask({ dealId: "006-unknown" })).rejects.toMatchObject({
      code: "not_found",
      field: "dealId",
    });
    for (const closedOn of ["2026-05-21", "2026-04-30"])
      await expect(ask({ dealId, closedOn })).rejects.toMatchObject({ code: "invalid", field: "closedOn" });
  });

  test("has closed already", async () => {
    const dealId = await company.deal();
    await company.as("ana", closeDeal, { dealId, outcome: "lost" });
    expect((await ask({ dealId })).reason).toBe("The deal was lost on 20 May 2026 already");
  });
});

describe("a deal that may close", () => {
  test("carries a receipt of what the heart then makes of it, and of the facts it then has", async () => {
    const dealId = await company.deal();
    await company.as("ana", tagPartner, { dealId, ...ROW, activity: DONE });
    await company
      .as("pam", tagPartner, { dealId, ...ROW, partnerId: "P-2", role: "co_seller" })
      .then(({ rowId }) => company.as("ana", refuseRole, { rowId, reason: "they were not there" }));
    const { allowed, reason, answer: said } = await ask({ dealId });
    expect({ allowed, reason }).toEqual({ allowed: true, reason: null });
    const receipt = await readReceipt(said!.receipt);
    await company.as("ana", closeDeal, { dealId, outcome: "won" });
    const [facts] = await loadFacts(company.client.db, [dealId], TODAY);
    const { policy, hash } = (await policyBook(company.client.db)).judging(facts!.deal, TODAY);
    const result = classify(policy, facts!);
    expect(result.outcome).toBe("sourced");
    expect(receipt).toMatchObject({
      sub: dealId,
      closing: { as: "won", on: TODAY },
      involved: "partners",
      outcome: result.outcome,
      evidence: result.evidence,
      partners: [{ id: "P-1", outcome: "sourced", evidence: result.evidence }],
      policy: hash,
      facts: await digestNow(dealId),
      asOf: TODAY,
    });
  });

  test("says that none was involved, or of a lost one that nobody has answered", async () => {
    const dealId = await company.deal();
    expect((await ask({ dealId, as: "lost" })).answer).toMatchObject({
      involved: "unanswered",
      partners: [],
    });
    await company.as("ana", confirmNoPartner, { dealId });
    expect((await ask({ dealId })).answer).toMatchObject({ involved: "none", outcome: "none", partners: [] });
  });

  test("has other facts once something is claimed after its close; a second hand is no other fact", async () => {
    const dealId = await company.deal();
    const { rowId } = await company.as("pam", tagPartner, { dealId, ...ROW });
    await company.as("ana", confirmRole, { rowId });
    const { activityId } = await company.as("pam", logActivity, { dealId, ...WORK });
    const { facts } = (await readReceipt((await ask({ dealId })).answer!.receipt))!;
    await company.as("ana", closeDeal, { dealId, outcome: "won" });
    expect(await digestNow(dealId)).toBe(facts);
    const later = { today: "2026-06-02" };
    await company.as("ana", vouchActivity, { activityId }, later);
    const [known] = await loadFacts(company.client.db, [dealId], later.today);
    expect(known!.activities[0]!.secondHandOn).toBe(later.today);
    expect(factsDigest(known!, TODAY)).toBe(facts);
    await company.as("pam", logActivity, { dealId, ...WORK, proof: "https://proof.example/2" }, later);
    const [moved] = await loadFacts(company.client.db, [dealId], later.today);
    expect(factsDigest(moved!, TODAY)).not.toBe(facts);
  });
});
