import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TODAY } from "@/lib/commands/commands.fixture";
import type { StandInOrg } from "@/lib/connectors/salesforce/stand-in.fixture";
import { formsOf } from "@/lib/interchange/ids";
import { loadFacts } from "@/lib/judging/facts";
import { deal } from "@/lib/queries/deal/deal";
import { answer } from "@/lib/queries/query";
import { Connected } from "./connections.fixture";
import { id, madeOrg, SETTINGS } from "./salesforce.fixture";

const SECRETS = { clientId: "key", clientSecret: "secret" };
let org: StandInOrg;
let crm: Connected;
beforeEach(async () => {
  // The org's own clock, by which it tells what was deleted of late.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-20T12:00:00Z") });
  org = await madeOrg();
  crm = await Connected.open("salesforce", org.address, SECRETS, SETTINGS);
});
afterEach(async () => {
  vi.useRealTimers();
  await crm.close();
  await org.close();
});

const factsOf = async (nth: number) =>
  (await loadFacts(crm.company.client.db, [id("006", nth)], TODAY, { cohorts: "none" }))[0];
const changesOf = (nth: number) =>
  crm.rows(
    sql`select field, before, after, by from deal_changes where deal_id = ${id("006", nth)} order by at, key`,
  );
const runs = () =>
  crm.rows<{ created: number; removed: number; missed: string | null }>(
    sql`select created, removed, missed from connection_runs order by started_at desc`,
  );

/** Deal 1, won on 5 March, with what was changed on that day. */
function won(): void {
  org.change("Opportunity", id("006", 1), {
    StageName: "Closed Won",
    IsClosed: true,
    IsWon: true,
    CloseDate: "2026-03-05",
  });
  const closing = { CreatedDate: "2026-03-05T10:00:00.000+0000" };
  org.add("OpportunityHistory", {
    Id: "0089",
    OpportunityId: id("006", 1),
    StageName: "Closed Won",
    ...closing,
  });
  org.changed(id("006", 1), "StageName", ["Proposal/Price Quote", "Closed Won"], closing);
  org.changed(id("006", 1), "Amount", [700, 900], { ...closing, DataType: "Currency" });
}

/** What was changed of it four days after. */
function changedLater(): void {
  const later = { CreatedDate: "2026-03-09T10:00:00.000+0000" };
  org.changed(id("006", 1), "Amount", [900, 1000.5], { ...later, DataType: "Currency" });
  org.changed(id("006", 1), "Owner", ["Bo Lind", "Ana Ruiz"], { ...later });
  org.changed(id("006", 1), "Owner", [id("005", 2), id("005", 1)], { ...later, DataType: "EntityId" });
  org.changed(id("006", 1), "NextStep", [null, "Call"], { ...later });
}

test("field history is kept once the org has let go of it, and says that a closed deal was amended", async () => {
  won();
  changedLater();
  org.changed(id("006", 2), "CloseDate", ["2026-04-30", "2026-06-30"], { DataType: "DateOnly" });
  await crm.sync();
  const expected = [
    { field: "amount", before: null, after: "1000.5", by: "Ana Ruiz" },
    { field: "stage", before: "Proposal/Price Quote", after: "Closed Won", by: "Ana Ruiz" },
    { field: "amount", before: "700", after: "900", by: "Ana Ruiz" },
    { field: "amount", before: "900", after: "1000.5", by: "Ana Ruiz" },
    { field: "owner", before: "Bo Lind", after: "Ana Ruiz", by: "Ana Ruiz" },
  ];
  expect(await changesOf(1)).toEqual(expected);
  // An open deal's change amends nothing.
  expect((await factsOf(1))?.deal.amendedOn).toBe("2026-03-09");
  expect((await factsOf(2))?.deal.amendedOn).toBeNull();
  org.objects.OpportunityFieldHistory!.length = 0;
  await crm.ask("replay");
  await crm.turns();
  expect(await changesOf(1)).toEqual(expected);
  expect((await runs())[0]).toMatchObject({ created: 0, removed: 0 });
  const { timeline } = await answer(
    deal,
    { dealId: id("006", 1) },
    { db: crm.company.client.db, actor: crm.company.actor("ana"), today: TODAY },
  );
  expect(timeline.filter(({ kind }) => kind === "changed")).toMatchObject([
    { field: "owner", on: "2026-03-09", system: "salesforce" },
    { field: "amount", on: "2026-03-09", before: "900", after: "1000.5" },
    { field: "amount", on: "2026-03-05" },
    { field: "amount", before: null },
  ]);
});

test("what was put right on the day of the close belongs to it", async () => {
  won();
  await crm.sync();
  expect(await changesOf(1)).toContainEqual({ field: "amount", before: "700", after: "900", by: "Ana Ruiz" });
  expect((await factsOf(1))?.deal).toMatchObject({ outcome: "won", amendedOn: null });
});

test("a deal that was opened again was amended since its last close, not since the first", async () => {
  won();
  changedLater();
  const deal = { OpportunityId: id("006", 1) };
  const again = [
    ["Proposal/Price Quote", "2026-03-10T10:00:00.000+0000"],
    ["Closed Won", "2026-03-12T10:00:00.000+0000"],
  ] as const;
  for (const [nth, [StageName, CreatedDate]] of again.entries())
    org.add("OpportunityHistory", { ...deal, Id: `009${nth}`, StageName, CreatedDate });
  await crm.sync();
  expect((await factsOf(1))?.deal).toMatchObject({ outcome: "won", amendedOn: null });
});

test("a deal and a role that were deleted past the bin go, and one that was brought back stays", async () => {
  await crm.sync();
  org.passes("2026-03-20T13:00:00Z");
  vi.setSystemTime(Date.parse("2026-03-20T15:00:00Z"));
  org.purge("Opportunity", id("006", 4));
  org.purge("OpportunityPartner", id("00I", 3));
  org.purged.Opportunity!.push({ id: formsOf(id("006", 5))[1]!, deletedDate: org.now() });
  await crm.sync();
  expect(await factsOf(4)).toBeUndefined();
  expect((await factsOf(2))?.roles).toEqual([]);
  expect((await factsOf(5))?.deal.outcome).toBe("open");
  expect((await runs())[0]).toMatchObject({ missed: null });
  const many = (await runs()).length;
  await crm.sync();
  expect((await runs()).length).toBe(many);
});

test("what was deleted while nobody asked for longer than the org tells of is said", async () => {
  await crm.sync();
  vi.setSystemTime(Date.parse("2026-05-05T12:00:00Z"));
  org.earliest = "2026-04-20T00:00:00.000+0000";
  await crm.sync();
  expect((await runs())[0]?.missed).toBe(
    "Salesforce does not tell any more what was deleted between 20 Mar 2026 and 20 Apr 2026: a deal or a partner of that time may still stand here",
  );
  // Said once: from here on all is told again.
  vi.setSystemTime(Date.parse("2026-05-06T13:00:00Z"));
  await crm.sync();
  expect((await runs())[0]?.missed).toBeNull();
});
