import { classify } from "./classify";
import type { Facts, Witness } from "./facts";
import type { Policy } from "./policy";
import type { PartnerResult, Result } from "./result";

/** What would put a second person behind an outcome that one person stated (domain.md §5). */
export interface Raising {
  /** Facts of the partner, in order of id: a second hand behind any one of them, or behind `all` of them together. */
  factIds: string[];
  needs: "one" | "all";
}

/**
 * Which facts a second person would have to stand behind for the partner's outcome to be countersigned: any one
 * that is enough by itself, else all that are stated, together. Null when nothing more is needed or it would
 * not be enough. Fills the second hands in and judges again, as a dispute does.
 */
export function whatRaises(policy: Policy, facts: Facts, partner: PartnerResult): Raising | null {
  if (partner.evidence !== "stated") return null;
  const stated = [...facts.registrations, ...facts.roles, ...facts.activities]
    .filter((fact) => fact.partnerId === partner.partnerId && isStated(fact, facts.asOf))
    .map(({ id }) => id)
    .sort();
  const raises = (ids: readonly string[]) => {
    const after = classify(policy, withSecondHands(facts, ids));
    const same = after.partners.find(({ partnerId }) => partnerId === partner.partnerId);
    return same !== undefined && same.evidence !== "stated" && same.evidence !== null;
  };
  const enough = stated.filter((id) => raises([id]));
  if (enough.length > 0) return { factIds: enough, needs: "one" };
  return raises(stated) ? { factIds: stated, needs: "all" } : null;
}

/** Of a result's partners those that something raises, by id. */
export function raisedPartners(policy: Policy, facts: Facts, { partners }: Result): Record<string, Raising> {
  return Object.fromEntries(
    partners.flatMap((partner) => {
      const raising = whatRaises(policy, facts, partner);
      return raising ? [[partner.partnerId, raising] as const] : [];
    }),
  );
}

function isStated({ source, secondHandOn }: Witness, asOf: string): boolean {
  return source === null && (secondHandOn === null || secondHandOn > asOf);
}

function withSecondHands(facts: Facts, ids: readonly string[]): Facts {
  const seconded = <F extends Witness & { id: string }>(all: readonly F[]): F[] =>
    all.map((fact) => (ids.includes(fact.id) ? { ...fact, secondHandOn: facts.asOf } : fact));
  return {
    ...facts,
    registrations: seconded(facts.registrations),
    roles: seconded(facts.roles),
    activities: seconded(facts.activities),
  };
}
