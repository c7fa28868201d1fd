import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Difference } from "@/lib/attribution/json-difference";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { editPartner } from "@/lib/commands/partner/edit-partner";
import { acceptRestatement } from "@/lib/commands/review/accept-restatement";
import { closersOf, freezeOf, holdReview, prepareAndFreeze } from "@/lib/commands/review/freeze.fixture";
import { proposeRestatement } from "@/lib/commands/review/propose-restatement";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { leaveToBeJudged } from "@/lib/judging/judge-policy";
import { checkProjections, rebuild } from "@/lib/judging/rebuild";
import { eachSealedDeal, readSeals, sha256 } from "@/lib/sealing/seals";
import { SealCheck } from "@/lib/sealing/verify-seal";
import { dealsList } from "../deals/deals-list";
import { numbers } from "../numbers/numbers";
import { answer, type Query } from "../query";
import { restatements } from "./restatements";

/** A deal closes in a quarter that is frozen, and the CRM merges it away later (§8.7). */
const FROZEN = "2026-Q1";
const BEFORE = "2025-Q4";
const LATER = { today: "2026-04-20" };
let company: Company;

const ask = async <Q extends Query>(query: Q, input: unknown): Promise<Awaited<ReturnType<Q["run"]>>> => {
  const context = { db: company.client.db, actor: company.actor("fay"), ...LATER };
  return query.output.parse(await answer(query, query.input.parse(input) as never, context)) as never;
};
const versionOf = async (id: string) =>
  (await company.client.db.execute<{ version: number }>(sql`select version from deals where id = ${id}`))[0]!
    .version;
/** What an open quarter counts of it, and the list of deals. */
async function counted() {
  const { headline } = await ask(numbers, { quarter: BEFORE });
  const { rows } = await ask(dealsList, { search: "Larkfield", sort: "id", dir: "asc" });
  return {
    figures: headline[0]!.figures.map(({ key, value }) => [key, value]),
    listed: rows.map(({ id, amount, outcome }) => [id, amount, outcome]),
  };
}
/** As `verify-quarter` looks at a seal's deals and numbers. */
async function firstFault(quarter: string): Promise<Difference | null> {
  const seal = (await readSeals(company.client.db, [quarter], { anew: true })).get(quarter)!;
  const check = new SealCheck(seal.line, sha256);
  let found = check.checkHeader();
  for await (const batch of eachSealedDeal(company.client.db, quarter))
    for (const deal of batch) found ??= check.checkDeal(deal);
  return found ?? check.checkNumbers(seal.tally);
}
const asJudge = <T>(work: Parameters<typeof guardedTransaction<T>>[2]) =>
  guardedTransaction(company.client, { actor: "system:judge", request: "R-test" }, work);

beforeAll(async () => {
  company = await openCompany();
  for (const [id, today, closes] of [
    ["D-merged", "2026-03-20", true],
    ["D-other", "2025-12-20", true],
    ["D-open", "2026-03-20", false],
  ] as const) {
    const deal = { id, account: "Larkfield", amount: 500_000, currency: "USD", createdOn: "2025-12-01" };
    await company.as("ana", createDeal, { ...deal, stage: 1 }, { today });
    const row = { dealId: id, partnerId: "P-1", role: "sourcer", touchStage: 1, touchedOn: today };
    await company.as("ana", tagPartner, row, { today });
    if (!closes) continue;
    const close = { dealId: id, version: await versionOf(id), outcome: "won" };
    await company.as("ana", closeDeal, close, { today });
  }
  await freezeOf(company, FROZEN, "2026-04-10");
}, 120_000);
afterAll(() => company.close());

test("a deal that is gone counts on in other quarters as it was sealed", async () => {
  const sealed = await counted();
  expect(sealed.listed).toContainEqual(["D-merged", 500_000, "sourced"]);
  const gone = { dealId: "D-merged", version: await versionOf("D-merged"), reason: "merged" };
  await company.as("rita", deleteDeal, gone, { ...LATER, actor: COMMAND_LINE });
  expect(await counted()).toEqual(sealed);
  expect(await checkProjections(company.client, LATER.today)).toBeNull();
  // All that is judged again, or afresh, leaves it as it is held.
  await asJudge((tx) => leaveToBeJudged(tx, LATER.today));
  expect(await counted()).toEqual(sealed);
  expect((await ask(restatements, { quarter: FROZEN })).rows).toMatchObject([
    { dealId: "D-merged", kind: "deleted", movesNumbers: true },
  ]);
});

test("what is kept of it is checked, and made anew", async () => {
  const sealed = await counted();
  await asJudge((tx) => tx.execute(sql`update judged_deals set amount = 1 where deal_id = 'D-merged'`));
  expect(await checkProjections(company.client, LATER.today)).toMatchObject({ at: "D-merged.amount" });
  await rebuild(company.client, LATER.today);
  expect(await checkProjections(company.client, LATER.today)).toBeNull();
  await asJudge((tx) => tx.execute(sql`delete from judged_deals where deal_id = 'D-merged'`));
  expect(await checkProjections(company.client, LATER.today)).toMatchObject({
    at: "D-merged",
    kept: "absent",
  });
  await rebuild(company.client, LATER.today);
  expect(await checkProjections(company.client, LATER.today)).toBeNull();
  expect(await counted()).toEqual(sealed);
});

test("another quarter that is frozen meanwhile seals it as it is held, whatever names became", async () => {
  await company.as("rita", editPartner, { partnerId: "P-1", changes: { name: "Southgate" } }, LATER);
  const before = await counted();
  await holdReview(BEFORE, closersOf(company, LATER.today));
  await prepareAndFreeze(BEFORE, closersOf(company, LATER.today));
  expect((await counted()).figures).toEqual(before.figures);
  const { rows } = await ask(dealsList, {
    ...{ quarter: BEFORE, number: "pipelineByBucket", part: "all", sort: "id", dir: "asc" },
  });
  expect(rows.map(({ id }) => id)).toEqual(["D-merged", "D-open", "D-other"]);
  expect(await firstFault(BEFORE)).toBeNull();
});

test("until two accept that it is gone", async () => {
  const proposal = { quarter: FROZEN, dealId: "D-merged", reason: "merged into another" };
  const { restatementId } = await company.as("hope", proposeRestatement, proposal, LATER);
  expect((await counted()).listed).toContainEqual(["D-merged", 500_000, "sourced"]);
  await company.as("fay", acceptRestatement, { restatementId }, LATER);
  expect((await counted()).listed.map(([id]) => id)).toEqual(["D-open", "D-other"]);
  expect(await checkProjections(company.client, LATER.today)).toBeNull();
  expect(await firstFault(FROZEN)).toBeNull();
});
