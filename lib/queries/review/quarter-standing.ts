import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { Quarter } from "@/lib/calendar";
import { policyBook } from "@/lib/judging/policy-book";
import { readSeals, type Seal } from "@/lib/sealing/seals";
import { stateOf } from "../policy/policy-state";
import { dayShape, type PolicyState } from "../shapes";

export const QUARTER_STATES = ["under_way", "over", "frozen"] as const;

/** A frozen quarter's seal. */
export const sealShape = z.object({
  digest: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** The day the facts were read as of. */
  asOf: dayShape,
  by: z.string(),
  deals: z.int(),
});

/** A seal as answers show it. */
export function sealState({ digest, at, by, deals, header }: Seal): z.output<typeof sealShape> {
  return { digest, at, asOf: header.asOf, by, deals };
}

/** What a quarter's numbers stand on: what there is now, or its seal. */
export interface Standing {
  state: (typeof QUARTER_STATES)[number];
  seal: z.output<typeof sealShape> | null;
  /** The day the facts were read as of. */
  asOf: Day;
  policy: PolicyState;
}

export async function quarterStanding(db: Db, quarter: Quarter, today: Day): Promise<Standing> {
  const [book, seals] = await Promise.all([policyBook(db), readSeals(db, [quarter.label])]);
  const seal = seals.get(quarter.label);
  if (!seal) {
    const state = today <= quarter.to ? "under_way" : "over";
    return { state, seal: null, asOf: today, policy: stateOf(book.onDay(today)) };
  }
  const { asOf, policies, policy } = seal.header;
  const known =
    policy.signedFrom === null
      ? undefined
      : book.policies.find(({ hash, signed }) => signed && hash === policy.hash);
  const sealed = known ?? {
    hash: policy.hash,
    policy: policies[policy.hash]!,
    signed: null,
    proposed: null,
    unsignedBefore: null,
  };
  return { state: "frozen", seal: sealState(seal), asOf, policy: stateOf(sealed) };
}
