import type { Db } from "@/db/connection/client";
import type { Day, Facts } from "@/lib/attribution/facts";
import type { Stage } from "@/lib/attribution/vocabulary";
import { Refusal } from "@/lib/errors";
import { loadFacts } from "@/lib/judging/facts";
import { loadFamily } from "@/lib/judging/partner-history";
import { type PolicyInForce, policyBook } from "@/lib/judging/policy-book";

/** The facts of one deal as of a day and the policy that judges it (§5); refuses an unknown deal. */
export async function factsAndPolicy(
  db: Db,
  dealId: string,
  today: Day,
): Promise<{ facts: Facts; inForce: PolicyInForce }> {
  const [[facts], book] = await Promise.all([
    loadFacts(db, [dealId], today, { cohorts: "judged" }),
    policyBook(db),
  ]);
  if (!facts) noDeal(dealId);
  return { facts, inForce: book.judging(facts.deal, today) };
}

export function noDeal(dealId: string): never {
  throw new Refusal({
    code: "not_found",
    field: "dealId",
    value: dealId,
    rule: "there is no deal with this id",
  });
}

/** The deal's stage on a day: the last one entered on or before it, 0 before the first (§4). */
export function stageOnDay({ stages }: Facts, day: Day): Stage {
  return stages.filter(({ enteredOn }) => enteredOn <= day).at(-1)?.stage ?? 0;
}

/** The facts with a partner in them, and everybody above it; refuses an unknown partner. */
export async function withPartner(db: Db, facts: Facts, partnerId: string): Promise<Facts> {
  if (facts.partners.some(({ id }) => id === partnerId)) return facts;
  const family = await loadFamily(db, partnerId, facts.asOf);
  if (family.length === 0) {
    throw new Refusal({
      code: "not_found",
      field: "change.partnerId",
      value: partnerId,
      rule: "there is no partner with this id",
    });
  }
  const known = new Set(facts.partners.map(({ id }) => id));
  const partners = [...facts.partners, ...family.filter(({ id }) => !known.has(id))];
  return { ...facts, partners: partners.sort((one, other) => (one.id < other.id ? -1 : 1)) };
}
