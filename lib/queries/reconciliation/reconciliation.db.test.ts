/** A month from its closes to its lock, each kind made and settled, over one company; long for that. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { guardedTransaction } from "@/db/connection/transaction";
import { FINDINGS } from "@/lib/attribution/reconciliation";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { confirmNoPartners } from "@/lib/commands/deal/confirm-no-partners";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { withdrawException } from "@/lib/commands/exception/withdraw-exception";
import { lockMonth } from "@/lib/commands/reconciliation/lock-month";
import { reconcileDeal } from "@/lib/commands/reconciliation/reconcile-deal";
import { unlockMonth } from "@/lib/commands/reconciliation/unlock-month";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { judgeDeals } from "@/lib/judging/judge";
import { DECIDED_STATES, type DecidedState } from "@/lib/metrics/reconciled";
import { readClosedDeals } from "@/lib/reconciling/closed-deals";
import { writePlace } from "../place";
import { answer } from "../query";
import { reconciliation } from "./reconciliation";

const CLOSE = "2026-04-20";
const AFTER = "2026-05-04";
const ROW = { partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-04-02" };
const WORK = {
  ...{ partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-04-10" },
  ...{ involvement: "direct", proof: "https://proof.example/1" },
};

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

type Who = Parameters<Company["as"]>[0];
const on = (today: string) => ({ today });
const ask = async (input: z.input<typeof reconciliation.input> = {}, who: Who = "fay", today = AFTER) => {
  const context = { db: company.client.db, actor: company.actor(who), today };
  return reconciliation.output.parse(
    await answer(reconciliation, reconciliation.input.parse(input), context),
  );
};
const lineOf = async (dealId: string, who: Who = "fay") => {
  const { rows } = await ask({ month: "2026-04", dealId }, who);
  return rows[0]!;
};
/** All pages of a question, one after the other. */
async function walked(input: z.input<typeof reconciliation.input>) {
  const first = await ask(input);
  const rows = [...first.rows];
  for (let { next } = first; next !== null; ) {
    const page = await ask({ ...input, after: next });
    expect({ ...page, rows: [], next: null }).toEqual({ ...first, rows: [], next: null });
    rows.push(...page.rows);
    next = page.next;
  }
  return { rows, total: first.total };
}
const found = async (dealId: string) =>
  (await lineOf(dealId)).found.map(({ kind, partner, suggestion }) => [
    kind,
    partner?.name ?? null,
    suggestion,
  ]);

async function open(): Promise<string> {
  const deal = {
    account: "Larkfield",
    amount: 1_000_000,
    currency: "USD",
    stage: 2,
    createdOn: "2026-04-01",
  };
  return (await company.as("ana", createDeal, deal, on("2026-04-01"))).dealId as string;
}
/** Lost needs no answer; so what is found of it was closed without one. */
const lose = (dealId: string) => company.as("ana", closeDeal, { dealId, outcome: "lost" }, on(CLOSE));
/** Won in the CRM, whatever the gate says. */
const mirrorWon = (dealId: string) =>
  guardedTransaction(company.client, { actor: "system:test", request: "mirror" }, async (tx) => {
    await tx.execute(
      sql`update deals set outcome = 'won', closed_on = ${CLOSE}, version = version + 1 where id = ${dealId}`,
    );
    await judgeDeals(tx, [dealId], CLOSE);
  });

