import { refuse } from "../errors";
import { type Interval, wilson } from "./statistics";

/**
 * A seeded sample of a quarter's closed deals for an auditor (domain.md §8.11). The same seed draws the same deals of the
 * same seal, and whoever has SHA-256 draws it again by hand.
 */
export const SAMPLE_METHODS = ["deals", "amount"] as const;
export type SampleMethod = (typeof SAMPLE_METHODS)[number];

/** The most that one sample holds: what two people look at deal by deal. */
export const LARGEST_SAMPLE = 200;

export const VERDICTS = ["holds", "does_not_hold"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface SampledFrom {
  id: string;
  /** Minor units of the reporting currency. */
  amount: number;
}

export interface Draw {
  seed: string;
  size: number;
  method: SampleMethod;
}

/**
 * The drawn ids. `deals`: the deals in order of the SHA-256 of seed, line feed and id, and of them the first `size`.
 * `amount`: in the same order `size` points at equal distances along their amounts, the first where the SHA-256 of the seed
 * falls, and the deals that they hit: a large deal is drawn for certain, and once.
 *
 * @param sha256 over a text in UTF-8, 64 hexadecimal digits
 */
export function drawSample(
  deals: readonly SampledFrom[],
  { seed, size, method }: Draw,
  sha256: (text: string) => string,
): string[] {
  const ordered = deals
    .map((deal) => ({ ...deal, hash: sha256(`${seed}\n${deal.id}`) }))
    .sort((one, other) => (one.hash < other.hash ? -1 : 1));
  if (method === "deals") return ordered.slice(0, size).map(({ id }) => id);
  const whole = ordered.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  if (whole === 0n) return refuse("method", method, "takes deals that have an amount: these have none");
  // In parts of 1 ÷ size of a minor unit, so that equal distances are whole.
  const start = BigInt(`0x${sha256(seed)}`) % whole;
  let [point, before] = [start, 0n];
  return ordered.flatMap(({ id, amount }) => {
    const end = before + BigInt(amount) * BigInt(size);
    const isHit = point < end;
    while (point < end) point += whole;
    before = end;
    return isHit ? [id] : [];
  });
}

/** What was found of a sample so far. */
export interface SampleResult {
  of: number;
  looked: number;
  hold: number;
  /** Where the share of all deals that hold lies, 95 %, by Wilson; null until every deal was looked at. */
  interval: Interval | null;
}

export function sampleResult(verdicts: readonly (Verdict | null)[]): SampleResult {
  const of = verdicts.length;
  const looked = verdicts.filter((one) => one !== null).length;
  const hold = verdicts.filter((one) => one === "holds").length;
  return { of, looked, hold, interval: looked === of ? wilson(hold, of) : null };
}
