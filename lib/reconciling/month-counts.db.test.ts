import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { withdrawException } from "@/lib/commands/exception/withdraw-exception";
import { reconcileDeal } from "@/lib/commands/reconciliation/reconcile-deal";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { undo } from "@/lib/commands/undo";
import { isRefusal } from "@/lib/errors";
import { judgeDeals, judgeStale } from "@/lib/judging/judge";
import { checkProjections, rebuild } from "@/lib/judging/rebuild";
import { foldTallies } from "@/lib/judging/tallies";
import { DECIDED_STATES, kindsOf } from "@/lib/metrics/reconciled";
import { readClosedDeals } from "./closed-deals";
import { confirmedShares, countAll, countMonth, countStates } from "./month-counts";
import { monthOf } from "./months";

const MONTH = monthOf("2026-04");
const CLOSE = "2026-04-20";
const AFTER = "2026-05-04";

let company: Company;
beforeAll(async () => {
  process.env.SIGNING_KEYS ??= JSON.stringify([newSigningKey()]);
  company = await openCompany();
});
afterAll(() => company.close());

/** The month as its deals say, judged one by one as they stand. */
async function straight() {
  const within = sql`d.closed_on between ${MONTH.from}::date and ${MONTH.to}::date`;
  const counts = new Map<string, number>();
  for (const { state, found, facts } of await readClosedDeals(company.client.db, AFTER, within)) {
    const key = [state, facts.deal.outcome, ...kindsOf(found)].join("/");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

async function kept() {
  await judgeStale(company.client, AFTER);
  const counted = await countMonth(company.client.db, MONTH);
  return Object.fromEntries(
    counted.map(({ decided, endedAs, found, deals }) => [[decided, endedAs, ...found].join("/"), deals]),
  );
}

/** What people do about one deal of the month; what the house refuses is refused. */
const STEPS = {
  tag: (dealId) =>
    company.as("ana", tagPartner, { dealId, partnerId: "P-1", role: "sourcer" }, { today: "2026-04-03" }),
  tagLate: (dealId) =>
    company.as("ana", tagPartner, { dealId, partnerId: "P-2", role: "co_seller" }, { today: AFTER }),
  log: (dealId) => log(dealId, "2026-04-11"),
  logLate: (dealId) => log(dealId, AFTER),
  none: (dealId) => company.as("ana", confirmNoPartner, { dealId }, { today: "2026-04-12" }),
  win: (dealId) => company.as("ana", closeDeal, { dealId, outcome: "won" }, { today: CLOSE }),
  lose: (dealId) => company.as("ana", closeDeal, { dealId, outcome: "lost" }, { today: CLOSE }),
  mirrored: (dealId) =>
    guardedTransaction(company.client, { actor: "system:test", request: "mirror" }, async (tx) => {
      await tx.execute(sql`update deals set outcome = 'won', closed_on = ${CLOSE}, version = version + 1
        where id = ${dealId} and outcome = 'open'`);
      await judgeDeals(tx, [dealId], CLOSE);
    }),
  confirm: async (dealId) => {
    const [row] = await company.client.db.execute<{ id: string }>(
      sql`select id from role_rows where deal_id = ${dealId} and confirmed_on is null limit 1`,
    );
    if (row) await company.as("ana", confirmRole, { rowId: row.id }, { today: AFTER });
  },
  stands: async (dealId) => reconciled(dealId, true),
  takeBack: async (dealId) => {
    await tried(() => reconciled(dealId, true));
    await reconciled(dealId, false);
  },
  raise: (dealId) =>
    company.as("pam", raiseException, { dealId, kind: "other", claim: "look again" }, { today: AFTER }),
  withdraw: async (dealId) => {
    const [raised] = await company.client.db.execute<{ id: string }>(
      sql`select id from exceptions where deal_id = ${dealId} and origin = 'raised' and settled_at is null limit 1`,
    );
    if (raised)
      await company.as("pam", withdrawException, { exceptionId: raised.id, reason: "no" }, { today: AFTER });
  },
  gateAsksAll: () => company.as("rita", editSettings, { gateFrom: "2026-04-01" }, { today: AFTER }),
  gateAsksNone: async () => {
    const done = await company.as("rita", editSettings, { gateFrom: null }, { today: AFTER });
    await company.as("rita", undo, { request: done.request }, { today: AFTER });
  },
} satisfies Record<string, (dealId: string) => Promise<unknown>>;

const log = (dealId: string, recordedOn: string) =>
  company.as(
    "pam",
    logActivity,
    {
      ...{ dealId, partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-04-10" },
      ...{ involvement: "direct", proof: "https://proof.example/1" },
    },
    { today: recordedOn },
  );

async function reconciled(dealId: string, stands: boolean): Promise<void> {
  const [deal] = await company.client.db.execute<{ version: number }>(
    sql`select version from deals where id = ${dealId}`,
  );
  await company.as("fay", reconcileDeal, { dealId, version: deal!.version, stands }, { today: AFTER });
}

/** Does a step; gives whether the house let it. */
async function tried(step: () => Promise<unknown>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

const names = Object.keys(STEPS) as (keyof typeof STEPS)[];

test("whatever is done, in whatever order, a month is counted as its deals judged one by one say", async () => {
  const done = new Set<string>();
  const seen = new Set<string>();
  const steps = fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...names)), { minLength: 8, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(steps, async (asked) => {
      const deals: string[] = [];
      for (let each = 0; each < 3; each++) {
        const deal = { account: "Larkfield", amount: 1_000_000, currency: "USD", stage: 2 };
        const call = { today: "2026-04-01" };
        const { dealId } = await company.as("ana", createDeal, { ...deal, createdOn: call.today }, call);
        deals.push(dealId as string);
      }
      for (const [at, name] of asked) if (await tried(() => STEPS[name](deals[at]!))) done.add(name);
      const now = await kept();
      expect(now).toEqual(await straight());
      for (const key of Object.keys(now)) seen.add(key.split("/")[0]!);
    }),
    {
      ...{ numRuns: 20, seed: 7 },
      examples: [
        [
          [
            [0, "lose"],
            [0, "stands"],
            [1, "lose"],
            [1, "raise"],
            [2, "tag"],
            [2, "log"],
            [2, "win"],
          ],
        ],
      ],
    },
  );
  expect([...done].sort()).toEqual([...names].sort());
  const counted = await countMonth(company.client.db, MONTH);
  expect([...seen].sort()).toEqual([...DECIDED_STATES].sort());
  const states = Object.values(countStates(counted));
  expect(states.reduce((sum, deals) => sum + deals, 0)).toBe(countAll(counted));
  expect(countAll(counted)).toBe(Object.values(await straight()).reduce((sum, deals) => sum + deals, 0));
  const { won, lost } = confirmedShares(counted);
  expect(won.closed + lost.closed).toBe(countAll(counted));
  expect(await checkProjections(company.client, AFTER)).toBeNull();
  await foldTallies(company.client);
  expect(await kept()).toEqual(await straight());
}, 120_000);

test("what is kept of a month is compared with its recomputation, and put right", async () => {
  const change = (statement: ReturnType<typeof sql>) =>
    guardedTransaction(company.client, { actor: "system:test", request: "break" }, (tx) =>
      tx.execute(statement),
    );
  await change(sql`update judged_deals set decided = 'stands' where deal_id = (
    select deal_id from judged_deals where decided = 'undecided' order by deal_id limit 1)`);
  expect(await checkProjections(company.client, AFTER)).toMatchObject({
    at: expect.stringContaining("decided"),
    kept: expect.stringContaining("stands"),
  });
  await rebuild(company.client, AFTER);
  await change(sql`delete from tally_changes where kind = 'reconciled'`);
  await change(sql`update tallies set deals = deals + 1 where kind = 'reconciled' and counts_as = 'clear'`);
  expect(await checkProjections(company.client, AFTER)).toMatchObject({
    at: expect.stringContaining("reconciled"),
  });
  await rebuild(company.client, AFTER);
  expect(await checkProjections(company.client, AFTER)).toBeNull();
  expect(await kept()).toEqual(await straight());
});
