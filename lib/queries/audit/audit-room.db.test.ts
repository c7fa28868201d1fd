import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { createUser } from "@/lib/commands/company/create-user";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { perform } from "@/lib/commands/door";
import { freezeOf } from "@/lib/commands/review/freeze.fixture";
import { drawSample } from "@/lib/commands/sample/draw-sample";
import { signOffSample } from "@/lib/commands/sample/sign-off-sample";
import { tickSampledDeal } from "@/lib/commands/sample/tick-sampled-deal";
import type { AnyVerb } from "@/lib/commands/verbs";
import { drawSample as drawn } from "@/lib/metrics/audit-sample";
import { sha256 } from "@/lib/sealing/seals";
import { answer } from "../query";
import { auditRoom } from "./audit-room";

/** The auditor's room of a frozen quarter with six closed deals (§8.11). */
const QUARTER = "2026-Q1";
const THEN = { today: "2026-03-20" };
const IDS = ["D-1", "D-2", "D-3", "D-4", "D-5", "D-6"];
const ABEL: Actor = {
  ...{
    id: "user:abel",
    userId: "abel",
    name: "Abel Roy",
    role: "auditor",
    ownerName: null,
    ownPassword: true,
  },
};
let company: Company;
let owner: postgres.Sql;

const abel = (verb: AnyVerb, input: unknown) =>
  perform(verb, input, { actor: ABEL, client: company.client, today: TODAY });
const aude = <V extends AnyVerb>(verb: V, input: unknown) => company.as("aude", verb, input);
const draw = async (seed: string, size = 2) => {
  const { sampleId, deals } = await aude(drawSample, { quarter: QUARTER, seed, size });
  return { sampleId: sampleId as string, deals: deals as string[] };
};
const room = (actor: Actor, sampleId: string) =>
  answer(auditRoom, { quarter: QUARTER, sampleId }, { db: company.client.db, actor, today: TODAY });

/** What the database says to a statement that comes past every verb, by somebody who acts as `person`. */
const refusal = (person: string, statement: string) =>
  owner
    .begin(async (sql) => {
      await sql`select set_config('countersign.actor', ${`user:${person}`}, true), set_config('countersign.request', 'R', true)`;
      await sql.unsafe(statement);
      throw new Error("accepted");
    })
    .catch((error: { message: string }) => error.message);

beforeAll(async () => {
  company = await openCompany();
  owner = postgres(company.url, { max: 1, onnotice: () => {} });
  await company.as("rita", createUser, {
    ...{ id: "abel", name: "Abel Roy", role: "auditor", email: "abel@company.example" },
  });
  for (const [at, id] of IDS.entries()) {
    const deal = {
      id,
      account: `Account ${id}`,
      amount: 1_000 * 10 ** at,
      currency: "USD",
      createdOn: "2026-02-01",
    };
    await company.as("ana", createDeal, { ...deal, stage: 2 }, THEN);
    await company.as("ana", confirmNoPartner, { dealId: id }, THEN);
    const [row] = await owner`select version from deals where id = ${id}`;
    await company.as("ana", closeDeal, { dealId: id, version: row!.version, outcome: "won" }, THEN);
  }
  await freezeOf(company, QUARTER, "2026-04-10");
}, 120_000);
afterAll(async () => {
  await owner.end();
  await company.close();
});

