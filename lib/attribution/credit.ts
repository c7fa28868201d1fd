import { CREDITED } from "./compiled";

/** The partners of a deal, in columns: `first` up to `end`, in order of id. */
export interface Claimants {
  first: number;
  end: number;
  /** Places in `OUTCOMES`. */
  outcomes: ArrayLike<number>;
  /** The earliest role, registration or activity day as a number; `NEVER` of whoever has none. */
  firstDays: ArrayLike<number>;
}

/**
 * Each partner's credit in minor units, into its place: `amount` split equally between those with the same credited
 * outcome, odd units one each to the earliest, then by id; 0 without credit. The lines of one outcome sum to
 * `amount`; lines of different outcomes are never added. domain.md §5 *credit*.
 */
export function splitCredit(amount: number, claimants: Claimants, credit: number[]): void {
  const { first, end, outcomes } = claimants;
  for (let one = first; one < end; one++) {
    const outcome = outcomes[one]!;
    if (!CREDITED[outcome]) {
      credit[one] = 0;
      continue;
    }
    let sharers = 0;
    let place = 0;
    for (let other = first; other < end; other++) {
      if (outcomes[other] !== outcome) continue;
      sharers += 1;
      if (comesBefore(claimants, other, one)) place += 1;
    }
    const share = Math.floor(amount / sharers);
    credit[one] = place < amount - share * sharers ? share + 1 : share;
  }
}

/** Whoever has no day comes last: `NEVER` is later than any. */
function comesBefore({ firstDays }: Claimants, one: number, other: number): boolean {
  const [day, than] = [firstDays[one]!, firstDays[other]!];
  return day === than ? one < other : day < than;
}