describe("each kind is found from facts, and settled by facts, a decision or a case", () => {
  test("closed without confirmation: its AE answers, late", async () => {
    const nobody = await open();
    await lose(nobody);
    expect(await found(nobody)).toEqual([["unconfirmed", null, "no_partner"]]);
    expect((await lineOf(nobody, "ana")).may).toMatchObject({ noPartner: true, stands: expect.any(String) });
    await company.as("ana", confirmNoPartner, { dealId: nobody }, on(AFTER));
    expect(await lineOf(nobody)).toMatchObject({ state: "clear", found: [], noPartner: true });

    const waiting = await open();
    const { rowId } = await company.as("pam", tagPartner, { dealId: waiting, ...ROW }, on("2026-04-03"));
    await company.as("pam", logActivity, { dealId: waiting, ...WORK }, on("2026-04-11"));
    await mirrorWon(waiting);
    expect(await found(waiting)).toEqual([["unconfirmed", "Northgate", "confirm"]]);
    expect((await lineOf(waiting, "ana")).may.confirm).toEqual([
      { rowId, partner: { id: "P-1", name: "Northgate" }, may: true },
    ]);
    expect((await lineOf(waiting)).may.stands).toBe(
      "It was won without a confirmation: its AE confirms the attribution, or the two sides decide",
    );
    await company.as("ana", confirmRole, { rowId }, on(AFTER));
    expect((await lineOf(waiting)).state).toBe("clear");
  });

  test("activity but no row, and row but no activity: left as they stand, with a reason", async () => {
    const dealId = await open();
    await company.as("ana", tagPartner, { dealId, ...ROW, partnerId: "P-2" }, on("2026-04-03"));
    await company.as("pam", logActivity, { dealId, ...WORK }, on("2026-04-11"));
    await company.as("ana", closeDeal, { dealId, outcome: "won" }, on(CLOSE));
    expect(await found(dealId)).toEqual([
      ["activity_without_row", "Northgate", "stands"],
      ["row_without_activity", "Halden", "stands"],
    ]);
    const line = await lineOf(dealId);
    expect(line).toMatchObject({ state: "undecided", as: "won", may: { stands: true } });
    expect(line.partners).toEqual([
      expect.objectContaining({
        partner: { id: "P-1", name: "Northgate" },
        roles: [],
        activities: 1,
        proven: 1,
      }),
      expect.objectContaining({ roles: [{ role: "sourcer", confirmed: true }], activities: 0, lastOn: null }),
    ]);
    const stands = { dealId, version: line.version, reason: "Halden sent the lead, no more" };
    await company.as("hope", reconcileDeal, stands, on(AFTER));
    const decided = await lineOf(dealId);
    expect(decided).toMatchObject({
      state: "stands",
      decision: { on: AFTER, by: { id: "hope", name: "Hope Adler" }, reason: stands.reason, holds: true },
    });
    // It says nothing of what comes later.
    const late = { dealId, ...WORK, partnerId: "P-2", occurredOn: "2026-04-12" };
    await company.as("pam", logActivity, late, on(AFTER));
    expect(await lineOf(dealId)).toMatchObject({ state: "undecided", decision: { holds: false } });
  });

  test("what a case passes on is decided there; withdrawn, it is undecided again", async () => {
    const dealId = await open();
    await company.as("pam", logActivity, { dealId, ...WORK, proof: null }, on("2026-04-11"));
    await company.as("ana", confirmNoPartner, { dealId }, on("2026-04-12"));
    await lose(dealId);
    expect((await lineOf(dealId)).state).toBe("undecided");
    const raised = { dealId, kind: "other", claim: "Northgate was there" };
    const { exceptionId } = await company.as("pam", raiseException, raised, on(AFTER));
    expect(await lineOf(dealId)).toMatchObject({
      state: "exception",
      exception: { id: exceptionId, quarter: "2026-Q2", settled: false },
    });
    await company.as("pam", withdrawException, { exceptionId, reason: "no" }, on(AFTER));
    expect((await lineOf(dealId)).state).toBe("undecided");
  });

  test("a decision is taken back while the month is open", async () => {
    const dealId = await open();
    await lose(dealId);
    const { version } = await lineOf(dealId);
    await company.as("fay", reconcileDeal, { dealId, version }, on(AFTER));
    expect((await lineOf(dealId)).state).toBe("stands");
    await company.as("fay", reconcileDeal, { dealId, version: version + 1, stands: false }, on(AFTER));
    expect(await lineOf(dealId)).toMatchObject({ state: "undecided", decision: null });
  });
});

