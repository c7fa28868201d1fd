import { describe, expect, it } from "vitest";
import { classify } from "../attribution/classify";
import type { Facts, RoleRow } from "../attribution/facts";
import { PRESETS } from "../attribution/policy";
import { addDays } from "../calendar";
import { type Random, uniform } from "./draws";
import { sightingOf } from "./landmark";
import { LiftTally } from "./lift";
import { projectDeal } from "./projected-deal";

const WORLDS = 200;
const DEALS = 400;
const POLICY = PRESETS.two_bucket;
const AMOUNTS = [400_000, 3_000_000, 12_000_000, 40_000_000];

interface World {
  /** Points that a partner adds to the chance of a win. */
  effect: number;
  /** The chance that a partner is written down before stage 2. */
  early: number;
  /** The chance that a deal gets one once it looks won. */
  halo: number;
}

const row = (recordedOn: string): RoleRow => ({
  ...{ id: "T-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-01-01" },
  ...{ recordedOn, confirmedOn: recordedOn, source: null, secondHandOn: null },
});

/** One deal's facts. Larger deals are won less often and have partners more often, which matching undoes. */
function dealOf({ effect, early, halo }: World, random: Random, number: number): Facts {
  const band = Math.floor(random() * AMOUNTS.length);
  const partner = random() < early + 0.1 * band;
  const won = random() < 0.5 - 0.1 * band + (partner ? effect : 0);
  const stageTwo = addDays("2026-01-10", Math.floor(random() * 60));
  const stageFour = addDays(stageTwo, 5 + Math.floor(random() * 30));
  const closedOn = addDays(stageFour, 3 + Math.floor(random() * 30));
  const haloed = !partner && random() < (won ? halo : halo / 20);
  return {
    asOf: "2026-12-31",
    deal: {
      ...{
        id: `D-${number}`,
        amount: AMOUNTS[band] as number,
        currency: "USD",
        type: "new",
        route: "direct",
      },
      ...{ createdOn: "2026-01-10", closedOn, outcome: won ? "won" : "lost" },
      ...{ firstEngagedOn: null, recreatedFrom: null, amendedOn: null },
    },
    stages: [
      { stage: 2, enteredOn: stageTwo },
      { stage: 4, enteredOn: stageFour },
    ],
    partners: [{ id: "P-1", kind: "integrator", parentId: null, programs: [] }],
    registrations: [],
    roles: partner ? [row("2026-01-10")] : haloed ? [row(addDays(stageFour, 1))] : [],
    activities: [],
    rulings: [],
    cohort: { medianCycleDays: null },
  };
}

/** A world's deals, judged by the heart and compared. */
function compareIn(world: World, seed: number) {
  const random = uniform(seed * 7919);
  const tally = new LiftTally(2);
  for (let number = 0; number < DEALS; number++) {
    const facts = dealOf(world, random, number);
    const result = classify(POLICY, facts);
    const deal = projectDeal({
      facts,
      result,
      policyHash: "",
      account: null,
      owner: "ae",
      noPartnerOn: null,
    });
    tally.add({ ...deal, sighting: sightingOf(facts) }, deal.amount);
  }
  return tally;
}

const seeds = Array.from({ length: WORLDS }, (_, seed) => seed + 1);

describe("simulated worlds", () => {
  it("finds nothing where partners do nothing and deals are tagged once they look won; plainly, it would", () => {
    const found = seeds.map((seed) => {
      const tally = compareIn({ effect: 0, early: 0.2, halo: 0.6 }, seed);
      return [tally.compare("landmark", "winRate"), tally.compare("plain", "winRate")] as const;
    });
    const holdsZero = ({ low, high }: { low: number | null; high: number | null }) =>
      (low as number) <= 0 && (high as number) >= 0;
    expect(found.filter(([landmark]) => holdsZero(landmark)).length / WORLDS).toBeGreaterThanOrEqual(0.91);
    expect(found.filter(([, plain]) => holdsZero(plain))).toEqual([]);
    // A placebo of no effect is as likely to lie here as there.
    const placebos = found.map(([{ placebo }]) => placebo as number);
    expect(placebos.filter((placebo) => placebo <= 0.1).length / WORLDS).toBeLessThan(0.18);
    expect(placebos.filter((placebo) => placebo <= 0.5).length / WORLDS).toBeGreaterThan(0.38);
    expect(Math.max(...found.map(([, { placebo }]) => placebo as number))).toBeLessThan(0.01);
  });

  it("finds an effect of 12 points", () => {
    const found = seeds.map(
      (seed) =>
        compareIn({ effect: 0.12, early: 0.2, halo: 0.6 }, seed).compare("landmark", "winRate")
          .difference as number,
    );
    const mean = found.reduce((sum, difference) => sum + difference, 0) / WORLDS;
    expect(Math.abs(mean - 0.12)).toBeLessThan(0.01);
  });
});
