import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { progressOf, QUARTER_PROGRESS, type Quarter } from "@/lib/calendar";
import type { Moment } from "@/lib/judging/known-at";
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

/** @param moment a past one, by which the quarter may not have been frozen yet */
export async function quarterStanding(
  db: Db,
  quarter: Quarter,
  today: Day,
  moment: Moment | null = null,
): Promise<Standing> {
  const seal = (await readSeals(db, [quarter.label])).get(quarter.label);
  if (seal && (moment === null || (moment.at !== null && seal.at <= moment.at))) return standingOf(seal);
  const day = moment?.day ?? today;
  const book = await policyBook(db, moment?.at ?? undefined);
  return { state: progressOf(quarter, day), seal: null, asOf: day, policy: stateOf(book.onDay(day)) };
}

/** What a frozen quarter's numbers stand on: its seal, its signatures included. */
export function standingOf(seal: Seal): Standing {
  const { asOf, policies, policy } = seal.header;
  const { model } = policies[policy.hash]!;
  const sealed = { ...policy, model, proposed: null };
  return { state: "frozen", seal: sealState(seal), asOf, policy: sealed };
}
