// Long: everything that a file of each kind can leave behind is taken back, and every reason why some of it stays.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Kind } from "@/lib/interchange/kinds";
import { checkProjections } from "@/lib/judging/rebuild";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { closeDeal } from "../deal/close-deal";
import { confirmNoPartner } from "../deal/confirm-no-partner";
import { moveStage } from "../deal/move-stage";
import { perform, rehearse } from "../door";
import { recordRate } from "../finance/record-rate";
import { createContact } from "../partner/create-contact";
import { editRole } from "../role/edit-role";
import { tagPartner } from "../role/tag-partner";
import { undo } from "../undo";
import { acceptImport } from "./accept-import";
import { importBatch } from "./import-batch";
import { takeBackImport } from "./take-back-import";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const SHA = "0d".repeat(32);
type Values = Record<string, string>;
let made = 0;
const fresh = (prefix: string) => `${prefix}-${++made}`;

async function land(kind: Kind, rows: Values[], options: object = {}, file: object = {}): Promise<string> {
  const given = rows.map((values, at) => ({ line: at + 2, values }));
  const batch = { kind, rows: given, file: { name: `${kind}.csv`, sha256: SHA, ...file }, ...options };
  const by = kind === "costs" || kind === "rates" ? "fay" : "rita";
  const { importId, refused } = await company.as(by, importBatch, batch);
  expect(refused).toEqual([]);
  return importId as string;
}

const takeBack = (importId: string, by: "rita" | "fay" = "rita") =>
  company.as(by, takeBackImport, { importId });

const role = (id: string, dealId: string, changes: Values = {}): Values => ({
  ...{ id, deal_id: dealId, partner_id: "P-1", role: "sourcer", touch_stage: "1", touched_on: "2026-05-02" },
  ...{ recorded_on: "2026-05-03", confirmed_on: "", ...changes },
});
const deal = (id: string, changes: Values = {}): Values => ({
  ...{ id, account: "Harrow Mills", owner: "Ana Ruiz", amount: "1000.00", currency: "USD", type: "new" },
  ...{ route: "direct", created_on: "2026-05-01", closed_on: "", outcome: "open", ...changes },
});
const entry = (dealId: string, stage: string, day: string): Values => ({
  deal_id: dealId,
  stage,
  entered_on: day,
});

/** Everything that files may write, the clocks and versions apart; of an entry's place its order alone. */
async function tables(): Promise<Map<string, string>> {
  const read = async (table: string) => {
    const order =
      table === "stage_entries" ? ", row_number() over (partition by deal_id order by seq)" : ", 0";
    const rows = await company.client.db.execute(
      sql.raw(`
      select to_jsonb(t) - 'version' - 'created_at' - 'recorded_at' - 'seq' as row${order} from ${table} t order by 2, 1`),
    );
    return canonicalJson([...rows] as never);
  };
  const names = ["deals", "stage_entries", "role_rows", "registrations", "activities", "partners"];
  const all = [...names, "partner_programs", "costs", "rates"];
  return new Map(await Promise.all(all.map(async (name) => [name, await read(name)] as const)));
}

const one = async (statement: ReturnType<typeof sql>) => (await company.client.db.execute(statement))[0];

