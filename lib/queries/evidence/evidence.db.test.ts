import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { acceptProposal } from "@/lib/commands/evidence/accept-proposal";
import { dismissProposal } from "@/lib/commands/evidence/dismiss-proposal";
import { dropEvidence } from "@/lib/commands/evidence/drop-evidence";
import { answer } from "../query";
import { evidenceOriginal } from "./evidence-original";
import { evidenceWaiting } from "./evidence-waiting";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const QUOTE = "Northgate ran the joint discovery with Larkfield Foods on 2026-05-08.";
const dropped = (text: string, name = "call.txt") => ({
  name,
  content: Buffer.from(text).toString("base64"),
});
const contextOf = (person: Parameters<Company["as"]>[0]) => ({
  ...{ db: company.client.db, actor: company.actor(person), today: TODAY },
});
const waitingFor = async (person: Parameters<Company["as"]>[0]) =>
  (await answer(evidenceWaiting, {}, contextOf(person))).rows;
const count = async (table: string) =>
  Number((await company.client.db.execute(sql.raw(`select count(*) as n from ${table}`)))[0]!.n);

test("what is read waits, is in no number, and becomes an activity of whoever accepts it, with the file as its proof", async () => {
  const dealId = await company.deal();
  const before = await company.client.db.execute(sql`select * from judged_deals`);
  const file = dropped(`${QUOTE}\n\nMore on Thursday.`);
  const handedIn = await company.as("pam", dropEvidence, file);
  expect(handedIn).toMatchObject({ proposals: 1, already: false });
  expect(await company.client.db.execute(sql`select * from judged_deals`)).toEqual(before);
  expect(await count("activities")).toBe(0);
  const [row] = await waitingFor("pam");
  expect(row).toMatchObject({
    ...{ deal: { id: dealId }, partner: { id: "P-1" }, type: "joint_discovery", occurredOn: "2026-05-08" },
    ...{ quote: QUOTE, may: { accept: true, dismiss: true }, file: { name: "call.txt", via: "page" } },
  });
  const original = await answer(evidenceOriginal, { sha256: row!.file.sha256 }, contextOf("pam"));
  expect(original).toMatchObject({ name: "call.txt", content: file.content });

  const { activityId } = await company.as("hope", acceptProposal, { proposalId: row!.id });
  const [logged] = await company.client.db.execute(sql`select * from activities where id = ${activityId}`);
  expect(logged).toMatchObject({
    ...{ deal_id: dealId, partner_id: "P-1", type: "joint_discovery", stage: 2, involvement: "direct" },
    ...{ proof: `note:sha256-${row!.file.sha256}`, recorded_by: "hope", recorded_on: TODAY },
    ...{ source: null, vouched_on: null },
  });
  expect(await waitingFor("pam")).toEqual([]);
  await expect(company.as("pam", acceptProposal, { proposalId: row!.id })).rejects.toMatchObject({
    rule: "It was accepted already: it is an activity now",
  });
  expect(await company.as("pam", dropEvidence, file)).toMatchObject({ already: true });
  expect(await waitingFor("pam")).toEqual([]);
});

test("an AE sees and answers what is of their own deals, and nobody else's", async () => {
  await company.as("pam", dropEvidence, dropped(`${QUOTE.replace("05-08", "05-07")}`, "own.txt"));
  const [row] = await waitingFor("ana");
  expect(row).toMatchObject({ may: { accept: true, dismiss: true } });
  expect(await waitingFor("aron" as never).catch(() => [])).toEqual([]);
  await expect(answer(evidenceWaiting, {}, contextOf("fay"))).rejects.toMatchObject({ code: "forbidden" });
  await company.as("ana", dismissProposal, { proposalId: row!.id });
  expect(await waitingFor("pam")).toEqual([]);
  await company.as("ana", dismissProposal, { proposalId: row!.id, dismissed: false });
  expect(await waitingFor("pam")).toHaveLength(1);
  await company.as("ana", acceptProposal, {
    proposalId: row!.id,
    changes: { type: "joint_pitch", occurredOn: "2026-05-06" },
  });
  const [changed] = await company.client.db.execute(sql`select * from activities where recorded_by = 'ana'`);
  expect(changed).toMatchObject({ type: "joint_pitch", occurred_on: "2026-05-06" });
});

test("what tells of nothing is not kept, and what cannot be read is refused by its field", async () => {
  const files = await count("evidence_files");
  const nothing = await company.as("pam", dropEvidence, dropped("Lunch on Friday?"));
  expect(nothing).toMatchObject({ evidenceId: null, proposals: 0 });
  expect(await count("evidence_files")).toBe(files);
  await expect(company.as("pam", dropEvidence, dropped("x", "a.exe"))).rejects.toMatchObject({
    field: "file",
    value: "a.exe",
  });
  await expect(company.as("fay", dropEvidence, dropped("x"))).rejects.toMatchObject({ code: "forbidden" });
});

test("a deal that is left open is chosen by whoever accepts, and a lock stays a lock", async () => {
  const [first, second] = [
    await company.deal({ account: "Twinbrook" }),
    await company.deal({ account: "Twinbrook" }),
  ];
  const text = "Northgate ran the joint discovery with Twinbrook on 2026-05-08.";
  await company.as("pam", dropEvidence, dropped(text, "twin.txt"));
  const [row] = await waitingFor("pam");
  expect(row).toMatchObject({ deal: null });
  expect(new Set(row!.deals.map(({ id }) => id))).toEqual(new Set([first, second]));
  const proposalId = row!.id;
  await expect(company.as("pam", acceptProposal, { proposalId })).rejects.toMatchObject({
    field: "changes.dealId",
  });
  await company.as("ana", closeDeal, { dealId: second, outcome: "lost" });
  await company.as("pam", acceptProposal, { proposalId, changes: { dealId: first } });
});

test("what was read and what was handed in stay as they are, whoever asks", async () => {
  const tried = (change: string) =>
    guardedTransaction(company.client, { actor: "user:pam", request: "r", retry: false }, (tx) =>
      tx.execute(sql.raw(change)),
    );
  for (const change of [
    "update evidence_files set name = 'other.txt'",
    "delete from evidence_files",
    "update evidence_proposals set quote = 'something else'",
    "update evidence_proposals set decision = 'dismissed', activity_id = null where decision = 'accepted'",
  ])
    await expect(tried(change), change).rejects.toThrow();
});
