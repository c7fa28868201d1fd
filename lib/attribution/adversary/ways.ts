import type { Clause } from "../clauses";
import type { Facts } from "../facts";
import type { Policy } from "../policy";
import type { Outcome } from "../vocabulary";
import { letThrough } from "./clauses-asked";
import { HANDS, type Hand } from "./hands";
import type { Hole, SearchOptions } from "./search";
import { compareCost } from "./writes";

/** A hole on a deal. */
export interface FoundHole {
  dealId: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  hole: Hole;
}

/** A way to raise deals by one hand: the same kinds of writes for the same outcome, seen somewhere or nowhere. */
export interface Way {
  hand: Hand;
  outcome: Outcome;
  /** On how many of the deals that were tried. */
  deals: number;
  /** By number of writes, then days dated back, then id. */
  cheapest: FoundHole;
  /** The one with the most credit to gain; of equals the cheaper. */
  dearest: FoundHole;
  /** The clauses that let the cheapest through. */
  through: Clause[];
}

/** Adds up holes, a deal at a time, into few ways. What it keeps grows with the ways, not with the deals. */
export class Ways {
  private readonly found = new Map<string, Omit<Way, "through"> & { facts: Facts }>();

  constructor(
    private readonly policy: Policy,
    private readonly options: Pick<SearchOptions, "powers" | "others"> = {},
  ) {}

  add(facts: Facts, holes: readonly Hole[]): void {
    const { id, amount, currency } = facts.deal;
    const counted = new Set<string>();
    for (const hole of holes) {
      const key = keyOf(hole);
      const one: FoundHole = { dealId: id, amount, currency, hole };
      const known = this.found.get(key);
      const { hand, outcome } = hole;
      if (!known) {
        this.found.set(key, { hand, outcome, deals: 1, cheapest: one, dearest: one, facts });
      } else {
        if (!counted.has(key)) known.deals += 1;
        if (isCheaper(one, known.cheapest)) Object.assign(known, { cheapest: one, facts });
        if (isDearer(one, known.dearest)) known.dearest = one;
      }
      counted.add(key);
    }
  }

  /** Cheapest first; of equals in the order of hands, then by outcome and writes. */
  list(): Way[] {
    return [...this.found.values()]
      .sort(
        (one, other) =>
          compareCost(one.cheapest.hole.cost, other.cheapest.hole.cost) || compareKeys(one, other),
      )
      .map(({ facts, ...way }) => ({
        ...way,
        through: letThrough(this.policy, facts, way.cheapest.hole, this.options),
      }));
  }
}

const keyOf = ({ hand, outcome, writes, seenAs }: Hole) =>
  [hand, outcome, ...[...new Set(writes.map(({ kind }) => kind))].sort(), seenAs.length > 0].join(" ");

const gain = ({ hole: { before, after } }: FoundHole) => after.credit - before.credit;

/** Amounts of two currencies are not compared: the first stays. */
const isDearer = (one: FoundHole, than: FoundHole) =>
  one.currency === than.currency && gain(one) > gain(than);

const isCheaper = (one: FoundHole, than: FoundHole) =>
  (compareCost(one.hole.cost, than.hole.cost) || (one.dealId < than.dealId ? -1 : 1)) < 0;

function compareKeys(one: Pick<Way, "hand" | "cheapest">, other: Pick<Way, "hand" | "cheapest">): number {
  const byHand = HANDS.indexOf(one.hand) - HANDS.indexOf(other.hand);
  return byHand || (keyOf(one.cheapest.hole) < keyOf(other.cheapest.hole) ? -1 : 1);
}