describe("taken back, a file leaves everything as it was before it", () => {
  test.each<[string, (dealId: string) => Promise<[Kind, Values[], object?]>, object]>([
    [
      "deals, new and changed, with where they stand",
      async (dealId) => {
        await land("deals", [deal("D-known", { amount: "500.00" })]);
        const stands = { stage: "3", stage_entered_on: "2026-05-09" };
        const known = deal("D-known", { amount: "900.00", next_step: "call", ...stands });
        return ["deals", [deal(fresh("D"), stands), known, deal(dealId, { amount: "10000.00" })]];
      },
      { removed: 1, restored: 2 },
    ],
    [
      "stage history, between entries that stood",
      async (dealId) => [
        "stage_history",
        [entry(dealId, "1", "2026-04-01"), entry(dealId, "3", "2026-05-12")],
      ],
      { removed: 2, restored: 0 },
    ],
    [
      "stage history that replaced what stood",
      async (dealId) => {
        await land("stage_history", [entry(dealId, "1", "2026-04-01"), entry(dealId, "3", "2026-05-12")]);
        return ["stage_history", [entry(dealId, "4", "2026-05-02")], { replace: true }];
      },
      { removed: 1, restored: 3 },
    ],
    [
      "role rows, new, changed and under a new id",
      async (dealId) => {
        await land("roles", [
          role(`${dealId}-1`, dealId),
          role(`${dealId}-2`, dealId, { role: "co_seller" }),
        ]);
        const changed = role(`${dealId}-1`, dealId, { role: "influencer" });
        const renamed = role(`${dealId}-9`, dealId, { role: "co_seller", touch_stage: "3" });
        return [
          "roles",
          [changed, role(`${dealId}-3`, dealId, { partner_id: "P-2" }), renamed],
          { replace: true },
        ];
      },
      { removed: 1, restored: 2 },
    ],
    [
      "a partner above others, its programs and its parent",
      async () => {
        const [above, below] = [fresh("PX"), fresh("PX")];
        const open = { id: above, name: "Above", kind: "agency", programs: "gold;silver@2026-01-01.." };
        await land("partners", [open]);
        const child = { id: below, name: "Below", kind: "agency", parent_id: above };
        return [
          "partners",
          [{ ...open, name: "Above all", parent_id: "P-2", programs: "gold;bronze" }, child],
        ];
      },
      { removed: 1, restored: 1 },
    ],
    [
      "rates",
      async () => {
        await company.as("fay", recordRate, { quarter: "2026-Q1", currency: "EUR", rate: "1.1" });
        const rate = (currency: string) => ({ quarter: "2026-Q1", currency, rate: "1.2" });
        return ["rates", [rate("EUR"), rate("CHF")]];
      },
      { removed: 1, restored: 1 },
    ],
  ])("%s", async (_, set, counts) => {
    const dealId = await company.deal();
    const [kind, rows, options] = await set(dealId);
    const before = await tables();
    const importId = await land(kind, rows, options);
    const after = await tables();
    expect(after).not.toEqual(before);
    const by = kind === "rates" ? "fay" : "rita";
    const call = { actor: company.actor(by), client: company.client, today: TODAY };
    expect((await rehearse(takeBackImport, { importId }, call)).answer).toMatchObject({
      ...counts,
      stayed: 0,
    });
    expect(await tables()).toEqual(after);
    expect(await takeBack(importId, by)).toMatchObject({ ...counts, stayed: 0, stays: [] });
    expect(await tables()).toEqual(before);
    expect(await checkProjections(company.client, TODAY)).toBeNull();
  });

  test("the answer that nobody was involved included", async () => {
    const dealId = await company.deal();
    await company.as("ana", confirmNoPartner, { dealId });
    const before = await tables();
    const importId = await land("roles", [role(fresh("T"), dealId)]);
    expect(await takeBack(importId)).toMatchObject({ removed: 1, stayed: 0 });
    expect(await tables()).toEqual(before);
  });
});

describe("stays, and is named", () => {
  const reasons = async (importId: string) => {
    const { stays } = await takeBack(importId);
    return Object.fromEntries(stays.map(({ id, reason }) => [id, reason]));
  };

  test("what somebody changed or answered since", async () => {
    const dealId = await company.deal();
    const importId = await land("roles", [
      role(`${dealId}-a`, dealId),
      role(`${dealId}-b`, dealId, { role: "co_seller" }),
    ]);
    await company.as("ana", editRole, { rowId: `${dealId}-b`, changes: { touchStage: 2 } });
    const { removed, stays } = await takeBack(importId);
    expect(removed).toBe(1);
    const about = "Northgate, co-seller · Larkfield Foods";
    expect(stays).toEqual([{ id: `${dealId}-b`, about, reason: "It was changed here since" }]);
  });

  test("a deal that partners were named on, that moved on, or that has closed", async () => {
    const ids = ["named", "moved", "lost", "went"].map((name) => fresh(`D-${name}`));
    const [named, moved, lost, went] = ids as [string, string, string, string];
    const importId = await land("deals", [
      ...ids.map((id) => deal(id)),
      deal("D-won", { outcome: "won", closed_on: "2026-05-10" }),
    ]);
    await company.as("ana", tagPartner, {
      dealId: named,
      partnerId: "P-1",
      role: "sourcer",
      touchedOn: "2026-05-02",
    });
    await company.as("ana", moveStage, { dealId: moved, stage: 3 });
    await company.as("ana", closeDeal, { dealId: lost, outcome: "lost" });
    const closed = (outcome: string, day: string) =>
      `The deal was ${outcome} on ${day}: what was recorded by then is locked`;
    expect(await reasons(importId)).toEqual({
      [named]: "Partners are named on it",
      [moved]: "It was moved on here since",
      [lost]: "It was changed here since",
      "D-won": closed("won", "10 May 2026"),
    });
    expect(await one(sql`select id from deals where id = ${went}`)).toBeUndefined();
    expect(await checkProjections(company.client, TODAY)).toBeNull();
  });

  test("what was recorded on a deal by the day it closed, and what a close rests on", async () => {
    const dealId = await company.deal();
    const importId = await land("roles", [role(`${dealId}-r`, dealId)]);
    const history = await land("stage_history", [entry(dealId, "4", "2026-05-12")]);
    await company.as("ana", closeDeal, { dealId, outcome: "lost" });
    const before = await tables();
    const locked = "The deal was lost on 20 May 2026: what was recorded by then is locked";
    expect(await reasons(importId)).toEqual({ [`${dealId}-r`]: locked });
    expect(await reasons(history)).toEqual({
      [dealId]: "The deal was lost on 20 May 2026: only stage 6 follows a close",
    });
    expect(await tables()).toEqual(before);
    const late = await land("roles", [
      role(`${dealId}-l`, dealId, { partner_id: "P-2", recorded_on: TODAY }),
    ]);
    expect(Object.values(await reasons(late))).toEqual([
      expect.stringMatching(/^The deal was lost on 20 May 2026/),
    ]);
  });

  test("what a later file changed, until that one is taken back", async () => {
    const dealId = await company.deal();
    const before = await tables();
    const first = await land("roles", [role(`${dealId}-x`, dealId)]);
    const second = await land("roles", [role(`${dealId}-x`, dealId, { touch_stage: "2" })]);
    const call = { actor: company.actor("rita"), client: company.client, today: TODAY };
    const { answer } = await rehearse(takeBackImport, { importId: first }, call);
    expect(answer?.stays[0]?.reason).toBe("A later file changed it: take that one back first");
    expect(await takeBack(second)).toMatchObject({ restored: 1, stayed: 0 });
    expect(await takeBack(first)).toMatchObject({ removed: 1, stayed: 0 });
    expect(await tables()).toEqual(before);
  });

  test("a role row whose former place another one has taken", async () => {
    const dealId = await company.deal();
    await land("roles", [role(`${dealId}-p`, dealId)]);
    const importId = await land("roles", [role(`${dealId}-p`, dealId, { partner_id: "P-2" })]);
    await company.as("ana", tagPartner, {
      dealId,
      partnerId: "P-1",
      role: "sourcer",
      touchedOn: "2026-05-02",
    });
    expect(await reasons(importId)).toEqual({
      [`${dealId}-p`]: "Another row has its partner and role on the deal now",
    });
  });

  test("a partner that has people here, and the one above it", async () => {
    const [above, below, alone] = [fresh("PX"), fresh("PX"), fresh("PX")];
    const partner = (id: string, parent = "") => ({ id, name: id, kind: "agency", parent_id: parent });
    const importId = await land("partners", [partner(above), partner(below, above), partner(alone)]);
    await company.as("pam", createContact, { partnerId: below, name: "Idris Bellamy" });
    expect(await reasons(importId)).toEqual({
      [below]: "Contacts of it were entered here",
      [above]: "Another partner is below it",
    });
    expect(await one(sql`select id from partners where id = ${alone}`)).toBeUndefined();
  });
});

