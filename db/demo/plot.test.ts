import { describe, expect, it } from "vitest";
import { classify } from "@/lib/attribution/classify";
import { amountBand, cohortIndex } from "@/lib/attribution/cohort";
import type { Facts } from "@/lib/attribution/facts";
import { PRESETS } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import { GRAY_CODES, MODELS, type Model, OUTCOMES, type Outcome } from "@/lib/attribution/vocabulary";
import { addDays, type Quarter } from "@/lib/calendar";
import type { JudgedDeal } from "@/lib/metrics/judged-deal";
import { quarterNumbers } from "@/lib/metrics/quarter-numbers";
import { factName } from "./events";
import { NAMED_DEALS } from "./named-deals";
import { DEMO_PARTNERS } from "./partners";
import { type Plot, plotDemo } from "./plot";
import { toldUntil } from "./story";

/** Days of telling that differ in quarter, weekday, month's end and leap year. */
const DAYS = Array.from({ length: 16 }, (_, at) => addDays("2026-01-01", at * 53));
const TODAY = "2026-11-23";

describe("the plot of the demo story", () => {
  it("is the same for the same seed and day, and another for another seed", () => {
    expect(plotDemo({ today: TODAY })).toEqual(plotDemo({ today: TODAY }));
    expect(plotDemo({ today: TODAY, seed: 1 }).deals).not.toEqual(plotDemo({ today: TODAY }).deals);
  });

  it.each(DAYS)("told on %s knows nothing of the day after", (today) => {
    for (const story of plotDemo({ today }).deals) expect(toldUntil(story, today)).toEqual(story);
  });

  it.each(DAYS)("told on %s holds some 300 deals, each a life in order", (today) => {
    const stories = plotDemo({ today }).deals;
    expect(stories.length).toBeGreaterThan(265);
    expect(stories.length).toBeLessThan(330);
    expect(new Set(stories.map(({ id }) => id)).size).toBe(stories.length);
    for (const story of stories) {
      const days = [...story.stages.map(({ on }) => on)];
      expect(days, story.id).toEqual(days.toSorted());
      expect(story.stages[0], story.id).toEqual({ stage: 1, on: story.createdOn });
      const selling = story.stages.filter(({ stage }) => stage < 6);
      if (story.close) expect(story.close.on >= (selling.at(-1)?.on as string), story.id).toBe(true);
      for (const { touchedOn, recordedOn, confirmedOn } of story.roles) {
        expect(touchedOn <= recordedOn && recordedOn >= story.createdOn, story.id).toBe(true);
        expect(confirmedOn === null || confirmedOn >= recordedOn, story.id).toBe(true);
      }
      for (const { occurredOn, recordedOn } of story.activities)
        expect(occurredOn <= recordedOn && recordedOn >= story.createdOn, story.id).toBe(true);
    }
  });
});

describe("the events of the demo story", () => {
  it.each(DAYS)("told on %s come in order, and each is about something that is there by then", (today) => {
    const plot = plotDemo({ today });
    const there = new Set<string>();
    for (const { id, registrations, roles, activities } of plot.history) {
      there.add(id);
      registrations.forEach((_, at) => void there.add(factName(id, "R", at)));
      roles.forEach((_, at) => void there.add(factName(id, "T", at)));
      activities.forEach((_, at) => void there.add(factName(id, "A", at)));
    }
    let last = "";
    for (const { on, dealId, verb, makes, of } of plot.events) {
      expect(on >= last && on <= today, `${verb} of ${dealId} on ${on}`).toBe(true);
      last = on;
      const isNew = verb === "create-deal";
      expect(there.has(dealId), `${verb} of ${dealId} on ${on}`).toBe(!isNew);
      if (isNew) there.add(dealId);
      if (of) expect(there, verb).toContain(of);
      if (makes) {
        expect(there, verb).not.toContain(makes);
        there.add(makes);
      }
    }
    for (const { id, registrations, roles, activities } of plot.deals) {
      const facts = { R: registrations, T: roles, A: activities };
      for (const [kind, list] of Object.entries(facts) as ["R" | "T" | "A", readonly unknown[]][])
        list.forEach((_, at) => void expect(there).toContain(factName(id, kind, at)));
    }
  });

  it.each(DAYS)("told on %s win no deal whose attribution is unconfirmed", (today) => {
    const { deals, goLive } = plotDemo({ today });
    for (const { id, close, roles, noPartnerOn } of deals) {
      if (close?.outcome !== "won" || close.on < goLive) continue;
      const rows = roles.filter(({ recordedOn }) => recordedOn <= close.on);
      const said = noPartnerOn !== null && noPartnerOn <= close.on;
      expect(rows.length > 0 || said, id).toBe(true);
      expect(
        rows.every(({ confirmedOn }) => confirmedOn !== null && confirmedOn <= close.on),
        id,
      ).toBe(true);
    }
  });
});

