import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { acceptCorrection } from "../correction/accept-correction";
import { proposeCorrection } from "../correction/propose-correction";
import { agreedForYears, SIGNERS } from "../review/freeze.fixture";
import { tagPartner } from "../role/tag-partner";
import { closeDeal } from "./close-deal";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const ROW = { role: "sourcer", touchStage: 0, touchedOn: "2026-05-01" };
const proposed = async (who: "pam" | "rita" = "pam") => {
  const dealId = await company.deal();
  await company.as("ana", tagPartner, { dealId, ...ROW, partnerId: "P-1" });
  await company.as(who, tagPartner, { dealId, ...ROW, partnerId: "P-2", role: "co_seller" });
  return dealId;
};
const standing = async (dealId: string) => {
  const [deal] = await company.client.db.execute(sql`
    select outcome::text as outcome, closed_on::text as "closedOn", no_partner_on::text as "noPartnerOn",
      no_partner_by as "noPartnerBy", (select json_agg(confirmed_by order by partner_id) from role_rows r
        where r.deal_id = d.id) as "confirmedBy", (select confirmed from judged_deals j where j.deal_id = d.id) as confirmed
    from deals d where id = ${dealId}`);
  return deal;
};
const close = (dealId: string, more: object, who: "ana" | "rita" = "ana") =>
  company.as(who, closeDeal, { dealId, outcome: "won", ...more });

test("these partners: what waits is confirmed with the close, each row in the log", async () => {
  const dealId = await proposed();
  await expect(close(dealId, {})).rejects.toMatchObject({ rule: expect.stringMatching(/1 role row waits/) });
  const { request } = await close(dealId, { involved: "these" });
  expect(await standing(dealId)).toEqual({
    ...{ outcome: "won", closedOn: TODAY, noPartnerOn: null, noPartnerBy: null, confirmed: true },
    confirmedBy: ["ana", "ana"],
  });
  const entries = await company.client.db.execute<{ kind: string; action: string }>(
    sql`select subject_kind as kind, action from audit_log where request = ${request} order by id`,
  );
  expect([...entries]).toEqual([
    { kind: "role_row", action: "close-deal" },
    { kind: "deal", action: "close-deal" },
  ]);
});

test("no partner involved: said with the close", async () => {
  const dealId = await company.deal();
  await expect(close(dealId, { involved: "these" })).rejects.toMatchObject({
    rule: expect.stringMatching(/name the partner/),
  });
  await close(dealId, { involved: "none" });
  expect(await standing(dealId)).toMatchObject({
    ...{ outcome: "won", noPartnerOn: TODAY, noPartnerBy: "ana", confirmed: true },
  });
});

test("what could not be answered by hand is not answered so, and nothing is half done", async () => {
  const named = await company.deal();
  await company.as("ana", tagPartner, { dealId: named, ...ROW, partnerId: "P-1" });
  await expect(close(named, { involved: "none" })).rejects.toMatchObject({
    rule: expect.stringMatching(/1 role row names a partner/),
  });
  // Who proposed a row does not confirm it, unless they are its AE (§9).
  const own = await proposed("rita");
  await expect(close(own, { involved: "these" }, "rita")).rejects.toMatchObject({
    code: "forbidden",
    rule: expect.stringMatching(/You proposed this row/),
  });
  expect(await standing(named)).toMatchObject({ outcome: "open", noPartnerOn: null, confirmedBy: ["ana"] });
  expect(await standing(own)).toMatchObject({
    outcome: "open",
    confirmed: false,
    confirmedBy: ["ana", null],
  });
});

test("nobody alone dates a close back under a memo that has ended; two do, by a correction", async () => {
  await agreedForYears(company.url, SIGNERS);
  const owner = postgres(company.url, { max: 1, onnotice: () => {} });
  // A second memo from 10 May on: the guards let nobody sign for a day that has passed.
  await owner.begin(async (own) => {
    await own`set local session_replication_role = replica`;
    await own`update policies set period = '[2001-01-01,2026-05-10)' where id = 'M-years'`;
    await own`insert into policies (id, title, document, canonical, hash, active_from, proposed_at, period)
      select 'M-next', 'The next memo', document, canonical, hash, '2026-05-10', now(), '[2026-05-10,)' from policies`;
    await own`insert into signatures (policy_id, seat, user_id, name, hash)
      select 'M-next', seat, user_id, name, hash from signatures`;
  });
  await owner.end();
  const dealId = await company.deal();
  for (const who of ["ana", "rita"] as const)
    await expect(
      close(dealId, { outcome: "lost", involved: "none", closedOn: "2026-05-09" }, who),
    ).rejects.toMatchObject({
      field: "closedOn",
      value: "2026-05-09",
      rule: expect.stringMatching(/a day of “The memo”.* close it on 10 May 2026 or later/),
    });
  await close(dealId, { involved: "none", closedOn: "2026-05-10" });
  const asked = { dealId, changes: { closedOn: "2026-05-09" }, reason: "signed on the ninth" };
  const { correctionId } = await company.as("ana", proposeCorrection, asked);
  await company.as("fay", acceptCorrection, { correctionId });
  expect(await standing(dealId)).toMatchObject({ outcome: "won", closedOn: "2026-05-09" });
});
