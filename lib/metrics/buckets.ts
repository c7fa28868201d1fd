import { outcomesOf } from "../attribution/models";
import type { Outcome } from "../attribution/vocabulary";
import { OUTCOME_WORDS } from "../attribution/words";
import type { DealClass } from "./deal-class";
import type { Figure } from "./definition";
import { isAny, isDirect, isWon } from "./predicates";
import type { Part } from "./sheet";
import type { Population } from "./tally";

/** The credited outcomes of all models, and direct: a deal is in one of them, its own (domain.md §5). */
const CREDITED = [
  "sourced",
  "accelerated",
  "influenced",
  "co_sell",
  "influence",
  "assisted",
  "assisted_close",
] as const satisfies readonly Outcome[];
export type Bucket = (typeof CREDITED)[number] | "direct" | "all";
export const BUCKETS: readonly Bucket[] = [...CREDITED, "direct", "all"];

const isCreditedAs = (bucket: Bucket): bucket is (typeof CREDITED)[number] =>
  bucket !== "direct" && bucket !== "all";

function nameOf(bucket: Bucket): string {
  if (bucket === "all") return "All";
  return bucket === "direct" ? "Direct" : OUTCOME_WORDS[bucket].label;
}

function isIn(bucket: Bucket): (deal: DealClass) => boolean {
  if (bucket === "all") return isAny;
  return bucket === "direct" ? isDirect : (deal) => deal.attribution === bucket;
}

/** A part a bucket: its deals of the population, the won ones alone where revenue is asked for. */
export function bucketParts(
  population: Population,
  suffix: string,
  wonOnly: boolean,
): Readonly<Record<Bucket, Part>> {
  const part = (bucket: Bucket): Part => {
    const keeps = isIn(bucket);
    return {
      name: `${nameOf(bucket)}, ${suffix}`,
      population,
      keeps: wonOnly ? (deal) => isWon(deal) && keeps(deal) : keeps,
    };
  };
  return Object.fromEntries(BUCKETS.map((bucket) => [bucket, part(bucket)])) as Record<Bucket, Part>;
}

/** A figure a bucket: the sum of its amounts; undefined under a model that has no such outcome. */
export function bucketFigures(): Readonly<Record<Bucket, Figure<Bucket>>> {
  const figure = (bucket: Bucket): Figure<Bucket> => ({
    name: nameOf(bucket),
    unit: "money",
    opens: [bucket],
    adds: "amount",
    value: (q) => {
      // Deals that an earlier policy judged may have an outcome that the model of today lacks.
      const known =
        !isCreditedAs(bucket) || q.count(bucket) > 0 || outcomesOf(q.policy.model).includes(bucket);
      return known ? q.amount(bucket) : { undefined: "not_in_model" };
    },
  });
  return Object.fromEntries(BUCKETS.map((bucket) => [bucket, figure(bucket)])) as Record<
    Bucket,
    Figure<Bucket>
  >;
}
