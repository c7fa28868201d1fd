import type { CountedDeal, DecidedState } from "./closed-deals";

/** Of closed deals, how many are in each state. */
export function countStates(closed: readonly Pick<CountedDeal, "state">[]): Record<DecidedState, number> {
  const counts = { undecided: 0, exception: 0, stands: 0, clear: 0 };
  for (const { state } of closed) counts[state]++;
  return counts;
}

export const undecidedIn = (closed: readonly Pick<CountedDeal, "state">[]) => countStates(closed).undecided;

/** How many closed, and of how many of them the attribution is confirmed (§7). */
export interface Share {
  closed: number;
  confirmed: number;
}

/** The two confirmed shares, of the won and of the lost ones: what is not confirmed is found so. */
export function confirmedShares(closed: readonly Pick<CountedDeal, "as" | "found">[]): {
  won: Share;
  lost: Share;
} {
  const share = (as: "won" | "lost") => {
    const those = closed.filter((one) => one.as === as);
    const confirmed = those.filter(({ found }) => found.every(({ kind }) => kind !== "unconfirmed"));
    return { closed: those.length, confirmed: confirmed.length };
  };
  return { won: share("won"), lost: share("lost") };
}
