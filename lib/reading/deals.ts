import type { Day } from "@/lib/attribution/facts";
import { addDays } from "@/lib/calendar";
import type { KnownDeal } from "./known";

/** How long before a deal is entered something may have begun it. */
const BEFORE_DAYS = 60;

/** The deals of each customer, and which of them words mean. */
export class Deals {
  readonly #of = new Map<string, KnownDeal[]>();

  constructor(deals: readonly KnownDeal[]) {
    for (const deal of deals) {
      const known = this.#of.get(deal.accountId);
      if (known) known.push(deal);
      else this.#of.set(deal.accountId, [deal]);
    }
  }

  /** Whether a partner is on a deal of the customer. */
  have(accountId: string, partnerId: string): boolean {
    return (this.#of.get(accountId) ?? []).some((deal) => deal.partnerIds.includes(partnerId));
  }

  /**
   * Which of a customer's deals an act of a day was on: the one that the text names, else the one that ran then,
   * of several the one that the partner is on. Null where that leaves none or several.
   */
  of(accountId: string, partnerId: string, day: Day | null, text: string): string | null {
    const deals = this.#of.get(accountId) ?? [];
    const named = deals.filter((deal) => isNamed(deal, text));
    if (named.length === 1) return named[0]!.id;
    const meant = named.length > 1 ? named : deals;
    const ran =
      day === null
        ? meant.filter(({ outcome }) => outcome === "open")
        : meant.filter((deal) => runs(deal, day));
    const begun = ran.filter(({ createdOn }) => day === null || createdOn <= day);
    for (const some of [begun, ran, meant]) {
      if (some.length === 1) return some[0]!.id;
      const theirs = some.filter(({ partnerIds }) => partnerIds.includes(partnerId));
      if (theirs.length === 1) return theirs[0]!.id;
      if (some.length > 0) return null;
    }
    return null;
  }
}

function runs({ createdOn, closedOn }: KnownDeal, day: Day): boolean {
  return addDays(createdOn, -BEFORE_DAYS) <= day && (closedOn === null || day <= closedOn);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

function isNamed({ id, name }: KnownDeal, text: string): boolean {
  return [id, ...(name ? [name] : [])].some((said) =>
    new RegExp(`(?<![\\p{L}\\p{N}_-])${escaped(said)}(?![\\p{L}\\p{N}_-])`, "iu").test(text),
  );
}
