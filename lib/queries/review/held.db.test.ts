import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { maySay } from "@/lib/commands/guard";
import { importBatch } from "@/lib/commands/import/import-batch";
import { acceptRestatement } from "@/lib/commands/review/accept-restatement";
import { declineRestatement } from "@/lib/commands/review/decline-restatement";
import { freezeOf } from "@/lib/commands/review/freeze.fixture";
import { mayAcceptRestatement } from "@/lib/commands/review/guards";
import { proposeRestatement } from "@/lib/commands/review/propose-restatement";
import { checkProjections } from "@/lib/judging/rebuild";
import { dealsList } from "../deals/deals-list";
import { numbers } from "../numbers/numbers";
import { answer, type Query } from "../query";
import { restatements } from "./restatements";
import { review } from "./review";

/** A deal closes in a quarter that is frozen, and the CRM says another amount later. */
const FROZEN = "2026-Q1";
const BEFORE = "2025-Q4";
const LATER = "2026-04-20";
let company: Company;

const ask = async <Q extends Query>(query: Q, input: unknown): Promise<Awaited<ReturnType<Q["run"]>>> => {
  const context = { db: company.client.db, actor: company.actor("fay"), today: LATER };
  return query.output.parse(await answer(query, query.input.parse(input) as never, context)) as never;
};
/** What the quarter before counts as pipeline created in it, and what its list says of the deal. */
async function quarterBefore() {
  const { headline } = await ask(numbers, { quarter: BEFORE });
  const share = headline[0]!.figures.find(({ key }) => key === "share")!;
  const { rows } = await ask(dealsList, { search: "D-moved", sort: "id", dir: "asc" });
  const { pipeline } = await ask(review, { quarter: BEFORE });
  return {
    created: pipeline.figures.find(({ key }) => key === "all")!.value,
    deals: share.opens.length,
    listed: rows.map(({ amount }) => amount),
  };
}
const mirror = (amount: string) =>
  company.as(
    "rita",
    importBatch,
    {
      kind: "deals",
      rows: [
        {
          line: 2,
          values: {
            ...{
              id: "D-moved",
              account: "Larkfield",
              owner: "Ana Ruiz",
              amount,
              currency: "USD",
              type: "new",
            },
            ...{ route: "direct", created_on: "2025-12-01", closed_on: "2026-03-20", outcome: "won" },
          },
        },
      ],
    },
    { today: LATER },
  );
const propose = () =>
  company.as(
    "hope",
    proposeRestatement,
    { quarter: FROZEN, dealId: "D-moved", reason: "the signed order says so" },
    { today: LATER },
  );

beforeAll(async () => {
  company = await openCompany();
  const then = { today: "2026-03-20" };
  const deal = {
    id: "D-moved",
    account: "Larkfield",
    amount: 500_000,
    currency: "USD",
    createdOn: "2025-12-01",
  };
  await company.as("ana", createDeal, { ...deal, stage: 2 }, then);
  await company.as("ana", confirmNoPartner, { dealId: "D-moved" }, then);
  const [{ version } = { version: 0 }] = await company.client.db.execute<{ version: number }>(
    sql`select version from deals where id = 'D-moved'`,
  );
  await company.as("ana", closeDeal, { dealId: "D-moved", version, outcome: "won" }, then);
  await freezeOf(company, FROZEN, "2026-04-10");
}, 120_000);
afterAll(() => company.close());

describe("a deal that a seal holds", () => {
  test("counts in other quarters as it was sealed, whatever the CRM says later", async () => {
    const sealed = await quarterBefore();
    expect(sealed).toMatchObject({ created: 500_000, listed: [500_000] });
    await mirror("9999.99");
    expect(await quarterBefore()).toEqual(sealed);
    expect((await ask(restatements, { quarter: FROZEN })).rows).toMatchObject([
      { dealId: "D-moved", kind: "changed", current: { amount: 999_999 }, waiting: null },
    ]);
    expect(await checkProjections(company.client, LATER)).toBeNull();
  });

  test("is corrected by two, one of them of finance, into the journal of the quarter under review", async () => {
    const { restatementId } = await propose();
    await expect(propose()).rejects.toMatchObject({
      rule: expect.stringContaining("waits for a second person"),
    });
    const own = company.as("hope", acceptRestatement, { restatementId }, { today: LATER });
    await expect(own).rejects.toMatchObject({
      code: "forbidden",
      rule: expect.stringContaining("another person"),
    });
    await mirror("8888.88");
    const late = company.as("fay", acceptRestatement, { restatementId }, { today: LATER });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    const reason = "another amount came since";
    await company.as("fay", declineRestatement, { restatementId, reason }, { today: LATER });
    const again = await propose();
    const accepted = { restatementId: again.restatementId };
    expect(await company.as("fay", acceptRestatement, accepted, { today: LATER })).toMatchObject({
      journal: "2026-Q2",
    });
    const twice = company.as("fay", acceptRestatement, accepted, { today: LATER });
    await expect(twice).rejects.toMatchObject({ rule: "This restatement was accepted" });
  });

  test("counts as corrected from then on, but in the frozen quarter itself", async () => {
    expect(await quarterBefore()).toMatchObject({ created: 888_888, listed: [888_888] });
    const frozen = await ask(review, { quarter: FROZEN });
    expect(frozen.revenue.figures.find(({ key }) => key === "all")!.value).toBe(500_000);
    const { rows, accepted } = await ask(restatements, { quarter: FROZEN });
    expect(rows).toEqual([]);
    expect(accepted).toMatchObject([
      { dealId: "D-moved", proposedBy: "Hope Adler", acceptedBy: "Fay Chen", journal: "2026-Q2" },
    ]);
    const { corrections } = await ask(review, { quarter: "2026-Q2" });
    expect(corrections.rows).toMatchObject([
      {
        quarter: FROZEN,
        dealId: "D-moved",
        sealed: { amount: 500_000 },
        corrected: { amount: 888_888 },
        reason: "the signed order says so",
      },
    ]);
    expect(corrections.numbers).toContainEqual(
      expect.objectContaining({ quarter: FROZEN, figure: "directWon", sealed: 500_000, corrected: 888_888 }),
    );
    expect(await checkProjections(company.client, LATER)).toBeNull();
  });

  test("is held again by what was accepted", async () => {
    await mirror("1.00");
    expect(await quarterBefore()).toMatchObject({ created: 888_888, listed: [888_888] });
    expect((await ask(restatements, { quarter: FROZEN })).rows).toMatchObject([
      { sealed: { amount: 888_888 } },
    ]);
  });
});

test("two of partnerships do not accept a restatement between them", () => {
  const subject = { proposedBy: "somebody", byFinance: false, ended: null };
  expect(maySay(mayAcceptRestatement, company.actor("hope"), subject)).toMatch(/of finance/);
  expect(maySay(mayAcceptRestatement, company.actor("fay"), subject)).toBe(true);
  expect(maySay(mayAcceptRestatement, company.actor("hope"), { ...subject, byFinance: true })).toBe(true);
});