describe("the named deals", () => {
  it.each(DAYS)("show on %s what they promise", (today) => {
    const judged = judgeAllModels(plotDemo({ today }));
    for (const { dealId, expect: shown } of NAMED_DEALS) {
      const results = judged.get(dealId) as Record<Model, Result>;
      for (const [model, outcome] of Object.entries(shown.outcome) as [Model, Outcome][])
        expect(results[model].outcome, `${dealId} under ${model}`).toBe(outcome);
      expect(results.two_bucket.gray, dealId).toEqual(shown.gray ?? []);
      for (const [model, better] of Object.entries(shown.disputed ?? {}) as [Model, Outcome][])
        expect(
          results[model].partners.map(({ disputed }) => disputed),
          dealId,
        ).toContain(better);
      for (const [test, passes] of Object.entries(shown.tests ?? {})) {
        const verdicts = results.two_bucket.partners.map(({ tests }) =>
          tests.find((one) => one.test === test),
        );
        expect(
          verdicts.some((verdict) => verdict?.passed === passes),
          `${dealId} ${test}`,
        ).toBe(true);
      }
    }
  });

  it("show every gray area, and every outcome of every model", () => {
    expect(new Set(NAMED_DEALS.flatMap(({ expect: { gray } }) => gray ?? []))).toEqual(new Set(GRAY_CODES));
    const judged = judgeAllModels(plotDemo({ today: TODAY }));
    const seen = new Set(
      NAMED_DEALS.flatMap(({ dealId }) => MODELS.map((model) => judged.get(dealId)?.[model].outcome)),
    );
    const farrant = factsOf(plotDemo({ today: TODAY })).find(({ deal }) => deal.id === "D-2015") as Facts;
    seen.add(classify({ ...PRESETS.two_bucket, assisted: true }, farrant).outcome);
    expect(seen).toEqual(new Set(OUTCOMES));
  });
});

describe("the last complete quarter's numbers", () => {
  it.each(DAYS)("told on %s exist and are those of a sane programme", (today) => {
    const plot = plotDemo({ today });
    const numbers = numbersOf(plot, plot.quarters.at(-2) as Quarter);
    for (const metric of Object.values(numbers))
      for (const [figure, value] of Object.entries(metric))
        if (figure !== "headline") expect(value, figure).toBeTypeOf("number");
    const { sourcedPipeline, influencedWinRate, cycleReduction, costPerPartnerDollar } =
      numbers as unknown as Defined;
    expect(sourcedPipeline.share).toBeGreaterThan(0.13);
    expect(sourcedPipeline.share).toBeLessThan(0.29);
    // Below five a side a number says that it cannot tell.
    for (const deals of [
      sourcedPipeline.deals,
      influencedWinRate.deals,
      influencedWinRate.directDeals,
      cycleReduction.creditedDeals,
      cycleReduction.directDeals,
    ])
      expect(deals).toBeGreaterThanOrEqual(5);
    const ratio = influencedWinRate.rate / influencedWinRate.direct;
    expect(ratio).toBeGreaterThan(1.6);
    expect(ratio).toBeLessThan(3);
    const faster = cycleReduction.days / cycleReduction.direct;
    expect(faster).toBeGreaterThan(0.2);
    expect(faster).toBeLessThan(0.45);
    const below = 1 - costPerPartnerDollar.perAttributed / costPerPartnerDollar.direct;
    expect(below).toBeGreaterThan(0.35);
    expect(below).toBeLessThan(0.72);
  });
});