test("a month is counted and walked as its deals judged one by one say", async () => {
  const quiet = await open();
  await company.as("ana", tagPartner, { dealId: quiet, ...ROW }, on("2026-04-03"));
  await company.as("pam", logActivity, { dealId: quiet, ...WORK }, on("2026-04-11"));
  await company.as("ana", closeDeal, { dealId: quiet, outcome: "won" }, on(CLOSE));
  const rowAlone = await open();
  await company.as("ana", tagPartner, { dealId: rowAlone, ...ROW }, on("2026-04-03"));
  await company.as("ana", closeDeal, { dealId: rowAlone, outcome: "won" }, on(CLOSE));
  const activityAlone = await open();
  await company.as("pam", logActivity, { dealId: activityAlone, ...WORK }, on("2026-04-11"));
  await company.as("ana", closeDeal, { dealId: activityAlone, outcome: "won", involved: "none" }, on(CLOSE));
  const { version } = await lineOf(rowAlone);
  await company.as("hope", reconcileDeal, { dealId: rowAlone, version, reason: "so it was" }, on(AFTER));
  const raised = { dealId: activityAlone, kind: "other", claim: "look again" };
  const { exceptionId } = await company.as("pam", raiseException, raised, on(AFTER));
  await lose(await open());
  const within = sql`d.closed_on between '2026-04-01' and '2026-04-30'`;
  const looked = await readClosedDeals(company.client.db, AFTER, within);
  expect(new Set(looked.map(({ state }) => state)).size).toBe(4);
  const rank = ({ state }: { state: DecidedState }) => DECIDED_STATES.indexOf(state);
  for (const kind of [undefined, ...FINDINGS])
    for (const as of [undefined, "won", "lost"] as const) {
      const among = looked
        .filter((one) => as === undefined || one.facts.deal.outcome === as)
        .filter(({ found }) => kind === undefined || found.some((one) => one.kind === kind))
        .toSorted((one, other) => rank(one) - rank(other))
        .map(({ id, state, found }) => ({ id, state, found: found.map((one) => one.kind) }));
      const { rows, total } = await walked({ month: "2026-04", kind, as, limit: 3 });
      expect(rows.map((one) => ({ ...one, found: one.found.map((each) => each.kind) }))).toEqual(
        among.map(({ id, ...rest }) => expect.objectContaining({ dealId: id, ...rest })),
      );
      expect(total).toBe(among.length);
    }
  expect((await lineOf(quiet)).partners).toHaveLength(1);
  await company.as("pam", withdrawException, { exceptionId, reason: "no" }, on(AFTER));
});

test("a cursor that is none of ours is refused", async () => {
  await expect(ask({ month: "2026-04", after: "there" })).rejects.toMatchObject({ field: "after" });
  const other = writePlace(["2026-04-20", "D-1"]);
  await expect(ask({ month: "2026-04", after: other })).rejects.toMatchObject({ field: "after" });
});

