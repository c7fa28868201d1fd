import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog } from "@/db/schema/audit";
import { deals } from "@/db/schema/deals";
import { exceptions, exceptionVotes } from "@/db/schema/exceptions";
import { rulings } from "@/db/schema/facts";
import { learnings } from "@/db/schema/policies";
import { dayInWords } from "@/lib/text/days";
import { logActivity } from "../activity/log-activity";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { closeDeal } from "../deal/close-deal";
import { assignExceptions } from "./assign-exceptions";
import { decideException } from "./decide-exception";
import { decideExceptions } from "./decide-exceptions";
import { deferExceptions } from "./defer-exceptions";
import { raiseException } from "./raise-exception";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const REASON = "the memo is clear about what comes late";

/** A case raised by the AE about a partner's claim, one a deal. */
async function raised(many: number, claim: object = { partnerId: "P-1" }): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < many; at++) {
    const dealId = await company.deal({ account: `Account ${at + 1}` });
    const input = { dealId, kind: "late_record", claim: "it was said in time", ...claim };
    ids.push((await company.as("ana", raiseException, input)).exceptionId);
  }
  return ids;
}
const rowsOf = async (ids: readonly string[]) =>
  company.client.db
    .select()
    .from(exceptions)
    .where(inArray(exceptions.id, [...ids]));
const seen = async (ids: readonly string[]) => {
  const rows = new Map((await rowsOf(ids)).map((row) => [row.id, row.version]));
  return ids.map((exceptionId) => ({ exceptionId, version: rows.get(exceptionId)! }));
};

