import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Facts } from "@/lib/attribution/facts";
import { addPartners, loadKnown } from "./partner-history";

/** A record that became another one (§1). */
interface Merged extends Record<string, unknown> {
  id: string;
  into: string;
}

/**
 * By deal, its facts as they named a record that has become the partner that they name now. A merge says nothing else
 * of a deal, so whatever held for its facts before the merge holds (domain.md §8.3).
 */
export async function asNamedBefore(
  db: Pick<Db, "execute">,
  documents: readonly Facts[],
): Promise<ReadonlyMap<string, readonly Facts[]>> {
  const named = new Set(documents.flatMap((facts) => [...namesOf(facts)]));
  const merged = await db.execute<Merged>(sql`
    select id, merged_into as "into" from partners where merged_into = any(${sql.param([...named])}::text[]) order by id`);
  if (merged.length === 0) return new Map();
  const known = await loadKnown(db, [...named, ...[...merged].map(({ id }) => id)]);
  return new Map(
    documents.map((facts) => {
      let all = [facts];
      for (const { id, into } of merged)
        if (namesOf(facts).has(into)) all = all.flatMap((one) => [one, renamed(one, into, id)]);
      const before = all.filter((one) => one !== facts);
      for (const one of before) addPartners(one, known);
      return [facts.deal.id, before];
    }),
  );
}

const claims = ({ registrations, roles, activities, rulings }: Facts) =>
  [registrations, roles, activities, rulings].flat();

const namesOf = (facts: Facts) => new Set(claims(facts).map(({ partnerId }) => partnerId));

/** Its partners are put in afterwards. */
function renamed(facts: Facts, from: string, to: string): Facts {
  const of = <F extends { partnerId: string }>(list: readonly F[]) =>
    list.map((one) => (one.partnerId === from ? { ...one, partnerId: to } : one));
  return {
    ...facts,
    partners: [],
    ...{ registrations: of(facts.registrations), roles: of(facts.roles) },
    ...{ activities: of(facts.activities), rulings: of(facts.rulings) },
  };
}