test("of two who decide about one deal at once, one decides and the other sees a conflict", async () => {
  for (let round = 0; round < 5; round++) {
    const dealId = await open();
    await lose(dealId);
    const { version } = await lineOf(dealId);
    const both = await Promise.allSettled(
      (["fay", "hope"] as const).map((who) =>
        company.as(who, reconcileDeal, { dealId, version, reason: who }, on(AFTER)),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = both.find((one) => one.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "conflict", field: "version" });
    const won = both.findIndex(({ status }) => status === "fulfilled");
    expect((await lineOf(dealId)).decision?.reason).toBe(["fay", "hope"][won]);
  }
});

describe("the month", () => {
  const MONTH = { month: "2026-04" };

  test("does not lock while a deal is undecided, nor before it has ended, and says how many", async () => {
    const { counts, total, may } = await ask(MONTH);
    expect(counts.undecided).toBeGreaterThan(1);
    const rule = `${counts.undecided} of ${total} deals closed in April 2026 are undecided`;
    expect(may.lock).toBe(rule);
    await expect(company.as("fay", lockMonth, MONTH, on(AFTER))).rejects.toMatchObject({ rule });
    const early = company.as("fay", lockMonth, MONTH, on("2026-04-30"));
    await expect(early).rejects.toMatchObject({ rule: "April 2026 has not ended" });
    expect((await ask({ ...MONTH, state: "undecided" })).rows).toHaveLength(counts.undecided);
  });

  test("locks once all are decided, with the two confirmed shares; then nothing is decided anew but by a case", async () => {
    for (const { dealId, version, may } of (await ask({ ...MONTH, state: "undecided" })).rows)
      if (may.stands === true) await company.as("fay", reconcileDeal, { dealId, version }, on(AFTER));
    const { counts, confirmed, total, may, ended } = await ask(MONTH);
    expect({ undecided: counts.undecided, ended, lock: may.lock }).toEqual({
      undecided: 0,
      ended: true,
      lock: true,
    });
    expect(confirmed.won.closed + confirmed.lost.closed).toBe(total);
    expect(confirmed.won).toEqual({ closed: 5, confirmed: 5 });
    expect(confirmed.lost.confirmed).toBe(2);
    expect(confirmed.lost.closed).toBeGreaterThan(5);
    await company.as("fay", lockMonth, MONTH, on(AFTER));
    const locked = await ask(MONTH);
    expect(locked.locked).toEqual({ on: AFTER, by: { id: "fay", name: "Fay Chen" } });
    const [stored] = await company.client.db.execute(
      sql`select won, won_confirmed, lost, lost_confirmed from locked_months where month = '2026-04'`,
    );
    expect(stored).toEqual({
      ...{ won: 5, won_confirmed: 5 },
      ...{ lost: confirmed.lost.closed, lost_confirmed: 2 },
    });
    const { dealId, version } = locked.rows.find(({ state }) => state === "stands")!;
    const again = company.as("hope", reconcileDeal, { dealId, version, stands: false }, on(AFTER));
    const rule = "April 2026 is locked: raise an exception, or have finance unlock it";
    await expect(again).rejects.toMatchObject({ rule });
    await company.as("hope", raiseException, { dealId, kind: "other", claim: "look again" }, on(AFTER));
    // A late answer is one as well: the AE's, on the page and at the door.
    const unanswered = locked.rows.find(({ found }) =>
      found.some(({ because }) => because === "nobody_named"),
    )!;
    expect((await lineOf(unanswered.dealId, "ana")).may.noPartner).toBe(rule);
    const { dealId: late } = unanswered;
    const refused = { rule: expect.stringContaining(rule) };
    const one = company.as("ana", confirmNoPartner, { dealId: late }, on(AFTER));
    await expect(one).rejects.toMatchObject(refused);
    const several = company.as("ana", confirmNoPartners, { dealIds: [late] }, on(AFTER));
    await expect(several).rejects.toMatchObject(refused);
    // Whoever opens the page next has the next month before them.
    expect((await ask()).month).toBe("2026-05");
  });

  test("what closes in it after its lock is undecided until it is unlocked", async () => {
    const dealId = await open();
    await mirrorWon(dealId);
    expect(await lineOf(dealId)).toMatchObject({ state: "undecided", may: { stands: expect.any(String) } });
    expect((await ask(MONTH)).counts.undecided).toBe(1);
  });

  test("is unlocked with a reason that the log keeps, and locks again", async () => {
    await expect(company.as("fay", unlockMonth, { ...MONTH, reason: " " }, on(AFTER))).rejects.toMatchObject({
      field: "reason",
    });
    const reason = "the CRM brought one more";
    const { request } = await company.as("fay", unlockMonth, { ...MONTH, reason }, on(AFTER));
    const [entry] = await company.client.db.execute(sql`
      select actor, action, subject_kind, subject_id, before ->> 'lockedOn' as was, after ->> 'reason' as reason
      from audit_entries where request = ${request}`);
    expect(entry).toEqual({
      ...{ actor: "user:fay", action: "unlock-month", subject_kind: "month", subject_id: "2026-04" },
      ...{ was: AFTER, reason },
    });
    expect(await ask(MONTH)).toMatchObject({ locked: null, may: { unlock: "April 2026 is not locked" } });
  });

  test("the database holds who locks and who decides, whatever the app", async () => {
    const { lost } = (await ask(MONTH)).confirmed;
    expect(lost.closed).toBeGreaterThan(0);
    const as = (actor: string, statement: ReturnType<typeof sql>) =>
      guardedTransaction(company.client, { actor, request: "guards" }, (tx) => tx.execute(statement));
    const lock = sql`insert into locked_months (month, locked_on, locked_by, won, won_confirmed, lost, lost_confirmed)
      values ('2026-03', '2026-05-04', 'fay', 0, 0, 0, 0)`;
    await expect(as("user:hope", lock)).rejects.toMatchObject({ cause: { code: "CS108" } });
    await expect(as("user:fay", lock)).resolves.toBeDefined();
    const other = sql`update reconciled_deals set reason = 'mine'`;
    await expect(as("user:pam", other)).rejects.toMatchObject({ cause: { code: "CS108" } });
  });
});
