import type { ContestedFacts } from "@/lib/attribution/contested";
import type { DealFacts, Facts } from "@/lib/attribution/facts";
import type { GrayCode } from "@/lib/attribution/vocabulary";

/** What a deal itself says that can make it gray. */
type GrayDeal = Pick<DealFacts, "route" | "firstEngagedOn" | "recreatedFrom">;

/** The facts that made a deal gray, as they stood when its case was opened. */
export interface Snapshot extends ContestedFacts {
  /** Absent in cases of before this was kept. */
  deal?: GrayDeal;
}

export function dealOf({ deal: { route, firstEngagedOn, recreatedFrom } }: Facts): GrayDeal {
  return { route, firstEngagedOn, recreatedFrom };
}

/** What a fact says, apart from what may still be added to it: a proof, a confirmation, a decision, a second hand. */
const SAYS = {
  registrations: ["partnerId", "submittedOn", "recordedOn"],
  roles: ["partnerId", "role", "touchStage", "touchedOn", "recordedOn"],
  activities: ["partnerId", "type", "stage", "occurredOn", "recordedOn", "involvement"],
} as const;

/** What may be added where nothing was, and stays once it is there. */
const ADDED = { registrations: ["decidedOn"], roles: ["confirmedOn"], activities: ["proof"] } as const;

/**
 * Whether every fact that made the deal gray still says what it said (domain.md §8.6): then it was put right by what
 * was added. A fact that was changed or withdrawn since leaves its case to the two sides. Who belongs to whom is no
 * fact of the deal, and never comes by adding.
 */
export function onlyAdded(facts: Facts, was: Snapshot, kind: GrayCode): boolean {
  if (kind === "partner_of_partner") return false;
  const deal = dealOf(facts);
  if (was.deal && (Object.keys(deal) as (keyof GrayDeal)[]).some((name) => was.deal?.[name] !== deal[name]))
    return false;
  return (Object.keys(SAYS) as (keyof typeof SAYS)[]).every((list) =>
    (was[list] as unknown as Row[]).every((before) => {
      const now = (facts[list] as unknown as Row[]).find(({ id }) => id === before.id);
      return (
        now !== undefined &&
        SAYS[list].every((name) => now[name] === before[name]) &&
        ADDED[list].every((name) => (before[name] ?? null) === null || now[name] === before[name])
      );
    }),
  );
}

type Row = Record<string, unknown>;
