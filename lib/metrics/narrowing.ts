import type { DealFacts } from "../attribution/facts";
import { OUTCOMES } from "../attribution/vocabulary";
import type { ProjectedDeal } from "./projected-deal";

/** To which deals a number is narrowed (domain.md §7); null leaves all of them. */
export interface Narrowing {
  /** Names of AEs. */
  owners: ReadonlySet<string> | null;
  /** Ids of partners: a deal that one of them is on then counts in the best outcome that they have on it themselves. */
  partners: ReadonlySet<string> | null;
  type: DealFacts["type"] | null;
  route: DealFacts["route"] | null;
}

/** A deal as a narrowed number counts it; null where it does not. Of outcomes that one model gives the better comes first. */
export function narrowed(
  deal: ProjectedDeal,
  { owners, partners, type, route }: Narrowing,
): ProjectedDeal | null {
  if (owners && !owners.has(deal.owner)) return null;
  if ((type && deal.type !== type) || (route && deal.route !== route)) return null;
  if (!partners) return deal;
  const [best] = deal.partners
    .filter(({ id }) => partners.has(id))
    .sort((one, other) => OUTCOMES.indexOf(one.outcome) - OUTCOMES.indexOf(other.outcome));
  if (!best) return null;
  const [, state, confirmed, cycle] = deal.countsAs.split("/");
  const countsAs = [best.outcome, state, confirmed, cycle, best.evidence ?? "none"].join("/");
  return { ...deal, attribution: best.outcome, evidence: best.evidence, countsAs };
}