type Defined = Record<string, Record<string, number>> & {
  [K in "sourcedPipeline" | "influencedWinRate" | "cycleReduction" | "costPerPartnerDollar"]: {
    share: number;
    rate: number;
    direct: number;
    days: number;
    perAttributed: number;
    deals: number;
    directDeals: number;
    creditedDeals: number;
  };
};

/** Nobody stands behind a story but who tells it. */
const STATED = { source: null, secondHandOn: null };

/** The stories as facts documents on the day of telling, cohorts included. */
function factsOf(plot: Plot): Facts[] {
  const partners = DEMO_PARTNERS.map(({ id, kind, parentId, programs }) => ({
    id,
    kind,
    parentId,
    programs: [...programs].map((name) => ({ name, from: null, to: null })),
  }));
  const all = plot.deals.map(
    (story): Facts => ({
      asOf: plot.today,
      deal: {
        id: story.id,
        amount: story.amount,
        currency: story.currency,
        type: story.type,
        route: story.route,
        createdOn: story.createdOn,
        closedOn: story.close?.on ?? null,
        outcome: story.close?.outcome ?? "open",
        firstEngagedOn: story.firstEngagedOn,
        recreatedFrom: story.recreatedFrom,
        amendedOn: story.correction?.acceptedOn ?? null,
      },
      stages: story.stages.map(({ stage, on }) => ({ stage, enteredOn: on })),
      partners,
      registrations: story.registrations.map(({ decided, ...registration }, at) => ({
        id: `R-${at}`,
        ...registration,
        recordedOn: registration.submittedOn,
        status: decided?.status ?? "pending",
        decidedOn: decided?.on ?? null,
        ...STATED,
      })),
      roles: story.roles.map((role, at) => ({ id: `T-${at}`, ...role, ...STATED })),
      activities: story.activities.map((activity, at) => ({ id: `A-${at}`, ...activity, ...STATED })),
      rulings: story.ruling ? [{ id: "X-1", model: "two_bucket", ...story.ruling }] : [],
      cohort: { medianCycleDays: null },
    }),
  );
  const median = cohortIndex(
    all.map(({ deal, registrations, roles, activities }) => ({
      ...deal,
      hasPartner: registrations.length + roles.length + activities.length > 0,
    })),
  );
  for (const { deal, cohort, asOf } of all) {
    const band = amountBand(deal.amount, deal.currency);
    cohort.medianCycleDays = median({
      type: deal.type,
      currency: deal.currency,
      band,
      day: deal.closedOn ?? asOf,
    });
  }
  return all;
}

function judgeAllModels(plot: Plot): Map<string, Record<Model, Result>> {
  return new Map(
    factsOf(plot).map((facts) => [
      facts.deal.id,
      Object.fromEntries(MODELS.map((model) => [model, classify(PRESETS[model], facts)])) as Record<
        Model,
        Result
      >,
    ]),
  );
}

function numbersOf(plot: Plot, quarter: Quarter) {
  const owners = new Map(plot.deals.map((story) => [story.id, story]));
  const deals = factsOf(plot).map((facts): JudgedDeal => {
    const { outcome, evidence } = classify(PRESETS.two_bucket, facts);
    return {
      ...facts.deal,
      owner: owners.get(facts.deal.id)?.owner ?? "",
      attribution: outcome,
      evidence,
      confirmedBeforeClose: true,
    };
  });
  const perUnit = Object.fromEntries(
    plot.rates.filter((rate) => rate.quarter === quarter.label).map(({ currency, rate }) => [currency, rate]),
  );
  const rates = { quarter: quarter.label, reporting: "USD", perUnit };
  return quarterNumbers({ deals, costs: plot.costs, rates, policy: PRESETS.two_bucket }, quarter);
}
