import { afterAll, beforeAll, expect, test } from "vitest";
import { editActivity } from "@/lib/commands/activity/edit-activity";
import { keepNote } from "@/lib/commands/activity/keep-note";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { importBatch } from "@/lib/commands/import/import-batch";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { answer } from "../query";
import { note } from "./note";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const motion = { partnerId: "P-1", type: "joint_pitch", stage: 2, occurredOn: "2026-05-10" };
const nowhere = { value: "note:call-7", rule: expect.stringContaining("no note that is kept here") };
const text = "Their CFO asked us in,\non the phone";

test("a note kept here is a proof, and opens to its text, its day and who wrote it", async () => {
  const dealId = await company.deal();
  const { proof } = await company.as("pam", keepNote, { dealId, text });
  const { activityId } = await company.as("pam", logActivity, { ...motion, dealId, proof });
  await company.as("pam", editActivity, { activityId, changes: { proof, stage: 3 } });
  const ask = (id: string) =>
    answer(note, { id }, { db: company.client.db, actor: company.actor("aude"), today: TODAY });
  expect(await ask(proof.replace("note:", ""))).toEqual({
    note: { text, recordedOn: TODAY, by: "Pam Lind", file: null },
  });
  expect(await ask("call-7")).toEqual({ note: null });
});

test("a note that exists nowhere is refused by name, however it is typed", async () => {
  const dealId = await company.deal();
  const proof = "note:call-7";
  await expect(company.as("pam", logActivity, { ...motion, dealId, proof })).rejects.toMatchObject({
    ...nowhere,
    field: "proof",
  });
  const { partnerId, ...activity } = motion;
  await expect(
    company.as("ana", tagPartner, {
      dealId,
      partnerId,
      role: "influencer",
      activity: { ...activity, proof },
    }),
  ).rejects.toMatchObject(nowhere);
  const { activityId } = await company.as("pam", logActivity, { ...motion, dealId });
  await expect(
    company.as("pam", editActivity, { activityId, changes: { proof: "NOTE:call-7" } }),
  ).rejects.toMatchObject({ ...nowhere, value: "NOTE:call-7", field: "changes.proof" });
});

test("a file may refer to a note of the system it comes from, which an edit of something else leaves", async () => {
  const dealId = await company.deal();
  const values = {
    ...{ id: "A-file", deal_id: dealId, partner_id: "P-1", type: "joint_pitch", stage: "2" },
    ...{ occurred_on: "2026-05-10", recorded_on: "2026-05-11", proof: "note:crm-77", involvement: "direct" },
  };
  const { refused } = await company.as("rita", importBatch, { kind: "activities", rows: [{ values }] });
  expect(refused).toEqual([]);
  const changes = { proof: "note:crm-77", nextStep: "Call them back" };
  await company.as("hope", editActivity, { activityId: "A-file", changes });
});

test("who may log on a deal may keep a note for it, and nobody else", async () => {
  const dealId = await company.deal();
  await expect(company.as("ben", keepNote, { dealId, text })).rejects.toMatchObject({ code: "forbidden" });
  await expect(company.as("aude", keepNote, { dealId, text })).rejects.toMatchObject({ code: "forbidden" });
  await company.as("ana", keepNote, { dealId, text });
});
