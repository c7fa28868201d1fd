import { afterAll, beforeAll, expect, test } from "vitest";
import { tripsOf } from "@/db/connection/trips";
import { addDays } from "@/lib/calendar";
import { editActivity } from "./activity/edit-activity";
import { logActivity } from "./activity/log-activity";
import { vouchActivity } from "./activity/vouch-activity";
import { withdrawActivity } from "./activity/withdraw-activity";
import { type Company, openCompany, type Person, TODAY } from "./commands.fixture";
import { closeDeal } from "./deal/close-deal";
import { confirmNoPartners } from "./deal/confirm-no-partners";
import { decideRegistration } from "./registration/decide-registration";
import { extendRegistration } from "./registration/extend-registration";
import { matchRegistration } from "./registration/match-registration";
import { submitRegistration } from "./registration/submit-registration";
import { confirmRole } from "./role/confirm-role";
import { editRole } from "./role/edit-role";
import { refuseRole } from "./role/refuse-role";
import { tagPartner } from "./role/tag-partner";
import { tagPartners } from "./role/tag-partners";
import { withdrawRole } from "./role/withdraw-role";
import type { AnyVerb } from "./verbs";

/** Messages to the database and back: what a write costs when it is not near. Counted, not timed. */
const MOST = 8;

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const tag = { partnerId: "P-1", role: "sourcer", touchedOn: "2026-05-02" };

async function trips(verb: AnyVerb, input: unknown, person: Person = "ana"): Promise<number> {
  return tripsOf(() => company.as(person, verb, input));
}

test("a write to one deal is begun, read, written, judged and committed in few messages", async () => {
  const [dealId, won] = [await company.deal(), await company.deal()];
  const motion = { dealId, partnerId: "P-1", type: "joint_pitch", proof: "https://x.test/p" };
  expect(await trips(tagPartner, { dealId, ...tag, activity: { type: "joint_pitch" } })).toBeLessThanOrEqual(
    MOST,
  );
  // A row that the facts leave in doubt opens a case besides.
  expect(await trips(tagPartner, { dealId, ...tag, partnerId: "P-2", touchStage: 5 })).toBeLessThanOrEqual(
    MOST,
  );
  expect(await trips(logActivity, motion)).toBeLessThanOrEqual(MOST);
  await company.as("ana", confirmNoPartners, { dealIds: [won] });
  expect(await trips(closeDeal, { dealId: won, outcome: "won" })).toBeLessThanOrEqual(MOST);
});

test("a row is loaded with its deal in one message, whatever is done with it", async () => {
  const dealId = await company.deal();
  const proposed = async (partnerId: string) =>
    (await company.as("pam", tagPartner, { dealId, ...tag, partnerId })).rowId;
  const [rowId, refused] = [await proposed("P-1"), await proposed("P-2")];
  const motion = { dealId, partnerId: "P-1", type: "joint_pitch", proof: "https://x.test/p" };
  const { activityId } = await company.as("pam", logActivity, motion);
  const correct = { activityId, changes: { occurredOn: "2026-05-03" } };
  const writes: [Person, AnyVerb, object][] = [
    ["ana", confirmRole, { rowId }],
    ["ana", editRole, { rowId, changes: { role: "co_seller" } }],
    ["ana", refuseRole, { rowId: refused, reason: "Not known here" }],
    ["pam", withdrawRole, { rowId: refused }],
    ["pam", editActivity, correct],
    ["ana", vouchActivity, { activityId }],
    ["pam", withdrawActivity, { activityId }],
  ];
  for (const [person, verb, input] of writes)
    expect(await trips(verb, input, person), verb.name).toBeLessThanOrEqual(MOST);
});

test("a registration is decided, extended and matched in few messages", async () => {
  const dealId = await company.deal({ account: "Account Early" });
  const submitted = async (more: object) =>
    (await company.as("pam", submitRegistration, { partnerId: "P-1", ...more })).registrationId;
  const [registrationId, early] = [
    await submitted({ dealId }),
    await submitted({ account: "Account Early" }),
  ];
  const writes: [AnyVerb, object][] = [
    [decideRegistration, { registrationId, status: "approved" }],
    [extendRegistration, { registrationId, until: addDays(TODAY, 120) }],
    [matchRegistration, { registrationId: early, dealId }],
  ];
  for (const [verb, input] of writes)
    expect(await trips(verb, input, "paul"), verb.name).toBeLessThanOrEqual(MOST);
});

test("a write to fifty deals is as many messages as one to one", async () => {
  const many = await Promise.all(Array.from({ length: 51 }, () => company.deal()));
  const [one, ...fifty] = many as [string, ...string[]];
  expect(await trips(tagPartners, { dealIds: fifty, ...tag })).toBe(
    await trips(tagPartners, { dealIds: [one], ...tag }),
  );
  const others = await Promise.all(Array.from({ length: 50 }, () => company.deal()));
  expect(await trips(confirmNoPartners, { dealIds: others })).toBeLessThanOrEqual(MOST);
});
