import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { CRM_GATE } from "@/lib/auth/actor";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { vouchActivity } from "@/lib/commands/activity/vouch-activity";
import { withdrawActivity } from "@/lib/commands/activity/withdraw-activity";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { recordReceipt } from "@/lib/commands/deal/record-receipt";
import { importBatch } from "@/lib/commands/import/import-batch";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { mergePartners } from "@/lib/commands/partner/merge-partners";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { judgeDeals } from "@/lib/judging/judge";
import { gateDeal } from "../deal/gate-deal";
import { answer } from "../query";
import { reconciliation } from "./reconciliation";

const ASKED = "2026-05-20";
const LATER = "2026-05-25";
const WORK = {
  ...{ partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-05-10" },
  ...{ involvement: "direct", proof: "https://proof.example/1" },
};

let company: Company;
beforeAll(async () => {
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  company = await openCompany();
  await company.as("rita", editSettings, { gateFrom: "2026-05-01" });
});
afterAll(async () => {
  await company.close();
  vi.unstubAllEnvs();
});

const on = (today: string) => ({ today });
let made = 0;

/** An open deal whose attribution is answered, and on which nothing but the receipt can be found. */
async function sold(createdOn = "2026-05-02"): Promise<{ dealId: string; activityId: string }> {
  const deal = {
    id: `006-${++made}`,
    account: "Larkfield",
    amount: 100_000,
    currency: "USD",
    stage: 1,
    createdOn,
  };
  const { dealId } = await company.as("ana", createDeal, deal, on(createdOn));
  const row = { dealId, partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: createdOn };
  await company.as("ana", tagPartner, row, on("2026-05-11"));
  const { activityId } = await company.as("pam", logActivity, { dealId, ...WORK }, on("2026-05-11"));
  return { dealId, activityId: activityId as string };
}

async function gate(dealId: string, as: "won" | "lost" = "won"): Promise<string> {
  const context = { db: company.client.db, actor: CRM_GATE, today: ASKED };
  const { allowed, answer: said } = await answer(gateDeal, { dealId, as, closedOn: undefined }, context);
  expect(allowed).toBe(true);
  return said!.receipt;
}

/** What a mirror writes of a deal: it asks nobody. */
const mirror = (dealId: string, statement: ReturnType<typeof sql>) =>
  guardedTransaction(company.client, { actor: "system:test", request: "mirror" }, async (tx) => {
    await tx.execute(statement);
    await judgeDeals(tx, [dealId], ASKED);
  });
const keep = (dealId: string, receipt: string) =>
  mirror(dealId, sql`update deals set gate_receipt = ${receipt} where id = ${dealId}`);

const found = async (dealId: string, today = LATER) => {
  const context = { db: company.client.db, actor: company.actor("fay"), today };
  const asked = reconciliation.input.parse({ month: "2026-05", dealId });
  const { rows } = await answer(reconciliation, asked, context);
  return rows[0]!.found.map(({ kind }) => kind);
};

/** Which receipt the CRM kept, and whether it is one of this installation's, of this deal's, for a win. */
const RECEIPTS: Record<string, { good: boolean; bring(dealId: string): Promise<unknown> }> = {
  none: { good: false, bring: async () => {} },
  "its own": {
    good: true,
    bring: async (dealId) =>
      company.as("ana", recordReceipt, { dealId, receipt: await gate(dealId) }, on(ASKED)),
  },
  "another deal's": {
    good: false,
    bring: async (dealId) => keep(dealId, await gate((await sold()).dealId)),
  },
  "one for a loss": { good: false, bring: async (dealId) => keep(dealId, await gate(dealId, "lost")) },
  "a forged one": {
    good: false,
    bring: async (dealId) => {
      const [head, body, signature] = (await gate(dealId)).split(".");
      await keep(dealId, `${head}.${body}.${signature!.startsWith("A") ? "B" : "A"}${signature!.slice(1)}`);
    },
  },
  "a text": { good: false, bring: (dealId) => keep(dealId, "asked, all well") },
};

/** What happened after the gate's answer, and whether it is another fact. */
const SINCE: Record<string, { moves: boolean; happen(of: { dealId: string; activityId: string }): unknown }> =
  {
    nothing: { moves: false, happen: () => {} },
    "a second hand": {
      moves: false,
      happen: ({ activityId }) => company.as("ana", vouchActivity, { activityId }, on(LATER)),
    },
    "something done after the sale": {
      moves: false,
      happen: ({ dealId }) =>
        company.as("pam", logActivity, { dealId, ...WORK, stage: 6, occurredOn: "2026-05-24" }, on(LATER)),
    },
    "an activity logged late": {
      moves: true,
      happen: ({ dealId }) =>
        company.as("pam", logActivity, { dealId, ...WORK, proof: "https://proof.example/2" }, on(LATER)),
    },
    "another amount": {
      moves: true,
      happen: ({ dealId }) =>
        mirror(dealId, sql`update deals set amount = amount + 1, amended_on = ${LATER} where id = ${dealId}`),
    },
  };

const CASES = Object.keys(RECEIPTS).flatMap((receipt) =>
  Object.keys(SINCE).flatMap((since) =>
    [ASKED, "2026-05-19"].map((closedOn) => ({ receipt, since, closedOn })),
  ),
);

test.each(CASES)(
  "won in the CRM on $closedOn with $receipt, then $since",
  async ({ receipt, since, closedOn }) => {
    const of = await sold();
    await RECEIPTS[receipt]!.bring(of.dealId);
    await mirror(
      of.dealId,
      sql`update deals set outcome = 'won', closed_on = ${closedOn} where id = ${of.dealId}`,
    );
    await SINCE[since]!.happen(of);
    const current = RECEIPTS[receipt]!.good && !SINCE[since]!.moves && closedOn === ASKED;
    const is = await found(of.dealId);
    expect(is.length, is.join()).toBe(current ? 0 : 1);
    const isOurs = ["its own", "one for a loss"].includes(receipt);
    expect(is).toEqual(current ? [] : [isOurs ? "outdated_receipt" : "no_receipt"]);
  },
);

test("what the app's own door closed, what was lost, and what closed before the CRM asked owes none", async () => {
  const own = await sold();
  await company.as("ana", closeDeal, { dealId: own.dealId, outcome: "won" }, on(ASKED));
  const lost = await sold();
  await mirror(
    lost.dealId,
    sql`update deals set outcome = 'lost', closed_on = ${ASKED} where id = ${lost.dealId}`,
  );
  const early = await sold();
  await mirror(
    early.dealId,
    sql`update deals set outcome = 'won', closed_on = ${ASKED} where id = ${early.dealId}`,
  );
  expect(await found(own.dealId)).toEqual([]);
  expect(await found(lost.dealId)).toEqual([]);
  expect(await found(early.dealId)).toEqual(["no_receipt"]);
  await company.as("rita", editSettings, { gateFrom: "2026-05-21" });
  expect(await found(early.dealId)).toEqual([]);
  await company.as("rita", editSettings, { gateFrom: null });
  expect(await found(early.dealId)).toEqual([]);
  await company.as("rita", editSettings, { gateFrom: "2026-05-01" });
  expect(await found(early.dealId)).toEqual(["no_receipt"]);
});

test("a file brings it; what is claimed since makes it outdated, and withdrawn again it is not", async () => {
  const { dealId } = await sold();
  const late = { dealId, ...WORK, proof: "https://proof.example/3" };
  const values = {
    ...{
      id: dealId,
      account: "Larkfield",
      owner: "Ana Ruiz",
      amount: "1000.00",
      currency: "USD",
      type: "new",
    },
    ...{ route: "direct", created_on: "2026-05-02", closed_on: ASKED, outcome: "won" },
    gate_receipt: await gate(dealId),
  };
  const batch = { kind: "deals", rows: [{ line: 2, values }] };
  const { refused } = await company.as("rita", importBatch, batch, on("2026-05-21"));
  expect(refused).toEqual([]);
  expect(await found(dealId)).toEqual([]);
  const { activityId: extra } = await company.as("pam", logActivity, late, on(LATER));
  expect(await found(dealId)).toEqual(["outdated_receipt"]);
  await company.as("pam", withdrawActivity, { activityId: extra }, on(LATER));
  expect(await found(dealId)).toEqual([]);
});

test("a receipt that is none, or another deal's, is refused by the verb, and kept by nobody else than its AE", async () => {
  const { dealId } = await sold();
  const receipt = await gate((await sold()).dealId);
  const keepAs = (who: "ana" | "ben" | "pam", text: string) =>
    company.as(who, recordReceipt, { dealId, receipt: text }, on(ASKED));
  await expect(keepAs("ana", receipt)).rejects.toMatchObject({ rule: "is the receipt of another deal" });
  await expect(keepAs("ana", "nothing")).rejects.toMatchObject({
    rule: "is no receipt of this installation",
  });
  await expect(keepAs("ben", receipt)).rejects.toMatchObject({ code: "forbidden" });
  await expect(keepAs("pam", receipt)).rejects.toMatchObject({ code: "forbidden" });
});

test("a deal's 15 and 18 characters of Salesforce are one deal to the gate", async () => {
  const deal = {
    id: "006A1000003xYzA",
    account: "Larkfield",
    amount: 1,
    currency: "USD",
    createdOn: "2026-05-02",
  };
  await company.as("rita", createDeal, { ...deal, owner: "Ana Ruiz" }, on("2026-05-02"));
  const context = { db: company.client.db, actor: CRM_GATE, today: ASKED };
  const { link } = await answer(
    gateDeal,
    { dealId: "006A1000003xYzAIAU", as: "won", closedOn: undefined },
    context,
  );
  expect(link).toMatch(/\/deals\/006A1000003xYzA$/);
});

test("a key that was taken away takes its receipts with it", async () => {
  const { dealId } = await sold();
  await company.as("ana", recordReceipt, { dealId, receipt: await gate(dealId) }, on(ASKED));
  await mirror(dealId, sql`update deals set outcome = 'won', closed_on = ${ASKED} where id = ${dealId}`);
  expect(await found(dealId)).toEqual([]);
  const before = process.env.SIGNING_KEYS!;
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  expect(await found(dealId)).toEqual(["no_receipt"]);
  vi.stubEnv("SIGNING_KEYS", before);
  expect(await found(dealId)).toEqual([]);
});

test("a receipt of before a merge is one of the partner that the record became, and of nobody else", async () => {
  const { dealId } = await sold();
  const receipt = await gate(dealId);
  const into = { id: `P-into-${dealId}`, name: "Northgate Group", kind: "integrator" };
  await company.as("pam", createPartner, into);
  const other = { id: `P-other-${dealId}`, name: "Halden", kind: "integrator" };
  await company.as("pam", createPartner, other);
  await company.as("hope", mergePartners, { mergedId: "P-1", intoId: into.id }, on("2026-05-21"));
  await keep(dealId, receipt);
  // The house hears of the close only now.
  await mirror(dealId, sql`update deals set outcome = 'won', closed_on = ${ASKED} where id = ${dealId}`);
  expect(await found(dealId)).toEqual([]);
  await mirror(dealId, sql`update role_rows set partner_id = ${other.id} where deal_id = ${dealId}`);
  await mirror(dealId, sql`update activities set partner_id = ${other.id} where deal_id = ${dealId}`);
  expect(await found(dealId)).toEqual(["outdated_receipt"]);
});