describe("a sample", () => {
  test("is what its seed draws of the seal's closed deals, whatever became of them since", async () => {
    const { sampleId, deals } = await draw("one", 3);
    const all = IDS.map((id, at) => ({ id, amount: 1_000 * 10 ** at }));
    expect(deals).toEqual(drawn(all, { seed: "one", size: 3, method: "deals" }, sha256));
    const { open } = await room(ABEL, sampleId);
    expect(open?.deals.map(({ dealId }) => dealId)).toEqual(deals);
    expect(open?.result).toEqual({ of: 3, looked: 0, hold: 0, interval: null });
    const byAmount = await aude(drawSample, { quarter: QUARTER, seed: "one", size: 2, method: "amount" });
    // 90 % of all that there is, so certain by two points.
    expect(byAmount.deals).toContain("D-6");
  });

  test("is drawn by auditors, of what is frozen", async () => {
    const asked = { quarter: QUARTER, seed: "one", size: 2 };
    await expect(company.as("fay", drawSample, asked)).rejects.toMatchObject({ code: "forbidden" });
    await expect(aude(drawSample, { ...asked, quarter: "2026-Q2" })).rejects.toMatchObject({
      rule: "2026-Q2 is not frozen: a sample is drawn of what stands still",
    });
    await expect(room(company.actor("ana"), "AS-1")).rejects.toMatchObject({ code: "forbidden" });
  });

  test("is ticked with a reason where it does not hold, and signed off by another auditor, once", async () => {
    const { sampleId, deals } = await draw("two");
    const tick = (dealId: string, verdict: string, note?: string) => ({ sampleId, dealId, verdict, note });
    await expect(aude(tickSampledDeal, tick(deals[0]!, "does_not_hold"))).rejects.toMatchObject({
      field: "note",
    });
    await expect(aude(tickSampledDeal, tick("D-99", "holds"))).rejects.toMatchObject({ field: "dealId" });
    await aude(tickSampledDeal, tick(deals[0]!, "does_not_hold", "no contract"));
    await expect(abel(signOffSample, { sampleId, conclusion: "Good." })).rejects.toMatchObject({
      rule: "1 of its deals is not looked at yet",
    });
    await aude(tickSampledDeal, tick(deals[1]!, "holds"));
    await expect(aude(signOffSample, { sampleId, conclusion: "Good." })).rejects.toMatchObject({
      rule: expect.stringMatching(/^You drew this sample/),
    });
    await abel(signOffSample, { sampleId, conclusion: "One of two holds." });
    await expect(aude(tickSampledDeal, tick(deals[0]!, "holds"))).rejects.toMatchObject({
      rule: expect.stringMatching(/signed off/),
    });
    const { open } = await room(company.actor("fay"), sampleId);
    expect(open).toMatchObject({
      result: { of: 2, looked: 2, hold: 1, interval: { low: expect.any(Number), high: expect.any(Number) } },
      signedOff: { name: "Abel Roy", conclusion: "One of two holds." },
    });
    expect(open?.deals[0]).toMatchObject({
      verdict: "does_not_hold",
      note: "no contract",
      ticked: { name: "Aude Blanc" },
    });
    const [told] =
      await owner`select count(*)::int as count from audit_log where after ->> 'quarter' = ${QUARTER}
      and (subject_id = ${sampleId} or subject_id like ${`${sampleId} %`})`;
    expect(told!.count).toBe(4);
  });

  test("whoever ticked some of it does not sign it off, though another drew it", async () => {
    const { sampleId, deals } = await draw("three", 1);
    await abel(tickSampledDeal, { sampleId, dealId: deals[0], verdict: "holds" });
    await expect(abel(signOffSample, { sampleId, conclusion: "Good." })).rejects.toMatchObject({
      rule: expect.stringMatching(/^You drew this sample or ticked some of it/),
    });
  });
});

test("the database refuses it, too, whoever asks", async () => {
  const { sampleId, deals } = await draw("four");
  const [one, two] = deals;
  const ticked = (person: string, dealId = one) =>
    `update sampled_deals set verdict = 'holds', ticked_by = '${person}', ticked_by_name = 'X', ticked_at = now()
     where sample_id = '${sampleId}' and deal_id = '${dealId}'`;
  const off = (person: string) =>
    `update audit_samples set signed_off_by = '${person}', signed_off_by_name = 'X', signed_off_at = now(), conclusion = 'Good.'
     where id = '${sampleId}'`;
  expect(await refusal("fay", ticked("fay"))).toMatch(/an auditor ticks a sampled deal in person/);
  expect(await refusal("aude", ticked("abel"))).toMatch(/an auditor ticks a sampled deal in person/);
  expect(await refusal("abel", off("abel"))).toMatch(/a deal of the sample is not looked at yet/);
  expect(
    await refusal(
      "abel",
      `insert into sampled_deals (sample_id, deal_id, place) values ('${sampleId}', 'D-1', 9)`,
    ),
  ).toMatch(/no deal is added to a sample that was drawn/);
  await aude(tickSampledDeal, { sampleId, dealId: one, verdict: "holds" });
  await aude(tickSampledDeal, { sampleId, dealId: two, verdict: "holds" });
  expect(await refusal("aude", off("aude"))).toMatch(/who ticked a sample does not sign it off/);
  expect(await refusal("aude", off("abel"))).toMatch(/in person/);
  expect(await refusal("fay", off("fay"))).toMatch(/an auditor draws and signs off a sample in person/);
  expect(await refusal("aude", `update audit_samples set seed = 'five' where id = '${sampleId}'`)).toMatch(
    /a sample stays as it was drawn/,
  );
  await abel(signOffSample, { sampleId, conclusion: "Both hold." });
  expect(await refusal("aude", ticked("aude", two))).toMatch(/signed off: no deal of it is ticked any more/);
  expect(
    await refusal("abel", `update audit_samples set conclusion = 'None.' where id = '${sampleId}'`),
  ).toMatch(/stays as it was drawn, and as it was signed off/);
  expect(await refusal("abel", `delete from sampled_deals where sample_id = '${sampleId}'`)).toMatch(
    /stays on record/,
  );
  expect(await refusal("abel", `delete from audit_samples where id = '${sampleId}'`)).toMatch(
    /stays on record/,
  );
});
