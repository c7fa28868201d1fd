import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Company, openCompany, PASSWORD } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { recordRate } from "@/lib/commands/finance/record-rate";
import { setStageProbabilities } from "@/lib/commands/forecast/set-stage-probabilities";
import { signForecast } from "@/lib/commands/forecast/sign-forecast";
import { takeDueForecast } from "@/lib/commands/forecast/take-due-forecast";
import { takeForecastSnapshot } from "@/lib/commands/forecast/take-forecast-snapshot";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { addJointStep } from "@/lib/commands/step/add-joint-step";
import { SOURCER } from "../inbox/inbox.fixture";
import { answer, type Query } from "../query";
import { forecast } from "./forecast";
import { forecastMoves } from "./forecast-moves";
import { forecastReplay } from "./forecast-replay";
import { forecastWeeks } from "./forecast-weeks";

/** Wednesdays; their weeks begin on the Mondays below. */
const FIRST = { today: "2026-05-20" };
const SECOND = { today: "2026-05-27" };
const [WEEK_1, WEEK_2] = ["2026-05-18", "2026-05-25"];

let company: Company;
const ids: Record<string, string> = {};

async function ask<Q extends Query>(query: Q, input: unknown, on = FIRST, as: "fay" | "ana" = "fay") {
  const context = { db: company.client.db, actor: company.actor(as), ...on };
  return (await answer(query, query.input.parse(input) as never, context)) as Awaited<ReturnType<Q["run"]>>;
}

/** A sourced deal at stage 2, which is at 20 % of its amount. */
async function sourced(name: string, amount: number, expectedCloseOn: string | null, currency = "USD") {
  const dealId = await company.deal({ account: name, amount, currency, expectedCloseOn });
  await company.as("ana", tagPartner, { dealId, ...SOURCER });
  ids[name] = dealId;
}

beforeAll(async () => {
  company = await openCompany();
  await sourced("Alder", 1_000_000, "2026-06-10");
  await sourced("Birch", 333_333, "2026-06-20");
  await sourced("Cedar", 500_000, "2026-08-01");
  await sourced("Dogwood", 200_001, null);
  await sourced("Elm", 100_000, "2026-05-01");
  await company.deal({ account: "Nobody's", amount: 7_000_000 });
});
afterAll(() => company.close());

describe("the forecast", () => {
  test("is sourced open pipeline alone, by stage and close quarter, and every figure has exactly its deals", async () => {
    const all = await ask(forecast, {});
    expect(all.rows.map(({ account }) => account)).toEqual(["Elm", "Alder", "Birch", "Cedar", "Dogwood"]);
    expect(all.commit).toEqual({ deals: 5, amount: 2_133_334, weighted: 426_667 });
    expect(all.sum).toEqual(all.commit);
    for (const cell of all.cells) {
      const { total, sum, rows } = await ask(forecast, { stage: cell.stage, close: cell.close });
      expect({ total, ...sum }).toEqual({ total: cell.deals, ...sum });
      expect(sum).toEqual({ deals: cell.deals, amount: cell.amount, weighted: cell.weighted });
      expect(rows.reduce((weighted, row) => weighted + row.weighted!, 0)).toBe(cell.weighted);
    }
    expect(all.cells.map(({ close }) => close)).toEqual(["2026-Q2", "2026-Q3", "undated"]);
  });

  test("inspects each deal: overdue, next step due, nothing beyond its own", async () => {
    const step = {
      dealId: ids.Alder,
      partnerId: "P-1",
      what: "Scope it",
      dueOn: "2026-05-29",
      ownerId: "pam",
    };
    await company.as("pam", addJointStep, step);
    const { rows, inspection } = await ask(forecast, {});
    const of = (account: string) => rows.find((row) => row.account === account);
    expect(of("Elm")).toMatchObject({ overdue: true, nextStep: null });
    expect(of("Alder")).toMatchObject({
      overdue: false,
      nextStep: { what: "Scope it", dueOn: "2026-05-29" },
      partners: [{ id: "P-1", name: "Northgate" }],
    });
    expect(inspection.commit).toEqual({ deals: 5, undated: 1, overdue: 1, withoutStep: 4 });
    expect(inspection.direct).toEqual({ deals: 1, undated: 1, overdue: 0, withoutStep: 1 });
  });

  test("shows what other probabilities would make of it, and keeps nothing; finance alone sets them", async () => {
    const probabilities = [0, 10, 50, 60, 70, 80, 90];
    expect((await ask(forecast, { probabilities })).commit).toMatchObject({ weighted: 1_066_668 });
    expect((await ask(forecast, {})).commit).toMatchObject({ weighted: 426_667 });
    expect((await ask(forecast, {}, FIRST, "ana")).may).toEqual({
      setProbabilities: "Account executive may not say what a stage's probability is",
      take: "Account executive may not take a week's forecast",
    });
    const falling = { probabilities: [0, 10, 20, 15, 60, 80, 90] };
    await expect(company.as("fay", setStageProbabilities, falling)).rejects.toMatchObject({
      field: "probabilities[3]",
      value: 15,
      rule: "must not be less than that of the stage before",
    });
  });

  test("without a rate names the currency and adds nothing up; with one of an earlier quarter it takes that", async () => {
    await sourced("Fir", 100_000, "2026-06-30", "EUR");
    const without = await ask(forecast, {});
    expect(without).toMatchObject({ missing: ["EUR"], commit: null, cells: [] });
    expect(without.rows.find(({ account }) => account === "Fir")).toMatchObject({ converted: null });
    await expect(company.as("fay", takeForecastSnapshot, {}, FIRST)).rejects.toMatchObject({
      field: "rates.2026-Q2.EUR",
    });
    await company.as("fay", recordRate, { quarter: "2026-Q1", currency: "EUR", rate: "1.1" });
    const withOne = await ask(forecast, {});
    expect(withOne.commit).toEqual({ deals: 6, amount: 2_243_334, weighted: 448_667 });
    expect(withOne.rates).toEqual([{ currency: "EUR", rate: "1.1", quarter: "2026-Q1" }]);
  });
});

