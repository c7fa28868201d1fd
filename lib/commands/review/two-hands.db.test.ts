import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { linesOf } from "@/lib/sealing/checklist";
import { type Company, openCompany, PASSWORD } from "../commands.fixture";
import { closeDeal } from "../deal/close-deal";
import { confirmNoPartner } from "../deal/confirm-no-partner";
import { recordCost } from "../finance/record-cost";
import { tagPartner } from "../role/tag-partner";
import { agreedForYears, closersOf, holdReview, SIGNERS } from "./freeze.fixture";
import { freezeQuarter } from "./freeze-quarter";
import { prepareFreeze } from "./prepare-freeze";

const quarter = "2026-Q1";
const THEN = { today: "2026-03-20" };
let company: Company;
let open: string;

beforeAll(async () => {
  company = await openCompany();
  const dealId = await company.deal({ createdOn: "2026-02-01" });
  open = await company.deal({ createdOn: "2026-02-01" });
  await company.as("ana", confirmNoPartner, { dealId }, THEN);
  const [{ version } = { version: 0 }] = await company.client.db.execute<{ version: number }>(
    sql`select version from deals where id = ${dealId}`,
  );
  await company.as("ana", closeDeal, { dealId, version, outcome: "won" }, THEN);
}, 60_000);
afterAll(() => company.close());

const prepare = (person: "fay" | "hope") => company.as(person, prepareFreeze, { quarter });
const freeze = (password = PASSWORD) => company.as("fay", freezeQuarter, { quarter, password });

describe("a freeze", () => {
  test("waits for its checklist, then for somebody who prepares it", async () => {
    await expect(prepare("hope")).rejects.toMatchObject({
      rule: expect.stringContaining("No signed policy"),
    });
    await agreedForYears(company.url, SIGNERS);
    await expect(prepare("hope")).rejects.toMatchObject({
      rule: expect.stringContaining("say that it cost nothing"),
    });
    await holdReview(quarter, closersOf(company, "2026-05-20"));
    await expect(freeze()).rejects.toMatchObject({ rule: expect.stringContaining("Nobody has prepared") });
  });

  test("takes another hand than prepared it, with a password of its own", async () => {
    await prepare("fay");
    await expect(freeze()).rejects.toMatchObject({
      code: "forbidden",
      rule: "You prepared this freeze: another person of finance freezes",
    });
    await prepare("hope");
    await expect(freeze("not hers")).rejects.toMatchObject({ field: "password" });
  });

  test("is refused over anything but what was prepared", async () => {
    const cost = { quarter, side: "partner_program", category: "travel", amount: 100, currency: "USD" };
    await company.as("fay", recordCost, cost);
    await expect(freeze()).rejects.toMatchObject({
      code: "conflict",
      rule: expect.stringContaining("no longer what Hope Adler prepared"),
    });
  });

  test("goes on past what goes on by itself: an open deal, a later day", async () => {
    await prepare("hope");
    const row = { dealId: open, partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-05-01" };
    await company.as("ana", tagPartner, row);
    const later = { today: "2026-05-21" };
    const frozen = await company.as("fay", freezeQuarter, { quarter, password: PASSWORD }, later);
    expect(frozen).toMatchObject({ deals: 2, closed: 1 });
  });
});

test("the checklist says of each line what is missing", () => {
  const done = {
    quarter,
    isSigned: true,
    review: "held",
    open: 0,
    closed: 1,
    missing: [],
    lacking: [],
  } as const;
  const lacks = (change: Partial<Parameters<typeof linesOf>[0]>) =>
    linesOf({ ...done, ...change }).flatMap((line) => (line.done ? [] : [line.says]));
  expect(lacks({})).toEqual([]);
  expect(lacks({ isSigned: false })[0]).toMatch(/^No signed policy/);
  expect(lacks({ closed: 0 })).toEqual(["No deal closed in it: there is nothing to freeze"]);
  expect(lacks({ review: "not_started" })).toEqual(["Nobody has started its review yet"]);
  expect(lacks({ review: "without_minutes" })[0]).toMatch(/^Its review has no minutes/);
  expect(lacks({ open: 2 })).toEqual(["2 cases are neither decided nor deferred"]);
  expect(lacks({ lacking: ["EUR", "JPY"] })).toEqual(["EUR and JPY: the rates for 2026-Q1 are missing"]);
  expect(lacks({ missing: [{ side: "direct_sales", category: "any" }] })).toEqual([
    "Direct sales: enter what it cost in 2026-Q1, or say that it cost nothing",
  ]);
});
