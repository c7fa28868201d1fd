import { hypergeometric, type Random } from "./draws";
import { medianOf, type Ranked } from "./statistics";

/** Up to so many values are dealt one by one: below it that is quicker than halving. */
const FEW = 1000;

/** The first side's median less the second's, of ascending values shuffled between the two. */
export function shuffledDifference(values: Float64Array, first: number, random: Random): number {
  if (values.length <= FEW) return dealt(values, first, random);
  const shuffle = new Shuffled(values, first, random);
  return medianOf(shuffle.side("first")) - medianOf(shuffle.side("second"));
}

/** Each value in its turn goes to a side by what that side still lacks, until both have their middle. */
function dealt(values: Float64Array, first: number, random: Random): number {
  const second = values.length - first;
  const [lowFirst, highFirst, lowSecond, highSecond] = [
    (first - 1) >> 1,
    first >> 1,
    (second - 1) >> 1,
    second >> 1,
  ];
  let [taken, sum, others, otherSum] = [0, 0, 0, 0];
  for (let at = 0; taken <= highFirst || others <= highSecond; at++) {
    const value = values[at] as number;
    if (random() * (values.length - at) < first - taken) {
      if (taken === lowFirst) sum += value;
      if (taken === highFirst) sum += value;
      taken++;
    } else {
      if (others === lowSecond) otherSum += value;
      if (others === highSecond) otherSum += value;
      others++;
    }
  }
  return (sum - otherSum) / 2;
}

/**
 * One shuffle of ascending values between two sides, of which only the ranks that are asked for are settled. How
 * many of a half go to the first side is hypergeometric, so a rank is found by halving: the law of shuffling all,
 * at a cost that grows with the logarithm of the values.
 */
export class Shuffled {
  /** How many of a half, by its number in the tree of halves, go to the first side; as far as it was asked. */
  private readonly known = new Map<number, number>();

  constructor(
    private readonly values: Ranked,
    private readonly first: number,
    private readonly random: Random,
  ) {}

  /** What the shuffle deals a side, ascending. */
  side(which: "first" | "second"): Ranked {
    const { length } = this.values;
    return {
      length: which === "first" ? this.first : length - this.first,
      at: (rank) => this.values.at(this.positionOf(which, rank)),
    };
  }

  private positionOf(which: "first" | "second", rank: number): number {
    let [from, to, first, half] = [0, this.values.length, this.first, 1];
    let left = rank;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      const firstBelow = this.below(half, to - from, first, middle - from);
      const ofSide = which === "first" ? firstBelow : middle - from - firstBelow;
      if (left < ofSide) [to, first, half] = [middle, firstBelow, half * 2];
      else {
        left -= ofSide;
        [from, first, half] = [middle, first - firstBelow, half * 2 + 1];
      }
    }
    return from;
  }

  private below(half: number, all: number, first: number, size: number): number {
    const known = this.known.get(half);
    if (known !== undefined) return known;
    const drawn = hypergeometric(all, first, size)(this.random);
    this.known.set(half, drawn);
    return drawn;
  }
}