describe("a file", () => {
  test("in several batches goes as one, one that was cut off too, and brings nothing more", async () => {
    const [one, two] = [await company.deal(), await company.deal()];
    const before = await tables();
    const importId = await land("roles", [role(`${one}-m`, one)], {}, { isLast: false });
    await land("roles", [role(`${two}-m`, two)], {}, { importId, isLast: false });
    expect(await takeBack(importId)).toMatchObject({ removed: 2 });
    expect(await tables()).toEqual(before);
    const more = { kind: "roles", rows: [], file: { name: "roles.csv", importId } };
    await expect(company.as("rita", importBatch, more)).rejects.toMatchObject({
      rule: "the file has landed: it brings no more rows",
    });
  });

  test("that was taken back lands again as if it had never been there", async () => {
    const id = fresh("D");
    await takeBack(await land("deals", [deal(id)]));
    const again = { kind: "deals", rows: [{ line: 2, values: deal(id) }] };
    expect(await company.as("rita", importBatch, again)).toMatchObject({ created: 1, refused: [] });
  });

  test("that a second person accepted stays; so does one that was taken back; and nothing undoes it", async () => {
    const accepted = await land("roles", [role(fresh("T"), await company.deal())]);
    await company.as("fay", acceptImport, { importId: accepted, sha256: SHA });
    await expect(takeBack(accepted)).rejects.toMatchObject({
      rule: "Two people stand behind its facts since 20 May 2026: correct what is wrong by another file",
    });
    const taken = await land("roles", [role(fresh("T"), await company.deal())]);
    const { request } = await takeBack(taken);
    await expect(takeBack(taken)).rejects.toMatchObject({ rule: "The file was taken back already" });
    await expect(company.as("rita", undo, { request })).rejects.toMatchObject({
      rule: expect.stringMatching(/cannot be taken back/),
    });
    await expect(company.as("fay", acceptImport, { importId: taken, sha256: SHA })).rejects.toMatchObject({
      rule: "The file was taken back",
    });
  });

  test("of finance is finance's to take back, every other RevOps', and the command line's", async () => {
    const rates = await land("rates", [{ quarter: "2026-Q1", currency: "NOK", rate: "0.1" }]);
    await expect(takeBack(rates)).rejects.toMatchObject({ rule: "Finance imports costs and rates" });
    const roles = await land("roles", [role(fresh("T"), await company.deal())]);
    await expect(takeBack(roles, "fay")).rejects.toMatchObject({ rule: expect.stringMatching(/RevOps/) });
    const operator = {
      id: "command-line",
      userId: null,
      name: "Command line",
      role: "admin" as const,
      ownerName: null,
    };
    const call = { actor: operator, client: company.client, today: TODAY };
    expect((await perform(takeBackImport, { importId: roles }, call)).answer).toMatchObject({ removed: 1 });
  });
});