describe("a week", () => {
  test("is taken once, by the house itself, whoever asks again; nothing changes it, the owner included", async () => {
    expect(await takeDueForecast(company.client, FIRST.today)).toBe(true);
    expect(await takeDueForecast(company.client, "2026-05-24")).toBe(false);
    expect(await company.as("carl", takeForecastSnapshot, {}, FIRST)).toMatchObject({ taken: false });
    const { weeks } = await ask(forecastWeeks, {});
    expect(weeks).toMatchObject([{ week: WEEK_1, takenOn: FIRST.today, commit: { weighted: 448_667 } }]);
    for (const change of ["update forecast_snapshots set weighted = 1", "delete from forecast_snapshots"])
      await expect(
        guardedTransaction(company.client, { actor: "test", request: "t" }, (tx) =>
          tx.execute(sql.raw(change)),
        ),
      ).rejects.toMatchObject({ cause: { code: expect.stringMatching(/CS109|42501/) } });
  });

  test("is signed by finance, over its digest, once, and by nobody else", async () => {
    const { weeks } = await ask(forecastWeeks, {});
    const [{ week, digest, may }] = weeks as [(typeof weeks)[number]];
    expect(may.sign).toBe(true);
    const signing = { week, digest, password: PASSWORD };
    await expect(company.as("carl", signForecast, signing, FIRST)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      company.as("fay", signForecast, { ...signing, digest: "0".repeat(64) }, FIRST),
    ).rejects.toMatchObject({ field: "digest" });
    await company.as("fay", signForecast, signing, FIRST);
    await expect(company.as("fay", signForecast, signing, FIRST)).rejects.toMatchObject({
      rule: "Fay Chen signed this week: a week is signed once",
    });
    expect((await ask(forecastWeeks, {})).weeks[0]).toMatchObject({ signed: { by: "Fay Chen" } });
  });

  test("beside the next: won, pushed out, pulled in, changed and added, adding up to the difference", async () => {
    const edit = (name: string, changes: object) =>
      company.as("ana", editDeal, { dealId: ids[name], changes }, SECOND);
    await company.as("ana", closeDeal, { dealId: ids.Alder, outcome: "won" }, SECOND);
    await edit("Birch", { expectedCloseOn: "2026-07-15" });
    await edit("Cedar", { expectedCloseOn: "2026-06-29" });
    await edit("Elm", { amount: 150_000 });
    await sourced("Ginkgo", 400_000, "2026-06-01");
    await company.as("fay", takeForecastSnapshot, {}, SECOND);
    for (const to of [WEEK_2, undefined]) {
      const told = await ask(forecastMoves, { from: WEEK_1, to, close: "2026-Q2" }, SECOND);
      expect(told.moves.map(({ kind, account, delta }) => [account, kind, delta]).sort()).toEqual([
        ["Alder", "won", -200_000],
        ["Birch", "pushed_out", -66_667],
        ["Cedar", "pulled_in", 100_000],
        ["Elm", "changed", 10_000],
        ["Ginkgo", "added", 80_000],
      ]);
      const moved = told.kinds.reduce((sum, { delta }) => sum + delta, 0);
      expect(told.before.weighted + moved).toBe(told.after.weighted);
    }
    const { rows } = await ask(forecast, {}, { today: "2026-06-03" });
    expect(rows.find(({ account }) => account === "Birch")!.slippedFrom).toBeNull();
    await company.as(
      "ana",
      editDeal,
      { dealId: ids.Birch, changes: { expectedCloseOn: "2026-08-15" } },
      SECOND,
    );
    const later = await ask(forecast, {}, { today: "2026-06-03" });
    expect(later.rows.find(({ account }) => account === "Birch")!.slippedFrom).toBe("2026-07-15");
  });

  test("replayed: what came of its commit, what was won beside it, and its digest still holds", async () => {
    const replay = await ask(forecastReplay, { week: WEEK_1, close: "2026-Q2" }, SECOND);
    expect(replay).toMatchObject({ verified: true, currency: "USD", elsewhere: { deals: 0, amount: 0 } });
    expect(replay.came.won).toEqual({ deals: 1, committed: 200_000, amount: 1_000_000 });
    expect(replay.came.open.deals).toBe(3);
    const committed = Object.values(replay.came).reduce((sum, one) => sum + one.committed, 0);
    expect(committed).toBe(replay.committed.weighted);
    await company.as("ana", closeDeal, { dealId: ids.Ginkgo, outcome: "won" }, SECOND);
    const again = await ask(forecastReplay, { week: WEEK_1, close: "2026-Q2" }, SECOND);
    expect(again.elsewhere).toEqual({ deals: 1, amount: 400_000 });
    expect(again.came).toEqual(replay.came);
  });

  test("that nobody took is refused by its name", async () => {
    await expect(ask(forecastMoves, { from: "2026-05-11" })).rejects.toMatchObject({
      field: "from",
      value: "2026-05-11",
    });
  });
});
