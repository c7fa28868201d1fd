import type { DealType } from "@/lib/attribution/vocabulary";
import { addDays, daysBetween, type FiscalYear, type Quarter, shiftQuarter } from "@/lib/calendar";
import { accountNames } from "./accounts";
import { type Course, type Part, partOf } from "./parts";
import { DEMO_AES } from "./people";
import { logNormal, type Random, randomOf, spread } from "./random";
import { type DealStory, workday } from "./story";

/**
 * The many deals that make the numbers. A quarter is planned by what closes in it, so that its rates come
 * out as meant; when a deal was created follows from how long it took. What lies after today is not told yet.
 */

interface Count {
  won: number;
  lost: number;
}

/** What closes in a quarter, by the part that partners played; oldest quarter first. */
const PLAN: readonly Readonly<Record<Part, Count>>[] = [
  plan([7, 17], [0, 2], [3, 3], [4, 3]),
  plan([7, 17], [1, 1], [3, 2], [5, 3]),
  plan([7, 17], [0, 2], [3, 3], [5, 3]),
  plan([7, 16], [0, 2], [3, 2], [6, 4]),
  plan([6, 16], [1, 2], [4, 2], [6, 3]),
  plan([7, 17], [1, 2], [4, 3], [6, 3]),
  plan([9, 20], [1, 3], [5, 4], [8, 5]),
];

function plan(...counts: [number, number][]): Record<Part, Count> {
  const [direct, quiet, sourced, influenced] = counts.map(([won, lost]) => ({ won, lost })) as Count[];
  return { direct, quiet, sourced, influenced } as Record<Part, Count>;
}

/** Dollars of a middling deal, and days that one takes without a partner. */
const MIDDLING_AMOUNT = 49_000;
const MIDDLING_CYCLE = 94;

/** How the parts differ: sourced deals are larger, credited ones quicker (domain.md §7's benchmarks). */
const SHAPE: Readonly<Record<Part, { amount: number; cycle: number }>> = {
  direct: { amount: 1, cycle: 1 },
  quiet: { amount: 0.9, cycle: 1.05 },
  sourced: { amount: 1.22, cycle: 0.66 },
  influenced: { amount: 0.84, cycle: 0.7 },
};

const TYPES: readonly { until: number; type: DealType; cycle: number }[] = [
  { until: 0.74, type: "new", cycle: 1 },
  { until: 0.93, type: "expansion", cycle: 0.8 },
  { until: 1, type: "renewal", cycle: 0.6 },
];

interface Slot {
  key: string;
  part: Part;
  outcome: "won" | "lost";
  quarter: Quarter;
  /** Quantiles of closing day within the quarter, amount, cycle and type. */
  at: [day: number, amount: number, cycle: number, type: number];
}

/**
 * The deals that close in `quarters` (six, the current one last) and in the quarter after, in order of
 * creation. Depends on the seed and the quarters alone, not on the day of telling.
 */
export function backgroundDeals(seed: number, quarters: readonly Quarter[], year: FiscalYear): DealStory[] {
  const all = [...quarters, shiftQuarter(quarters.at(-1) as Quarter, 1, year)];
  const courses = all
    .flatMap((quarter, at) => slotsOf(seed, quarter, at))
    .map((slot) => courseOf(slot, randomOf(seed, slot.key)))
    .sort((a, b) => (a.createdOn + a.key < b.createdOn + b.key ? -1 : 1));
  const nameOfNew = accountNames(seed);
  const random = randomOf(seed, "books");
  const customers: { account: string; owner: string; since: string }[] = [];
  return courses.map((course, at) => {
    const known = customers.filter(({ since }) => since < course.createdOn);
    const customer = course.type !== "new" && known.length > 0 ? random.pick(known) : null;
    const account = customer?.account ?? nameOfNew();
    const owner = customer?.owner ?? random.pick(DEMO_AES);
    if (course.close.outcome === "won") customers.push({ account, owner, since: course.close.on });
    return partOf({ ...course, id: `D-${1001 + at}`, account, owner }, randomOf(seed, `${course.key} part`));
  });
}

function slotsOf(seed: number, quarter: Quarter, at: number): Slot[] {
  const counts = PLAN[at] as (typeof PLAN)[number];
  return (Object.keys(counts) as Part[]).flatMap((part) =>
    (["won", "lost"] as const).flatMap((outcome) => {
      const count = counts[part][outcome];
      const random = randomOf(seed, `${at} ${part} ${outcome}`);
      const [days, amounts, cycles, types] = [0, 1, 2, 3].map(() => spread(count, random)) as number[][];
      return Array.from({ length: count }, (_, n) => ({
        key: `${at} ${part} ${outcome} ${n}`,
        part,
        outcome,
        quarter,
        at: [days?.[n], amounts?.[n], cycles?.[n], types?.[n]] as Slot["at"],
      }));
    }),
  );
}

function courseOf({ key, part, outcome, quarter, at }: Slot, random: Random): Course {
  const [day, amountAt, cycleAt, typeAt] = at;
  const { type, cycle: typeCycle } = TYPES.find(({ until }) => typeAt < until) as (typeof TYPES)[number];
  const shape = SHAPE[part];
  const dollars = Math.max(6_500, logNormal(MIDDLING_AMOUNT * shape.amount, 0.72, amountAt));
  const amount = Math.round(dollars / 250) * 250_00;
  const size = (dollars / MIDDLING_AMOUNT) ** 0.16;
  const cycle = Math.max(
    16,
    Math.round(logNormal(MIDDLING_CYCLE * shape.cycle, 0.3, cycleAt) * typeCycle * size),
  );
  // Quarters close late.
  const closedOn = workday(
    addDays(quarter.from, Math.floor(day ** 0.85 * (daysBetween(quarter.from, quarter.to) + 1))),
  );
  const createdOn = workday(addDays(closedOn, -cycle));
  return {
    key,
    part,
    amount,
    type,
    createdOn,
    stages: stagesOf(createdOn, closedOn, outcome, random),
    close: { outcome, on: closedOn },
  };
}

/** The share of its life after which a deal enters stages 2 to 5. */
const ENTERS = [0.14, 0.36, 0.6, 0.82] as const;

function stagesOf(
  createdOn: string,
  closedOn: string,
  outcome: "won" | "lost",
  random: Random,
): DealStory["stages"] {
  const reached = outcome === "won" ? 5 : random.pick([2, 3, 3, 4, 4, 5]);
  const life = daysBetween(createdOn, closedOn);
  // A deal that is lost early spends its life in the stages that it saw.
  const stretch = outcome === "won" ? 1 : 0.9 / (ENTERS[Math.min(reached - 1, 3)] as number);
  const entries = ENTERS.slice(0, reached - 1).map((share, at) => {
    const days = Math.round(
      life * Math.min(0.95, share * Math.min(stretch, 1.5) + 0.06 * (random.next() - 0.5)),
    );
    return {
      stage: (at + 2) as DealStory["stages"][number]["stage"],
      on: workday(addDays(createdOn, Math.max(1, days))),
    };
  });
  const first = { stage: 1 as const, on: createdOn };
  return [first, ...entries.map((entry) => (entry.on < createdOn ? { ...entry, on: createdOn } : entry))];
}