describe("several cases, one reason, one decision a side", () => {
  test("each stays a record of its own: a vote, an entry in the audit log, a settlement", async () => {
    const ids = await raised(3);
    const first = await company.as("fay", decideExceptions, {
      cases: await seen(ids),
      decision: "rule_upheld",
      reason: REASON,
    });
    expect(first.decided.map(({ state }) => state)).toEqual(["waiting", "waiting", "waiting"]);
    const second = await company.as("hope", decideExceptions, {
      cases: await seen(ids),
      decision: "agree",
      reason: "agreed, each of them",
    });
    expect(second.decided.map(({ exceptionId, state }) => [exceptionId, state])).toEqual(
      ids.map((id) => [id, "settled"]),
    );
    expect(second.leftOut).toEqual([]);
    expect((await rowsOf(ids)).map(({ settlement }) => settlement)).toEqual(Array(3).fill("rule_upheld"));
    const votes = await company.client.db
      .select()
      .from(exceptionVotes)
      .where(inArray(exceptionVotes.exceptionId, ids));
    expect(votes).toHaveLength(6);
    const entries = await company.client.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.request, second.request));
    expect(entries.map(({ subjectKind }) => subjectKind).sort()).toEqual([
      ...Array(3).fill("exception"),
      ...Array(3).fill("exception_vote"),
    ]);
  });

  test("what cannot take it is left out by name and with why, and the others are decided", async () => {
    const [plain, hopes, moved, settled] = (await raised(4)) as [string, string, string, string];
    const [own] = await raised(1);
    const byHope = await company.as("hope", raiseException, {
      dealId: (await rowsOf([hopes]))[0]!.dealId,
      kind: "other",
      claim: "ours",
    });
    const cases = await seen([plain, moved, settled, byHope.exceptionId, own!]);
    await company.as("fay", decideException, {
      exceptionId: moved,
      version: 1,
      decision: "learning",
      reason: REASON,
    });
    for (const [person, version] of [
      ["fay", 1],
      ["hope", 2],
    ] as const)
      await company.as(person, decideException, {
        exceptionId: settled,
        version,
        decision: "rule_upheld",
        reason: REASON,
      });
    const told = cases.map((one) => (one.exceptionId === settled ? { ...one, version: 3 } : one));
    const answer = await company.as("hope", decideExceptions, {
      cases: told,
      decision: "rule_upheld",
      reason: REASON,
    });
    expect(answer.decided.map(({ exceptionId }) => exceptionId)).toEqual([plain, own]);
    expect(answer.leftOut).toEqual([
      {
        exceptionId: moved,
        name: "Account 3, late record",
        rule: "somebody changed this exception after you opened it",
      },
      {
        exceptionId: settled,
        name: "Account 4, late record",
        rule: `It was settled on ${dayInWords(TODAY)}: a decision stands`,
      },
      {
        exceptionId: byHope.exceptionId,
        name: "Account 2, other",
        rule: "Nobody decides on their own claim: you raised this",
      },
    ]);
    await expect(
      company.as("hope", decideExceptions, { cases: [told[2]], decision: "learning", reason: REASON }),
    ).rejects.toMatchObject({
      code: "invalid",
      rule: `Account 4, late record: It was settled on ${dayInWords(TODAY)}: a decision stands; none was changed`,
    });
  });

  test("agreeing follows the other side in each, and leaves out where it has not spoken", async () => {
    const [upheld, ruled, silent] = (await raised(3)) as [string, string, string];
    const vote = { version: 1, reason: REASON };
    await company.as("fay", decideException, { exceptionId: upheld, decision: "rule_upheld", ...vote });
    await company.as("fay", decideException, {
      exceptionId: ruled,
      decision: "ruling",
      partnerId: "P-1",
      outcome: "influenced",
      ...vote,
    });
    const answer = await company.as("hope", decideExceptions, {
      cases: await seen([upheld, ruled, silent]),
      decision: "agree",
      reason: "as finance says",
    });
    expect(answer.decided.map(({ state }) => state)).toEqual(["settled", "settled"]);
    expect(answer.leftOut).toMatchObject([
      { exceptionId: silent, rule: "the other side has not decided it yet" },
    ]);
    expect((await rowsOf([upheld, ruled])).map(({ settlement }) => settlement).sort()).toEqual([
      "rule_upheld",
      "ruling",
    ]);
  });

  test("a ruling is for the partner whose claim each is, and one that is nobody's is left out", async () => {
    const mine = await raised(2, { partnerId: "P-2" });
    const [nobodys] = await raised(1, {});
    const ruling = { decision: "ruling", outcome: "influenced", reason: REASON };
    const cases = await seen([...mine, nobodys!]);
    const first = await company.as("fay", decideExceptions, { cases, ...ruling });
    expect(first.leftOut).toMatchObject([
      { exceptionId: nobodys, rule: "it is no one partner's claim: rule on it by itself" },
    ]);
    const { decided } = await company.as("hope", decideExceptions, { cases: await seen(mine), ...ruling });
    const made = await company.client.db
      .select()
      .from(rulings)
      .where(
        inArray(
          rulings.id,
          decided.map(({ became }) => became!),
        ),
      );
    expect(made.map(({ partnerId, outcome }) => [partnerId, outcome])).toEqual(
      Array(2).fill(["P-2", "influenced"]),
    );
    await expect(
      company.as("fay", decideExceptions, {
        cases: await seen([nobodys!]),
        decision: "rule_upheld",
        outcome: "influenced",
        reason: REASON,
      }),
    ).rejects.toMatchObject({ field: "outcome" });
  });

  test("the same learning of many is one wish for the amendment, and each case says which", async () => {
    const ids = await raised(3);
    await company.as("fay", decideExceptions, {
      cases: await seen(ids),
      decision: "learning",
      reason: REASON,
    });
    const { decided } = await company.as("hope", decideExceptions, {
      cases: await seen(ids),
      decision: "agree",
      reason: REASON,
    });
    const became = [...new Set(decided.map((one) => one.became))];
    expect(became).toHaveLength(1);
    const kept = await company.client.db.select().from(learnings).where(eq(learnings.id, became[0]!));
    expect(kept).toMatchObject([{ text: REASON, source: ids[0] }]);
  });

  test("one owner for many, and put off together to a person and a day", async () => {
    const ids = await raised(3);
    const given = await company.as("fay", assignExceptions, { exceptionIds: ids, ownerId: "pam" });
    expect(given.assigned).toEqual(ids);
    expect((await rowsOf(ids)).map(({ ownerId }) => ownerId)).toEqual(["pam", "pam", "pam"]);
    const until = "2026-06-30";
    const off = await company.as("hope", deferExceptions, { exceptionIds: ids, to: "hope", until });
    expect(off.deferred.sort()).toEqual([...ids].sort());
    expect(await rowsOf(ids)).toMatchObject(
      Array(3).fill({ deferredTo: "hope", deferredUntil: until, ownerId: "hope", version: 3 }),
    );
    await expect(
      company.as("rita", deferExceptions, { exceptionIds: ids, to: "rita", until }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  test("of two rulings of one day for one partner the later counts, whatever the clock of a server says", async () => {
    const dealId = await company.deal();
    const made: string[] = [];
    for (const outcome of ["influenced", "sourced", "none"]) {
      const claim = { dealId, kind: "other", partnerId: "P-1", claim: "ours" };
      const { exceptionId } = await company.as("ana", raiseException, claim);
      const ruling = { decision: "ruling", outcome, reason: REASON };
      for (const person of ["fay", "hope"] as const) {
        const { decided } = await company.as(person, decideExceptions, {
          cases: await seen([exceptionId]),
          ...ruling,
        });
        if (decided[0]!.became) made.push(decided[0]!.became);
      }
    }
    expect(made).toEqual([...made].sort());
    expect(new Set(made).size).toBe(3);
    const [deal] = await company.client.db.select().from(deals).where(eq(deals.id, dealId));
    expect(deal).toBeDefined();
  });

  test("a closed deal's found case is decided with the raised ones", async () => {
    const dealId = await company.deal();
    const motion = { dealId, partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-05-10" };
    await company.as("pam", logActivity, motion);
    const [deal] = await company.client.db.select().from(deals).where(eq(deals.id, dealId));
    const close = { dealId, version: deal!.version, outcome: "lost", closedOn: TODAY };
    await company.as("ana", closeDeal, close);
    const [found] = await company.client.db.select().from(exceptions).where(eq(exceptions.dealId, dealId));
    const ids = [found!.id, ...(await raised(1))];
    const { decided } = await company.as("fay", decideExceptions, {
      cases: await seen(ids),
      decision: "rule_upheld",
      reason: REASON,
    });
    expect(decided).toHaveLength(2);
  });
});
