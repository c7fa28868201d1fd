import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { moveStage } from "@/lib/commands/deal/move-stage";
import { editPartner } from "@/lib/commands/partner/edit-partner";
import { freezeOf } from "@/lib/commands/review/freeze.fixture";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { dealsList } from "../deals/deals-list";
import { answer, type Query } from "../query";
import { restatements } from "./restatements";

/** A quarter is frozen, then its deals move on: its list stays what was sealed, and each move is told. */
const QUARTER = "2026-Q1";
const THEN = { today: "2026-03-20" };
const AFTER = { today: "2026-04-10" };
const LATER = { today: "2026-04-20" };
let company: Company;

const ask = async <Q extends Query>(query: Q, input: unknown): Promise<Awaited<ReturnType<Q["run"]>>> => {
  const context = { db: company.client.db, actor: company.actor("fay"), ...LATER };
  return (await answer(query, query.input.parse(input) as never, context)) as never;
};
const versionOf = async (dealId: string) =>
  (
    await company.client.db.execute<{ version: number }>(sql`select version from deals where id = ${dealId}`)
  )[0]!.version;
/** The ids in the list of deals behind the quarter's pipeline, or of the living ones created in it. */
const listed = async (filter: object, source: object = { number: "pipelineByBucket", part: "all" }) =>
  (await ask(dealsList, { quarter: QUARTER, ...source, ...filter, sort: "id", dir: "asc" })).rows.map(
    ({ id }) => id,
  );

beforeAll(async () => {
  company = await openCompany();
  for (const [id, stage] of [
    ["D-early", 2],
    ["D-four", 4],
    ["D-five", 5],
    ["D-gone", 1],
    ["D-won", 3],
  ] as const) {
    const deal = { id, account: `Account ${stage}`, amount: 1000, currency: "USD", createdOn: "2026-02-01" };
    await company.as("ana", createDeal, { ...deal, stage }, THEN);
  }
  await company.as("ana", confirmNoPartner, { dealId: "D-won" }, THEN);
  const close = { dealId: "D-won", version: await versionOf("D-won"), outcome: "won" };
  await company.as("ana", closeDeal, close, THEN);
  const row = { dealId: "D-early", partnerId: "P-2", role: "influencer", touchStage: 2 };
  await company.as("ana", tagPartner, { ...row, touchedOn: "2026-03-01" }, THEN);
  await freezeOf(company, QUARTER, AFTER.today);
  await company.as("rita", editPartner, { partnerId: "P-2", changes: { name: "Quillon" } }, LATER);
  const moved = { dealId: "D-early", version: await versionOf("D-early"), stage: 4 };
  await company.as("ana", moveStage, moved, LATER);
  await company.as("ana", editDeal, { dealId: "D-four", changes: { account: "Renamed" } }, LATER);
  const gone = { dealId: "D-gone", version: await versionOf("D-gone"), reason: "merged" };
  await company.as("rita", deleteDeal, gone, { ...LATER, actor: COMMAND_LINE });
});
afterAll(() => company.close());

describe("the list of a frozen quarter", () => {
  test.each<[string, object, string[]]>([
    ["all of it", {}, ["D-early", "D-five", "D-four", "D-gone", "D-won"]],
    ["closing soon: at stage 4 or 5 when it was sealed", { closingSoon: true }, ["D-five", "D-four"]],
    ["not closing soon", { closingSoon: false }, ["D-early", "D-gone", "D-won"]],
    ["a partner's name as it was sealed, any case", { search: "hALD" }, ["D-early"]],
    ["not the name it has now", { search: "Quillon" }, []],
    ["an account as it was sealed", { search: "account 4" }, ["D-four"]],
    ["a wildcard is a character like another", { search: "hal%en" }, []],
  ])("%s", async (_, filter, expected) => {
    expect(await listed(filter)).toEqual(expected);
  });

  test("while the living list has moved on", async () => {
    expect(await listed({ closingSoon: true }, {})).toEqual(["D-early", "D-five", "D-four"]);
    expect(await listed({ search: "quillon" }, {})).toEqual(["D-early"]);
    expect(await listed({ search: "Halden" }, {})).toEqual([]);
  });
});

test("its SQL views are its seal's, whatever came since", async () => {
  const reader = postgres(company.url, { max: 1 });
  const figures = await reader<{ metric: string; figure: string; value: number | null }[]>`
    select metric, figure, value from bi.figures where quarter = ${QUARTER}`;
  const opened = await reader<{ id: string }[]>`
    select deal_id as id from bi.opens_to
    where quarter = ${QUARTER} and metric = 'pipelineByBucket' and part = 'all' order by 1`;
  await reader.end();
  const [seal] = await company.client.db.execute<{ header: string }>(
    sql`select header from sealed_quarters where quarter = ${QUARTER}`,
  );
  const sealed = JSON.parse(seal!.header).figures as Record<string, Record<string, number | object>>;
  const expected = Object.entries(sealed).flatMap(([metric, values]) =>
    Object.entries(values).map(([figure, value]) => [
      `${metric}.${figure}`,
      typeof value === "number" ? value : null,
    ]),
  );
  const viewed = [...figures].map(({ metric, figure, value }) => [`${metric}.${figure}`, value]);
  expect(Object.fromEntries(viewed)).toEqual(Object.fromEntries(expected));
  // Of the five that it holds one is gone, and one was moved on.
  expect(Object.fromEntries(viewed)).toMatchObject({ "pipelineByBucket.all": 5000 });
  expect([...opened].map(({ id }) => id)).toEqual(await listed({}));
});

describe("its restatements", () => {
  test("tell a deleted deal as one that moves the numbers, and a renamed one as one that does not", async () => {
    const restated = await ask(restatements, { quarter: QUARTER });
    expect(restated.rows.map(({ dealId, kind, movesNumbers }) => [dealId, kind, movesNumbers])).toEqual([
      ["D-four", "changed", false],
      ["D-gone", "deleted", true],
    ]);
    expect(restated.counts).toEqual({ changed: 1, deleted: 1, added: 0, movesNumbers: 1 });
    expect(restated.rows[1]).toMatchObject({
      sealed: { amount: 1000, account: "Account 1" },
      current: null,
      by: [{ name: "command-line", action: "delete-deal" }],
    });
    const moving = await ask(restatements, { quarter: QUARTER, movesNumbers: true });
    expect(moving.rows.map(({ dealId }) => dealId)).toEqual(["D-gone"]);
  });
});
