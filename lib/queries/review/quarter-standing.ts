import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { progressOf, QUARTER_PROGRESS, type Quarter } from "@/lib/calendar";
import { policyBook } from "@/lib/judging/policy-book";
import { readSeals, type Seal } from "@/lib/sealing/seals";
import { stateOf } from "../policy/policy-state";
import { dayShape, type PolicyState } from "../shapes";

export const QUARTER_STATES = [...QUARTER_PROGRESS, "frozen"] as const;

/** A frozen quarter's seal. */
export const sealShape = z.object({
  digest: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** The day the facts were read as of. */
  asOf: dayShape,
  by: z.string(),
  /** Documents in it; deals that closed in the quarter are `closed` of them. */
  deals: z.int(),
  closed: z.int(),
  /** The first hand: who prepared the freeze, and when. */
  prepared: z.object({ by: z.string(), at: z.string() }),
});

/** A seal as answers show it. */
export function sealState({ digest, at, by, deals, closed, header }: Seal): z.output<typeof sealShape> {
  const { asOf, prepared } = header;
  return { digest, at, asOf, by, deals, closed, prepared: { by: prepared.by.name, at: prepared.at } };
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
  const seal = (await readSeals(db, [quarter.label])).get(quarter.label);
  if (seal) return standingOf(seal);
  const state = progressOf(quarter, today);
  return { state, seal: null, asOf: today, policy: stateOf((await policyBook(db)).onDay(today)) };
}

/** What a frozen quarter's numbers stand on: its seal, its signatures included. */
export function standingOf(seal: Seal): Standing {
  const { asOf, policies, policy } = seal.header;
  const { model } = policies[policy.hash]!;
  const sealed = { ...policy, model, proposed: null };
  return { state: "frozen", seal: sealState(seal), asOf, policy: sealed };
}
