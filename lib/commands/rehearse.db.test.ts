import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { roleRows } from "@/db/schema/facts";
import type { Result } from "@/lib/attribution/result";
import { logActivity } from "./activity/log-activity";
import { type Company, openCompany, TODAY } from "./commands.fixture";
import { proposeCorrection } from "./correction/propose-correction";
import { closeDeal } from "./deal/close-deal";
import { confirmNoPartner } from "./deal/confirm-no-partner";
import { createDeal } from "./deal/create-deal";
import { deleteDeal } from "./deal/delete-deal";
import { editDeal } from "./deal/edit-deal";
import { type Call, rehearse } from "./door";
import { confirmRole } from "./role/confirm-role";
import { tagPartner } from "./role/tag-partner";
import { tagPartners } from "./role/tag-partners";
import { withdrawRole } from "./role/withdraw-role";
import { undo } from "./undo";
import type { AnyVerb } from "./verbs";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const asWhom = (person: Parameters<Company["actor"]>[0]): Call => ({
  actor: company.actor(person),
  client: company.client,
  today: TODAY,
});
const tag = { partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-05-01" };
const motion = { partnerId: "P-1", type: "joint_discovery", stage: 2, proof: "https://x.test/p" };

/** Every row of every table, as far as people can tell them apart. */
async function everything(): Promise<unknown> {
  const { db } = company.client;
  const tables = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const all: unknown[] = [];
  for (const { name } of tables) {
    const may = await db.execute<{ may: boolean }>(sql`select has_table_privilege(${name}, 'select') as may`);
    if (!may[0]?.may) continue;
    const rows = await db.execute(
      sql`select ${sql.raw(`"${name}"`)}::text as row from ${sql.raw(`"${name}"`)} order by 1`,
    );
    all.push([name, [...rows]]);
  }
  return all;
}

const standing = (result?: Result) =>
  result?.partners.map(({ partnerId, outcome, disputed, credit }) => ({
    partnerId,
    outcome,
    disputed,
    credit,
  }));

/** How a deal stands before nothing at all is done to it. */
async function nowOf(dealId: string) {
  const { deals } = await rehearse(logActivity, { dealId, ...motion }, asWhom("pam"));
  return deals[0]!.before!;
}

describe("a rehearsal", () => {
  test("says beforehand what the write then does, by whoever makes it", async () => {
    const dealId = await company.deal();
    const logged = await rehearse(logActivity, { dealId, ...motion }, asWhom("pam"));
    expect(logged).toMatchObject({ touched: 1, deals: [{ dealId, before: { account: "Larkfield Foods" } }] });
    expect(logged.deals[0]!.before!.result.outcome).toBe("none");
    expect(logged.deals[0]!.after!.result.outcome).toBe("influenced");
    await company.as("pam", logActivity, { dealId, ...motion });
    expect(await nowOf(dealId)).toEqual({
      ...logged.deals[0]!.after,
      result: expect.objectContaining({ outcome: "influenced" }),
    });

    const byPam = await rehearse(tagPartner, { dealId, ...tag }, asWhom("pam"));
    // Only the AE's own tag is a confirmed one (§5).
    expect(byPam.deals[0]!.after!.result).toMatchObject({ outcome: "influenced" });
    expect(byPam.deals[0]!.after!.result.partners[0]).toMatchObject({ disputed: "sourced" });
    const byAna = await rehearse(tagPartner, { dealId, ...tag }, asWhom("ana"));
    expect(byAna.answer).toMatchObject({ confirmed: true });
    expect(byAna.deals[0]!.after!.result.outcome).toBe("sourced");

    const { rowId } = await company.as("pam", tagPartner, { dealId, ...tag });
    const confirmed = await rehearse(confirmRole, { rowId }, asWhom("ana"));
    await company.as("ana", confirmRole, { rowId });
    expect(standing((await nowOf(dealId)).result)).toEqual(standing(confirmed.deals[0]!.after!.result));
    const withdrawn = await rehearse(withdrawRole, { rowId }, asWhom("ana"));
    expect(withdrawn.deals[0]!.after!.result.outcome).toBe("influenced");
  });

  test("shows what a proposed correction makes of the deal once finance accepts it, and moves nothing", async () => {
    const dealId = await company.deal();
    await company.as("ana", tagPartner, { dealId, ...tag });
    await company.as("ana", closeDeal, { dealId, outcome: "won" });
    const input = { dealId, changes: { outcome: "lost" }, reason: "It was never signed" };
    const { deals } = await rehearse(proposeCorrection, input, asWhom("ana"));
    expect(deals).toMatchObject([{ dealId, before: { state: "won" }, after: { state: "lost" } }]);
    expect(deals[0]!.after!.result.gray).toContain("amended");
    await company.as("ana", proposeCorrection, input);
    expect((await nowOf(dealId)).state).toBe("won");
  });

  test("writes nothing, whichever verb", async () => {
    const dealId = await company.deal();
    const { rowId, request } = await company.as("ana", tagPartner, { dealId, ...tag });
    const before = await everything();
    const tried: [AnyVerb, unknown, Parameters<Company["actor"]>[0]][] = [
      [tagPartner, { dealId, ...tag, role: "influencer", activity: { type: "joint_pitch" } }, "ana"],
      [closeDeal, { dealId, outcome: "won" }, "ana"],
      [withdrawRole, { rowId }, "ana"],
      [undo, { request }, "ana"],
      [createDeal, { account: "New", amount: 1, currency: "USD" }, "ana"],
    ];
    for (const [verb, input, person] of tried) {
      const { touched } = await rehearse(verb, input, asWhom(person));
      expect(touched, verb.name).toBe(1);
    }
    expect(await everything()).toEqual(before);
  });

  test("tells of a deal that would come, and of one that would go", async () => {
    const entered = await rehearse(
      createDeal,
      { id: "D-new", account: "New", amount: 1, currency: "USD" },
      asWhom("ana"),
    );
    expect(entered.deals).toMatchObject([
      { dealId: "D-new", before: null, after: { account: "New", state: "open" } },
    ]);
    const dealId = await company.deal();
    await company.as("ana", confirmNoPartner, { dealId });
    const closed = await rehearse(closeDeal, { dealId, outcome: "won" }, asWhom("ana"));
    expect(closed.deals).toMatchObject([{ before: { state: "open" }, after: { state: "won" } }]);
    const gone = await rehearse(deleteDeal, { dealId, version: 3, reason: "Twice" }, asWhom("rita"));
    expect(gone.deals).toMatchObject([{ dealId, before: { state: "open" }, after: null }]);
  });

  test.each([
    ["who may not", tagPartner, { ...tag }, "aude", { code: "forbidden" }],
    ["whose it is not", tagPartner, { ...tag }, "ben", { code: "forbidden" }],
    ["an input that breaks a rule", tagPartner, { ...tag, luck: 1 }, "ana", { field: "luck" }],
    [
      "what the verb itself refuses",
      tagPartner,
      { ...tag, touchedOn: "2027-01-01" },
      "ana",
      { field: "touchedOn" },
    ],
    ["an unknown partner", tagPartner, { ...tag, partnerId: "P-404" }, "ana", { code: "not_found" }],
    [
      "a script for a proof",
      logActivity,
      { ...motion, proof: "javascript:alert(1)" },
      "pam",
      { field: "proof" },
    ],
  ] as const)("refuses %s in the door's own words", async (_what, verb, input, person, problem) => {
    const dealId = await company.deal();
    const asked = { dealId, ...input };
    const refused = await rehearse(verb as AnyVerb, asked, asWhom(person)).catch((error) => error);
    expect(refused).toMatchObject(problem);
    const told = await company.as(person, verb as AnyVerb, asked).catch((error) => error);
    expect(refused.toJSON()).toEqual(told.toJSON());
  });

  test("hears what the database would say only at the commit", async () => {
    const owner = postgres(company.url, { max: 1 });
    await owner.unsafe(`
      create function late() returns trigger language plpgsql as $$
        begin raise exception 'it came too late' using errcode = 'CS203'; end $$;
      create constraint trigger z_late after update on deals deferrable initially deferred
        for each row when (new.account = 'Too late') execute function late()`);
    await owner.end();
    const input = { dealId: await company.deal(), changes: { account: "Too late" } };
    await expect(rehearse(editDeal, input, asWhom("ana"))).rejects.toMatchObject({
      rule: "it came too late",
    });
  });

  test("leaves out of several deals those that do not take it, each with its reason", async () => {
    const [one, held] = [await company.deal(), await company.deal()];
    const { dealId: bens } = await company.as("ben", createDeal, {
      account: "B",
      amount: 5,
      currency: "USD",
    });
    await company.as("ana", tagPartner, { dealId: held, ...tag });
    const input = { dealIds: [one, held, bens], partnerId: "P-1", role: "sourcer", touchStage: 0 };
    const { answer, deals, touched, leftOut } = await rehearse(tagPartners, input, asWhom("ana"));
    expect(touched).toBe(1);
    expect(answer!.rowIds).toHaveLength(1);
    expect(deals).toMatchObject([{ dealId: one, after: { result: { outcome: "sourced" } } }]);
    expect(leftOut).toEqual([
      { dealId: bens, rule: expect.stringContaining("Ben Okafor") },
      { dealId: held, rule: "Northgate holds this role on the deal already" },
    ]);
    const none = await rehearse(tagPartners, { ...input, dealIds: [held, bens] }, asWhom("ana"));
    expect(none).toMatchObject({ answer: null, deals: [], touched: 0 });
    expect(none.leftOut.map(({ dealId }) => dealId).sort()).toEqual([bens, held].sort());
  });
});

test("a transaction on trial sees one moment, and leaves nothing", async () => {
  const who = { actor: "user:ana", request: "R-1", rehearsal: true };
  const [dealId, other] = [await company.deal(), await company.deal()];
  const rowsOf = (db: Db, id: string) => db.select().from(roleRows).where(eq(roleRows.dealId, id));
  await guardedTransaction(company.client, who, async (tx) => {
    const row = { touchStage: 1, touchedOn: TODAY, recordedOn: TODAY, role: "sourcer" } as const;
    await tx.insert(roleRows).values({ id: "T-trial", dealId: other, partnerId: "P-1", ...row });
    expect(await rowsOf(tx, dealId)).toHaveLength(0);
    await company.as("ana", tagPartner, { dealId, ...tag });
    expect(await rowsOf(tx, dealId)).toHaveLength(0);
    expect(await rowsOf(tx, other)).toHaveLength(1);
  });
  expect(await rowsOf(company.client.db, dealId)).toHaveLength(1);
  expect(await rowsOf(company.client.db, other)).toHaveLength(0);
});
