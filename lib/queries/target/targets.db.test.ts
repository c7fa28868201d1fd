import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { editPartner } from "@/lib/commands/partner/edit-partner";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { setTarget } from "@/lib/commands/target/set-target";
import { SOURCER } from "../inbox/inbox.fixture";
import { targets } from "./targets";

const Q = "2026-Q2";
let company: Company;

const asked = async (line = "sourced") => {
  const context = { db: company.client.db, actor: company.actor("fay"), today: TODAY };
  const answer = await targets.run(context, { quarter: Q });
  return answer.targets.filter((one) => one.line === line);
};

beforeAll(async () => {
  company = await openCompany();
  await company.as("rita", editPartner, { partnerId: "P-1", changes: { ownerId: "pam" } });
  const sourced = async (amount: number, changes: object = {}) => {
    const dealId = await company.deal({ amount, ...changes });
    await company.as("ana", tagPartner, { dealId, ...SOURCER });
    return dealId;
  };
  const won = await sourced(300_000);
  await company.as("ana", tagPartner, { dealId: won, ...SOURCER, partnerId: "P-2" });
  await company.as("ana", closeDeal, { dealId: won, outcome: "won" });
  await sourced(500_000, { expectedCloseOn: "2026-06-10" });
  await sourced(900_000, { expectedCloseOn: "2026-07-10" });
});
afterAll(() => company.close());

test("without a target the won and the open of the quarter stand alone, of everybody and of who looks after a partner", async () => {
  expect(await asked()).toMatchObject([
    { owner: null, target: null, won: 300_000, open: 500_000, pace: null },
    // Half of the deal's credit is another partner's, which nobody looks after.
    { owner: { id: "pam" }, target: null, won: 150_000, open: 500_000, pace: null },
  ]);
  expect(await asked("influenced")).toMatchObject([
    { won: 0, open: 0 },
    { won: 0, open: 0 },
  ]);
});

test("a target has its pace, what is missing and what covers it; it is changed and taken away", async () => {
  const of = { quarter: Q, line: "sourced", ownerId: null };
  await company.as("hope", setTarget, { ...of, amount: 910_000 });
  // 50 of 91 days have gone on 20 May.
  expect((await asked())[0]).toMatchObject({
    target: 910_000,
    pace: { expected: 500_000, ahead: -200_000, missing: 610_000, coverage: 500_000 / 610_000 },
  });
  await company.as("carl", setTarget, { ...of, amount: 300_000 });
  expect((await asked())[0]!.pace).toMatchObject({ missing: 0, coverage: null });
  await company.as("fay", setTarget, { ...of, amount: null });
  expect((await asked())[0]!.pace).toBeNull();
});

test("who answers for it sets it, for people who look after partners, above zero", async () => {
  const of = { quarter: Q, line: "influenced", amount: 5 };
  await expect(company.as("pam", setTarget, { ...of, ownerId: null })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(company.as("fay", setTarget, { ...of, ownerId: "ana" })).rejects.toMatchObject({
    field: "ownerId",
    rule: "must be somebody who looks after partners",
  });
  await expect(company.as("fay", setTarget, { ...of, ownerId: null, amount: 0 })).rejects.toMatchObject({
    field: "amount",
  });
});
