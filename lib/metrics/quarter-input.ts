import type { QuarterRates } from "../money";
import type { CostRow, JudgedDeal, NumbersPolicy } from "./judged-deal";
import type { QuarterTally } from "./tally";

/** What a quarter is counted with, besides its deals. */
export interface Counting {
  /** Costs of other quarters may be in it. */
  costs: readonly CostRow[];
  /** The asked quarter's own rates, whatever day a deal in it was created on. */
  rates: QuarterRates;
  policy: NumbersPolicy;
  /** The deals are narrowed: what is kept for the whole programme is of none of them. */
  narrowed?: boolean;
}

/** A quarter by its deals; deals of other quarters may be among them. */
export interface DealsInput<D extends JudgedDeal = JudgedDeal> extends Counting {
  deals: readonly D[];
  tally?: undefined;
}

/** A quarter by a tally of its deals. */
export interface TallyInput extends Counting {
  tally: QuarterTally;
  deals?: undefined;
}

/** All that a quarter's numbers are made of. */
export type QuarterInput = DealsInput | TallyInput;
