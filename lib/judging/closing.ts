import { createHash } from "node:crypto";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day, Facts } from "@/lib/attribution/facts";

/**
 * The facts of a closed deal as the stage gate judged them on `asOf`, with all that was claimed since: so what came,
 * went or changed after the gate's answer makes another document. What belongs to the time after a close makes none:
 * a second hand, a ruling, stage 6; nor does what other deals lend, the cohort (domain.md §8.3).
 */
export function asGated(facts: Facts, asOf: Day): Facts {
  const known = <F extends { secondHandOn: Day | null }>(fact: F): F =>
    fact.secondHandOn !== null && fact.secondHandOn > asOf ? { ...fact, secondHandOn: null } : fact;
  return {
    ...facts,
    asOf,
    deal: { ...facts.deal, amendedOn: null },
    stages: facts.stages.filter(({ stage, enteredOn }) => stage < 6 || enteredOn <= asOf),
    registrations: facts.registrations.map(known),
    roles: facts.roles.map(known),
    activities: facts.activities
      .filter(({ stage, recordedOn }) => stage < 6 || recordedOn <= asOf)
      .map(known),
    rulings: facts.rulings.filter(({ decidedOn }) => decidedOn <= asOf),
    cohort: { medianCycleDays: null },
  };
}

/** SHA-256 over the canonical JSON (RFC 8785) of the facts as the gate judged them: 64 hexadecimal digits. */
export function factsDigest(facts: Facts, asOf: Day): string {
  return createHash("sha256")
    .update(canonicalJson(asGated(facts, asOf)))
    .digest("hex");
}
