import type { SQL } from "drizzle-orm";
import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { DealOutcome, Stage } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import type { GuardedDeal } from "@/lib/commands/deal/guards";
import type { InboxKind } from "@/lib/metrics/inbox-kinds";
import { dayShape, mayShape, namedShape, stageShape, stateShape } from "../shapes";
import type { FactsRead } from "./facts-read";
import type { Whose } from "./whose";

/** What the items of a week are asked with. */
export interface Asked {
  actor: Actor;
  today: Day;
  whose: Whose | null;
  /** The policy in force, and the days without an action after which a partner is silent. */
  policy: Policy;
  window: { days: number; from: Day };
  /** How many days a registration may wait. */
  answerDays: number;
  /** Those that whoever asks has put off, instead of the others. */
  snoozed: boolean;
}

/** An item as its kind's statement finds it, with the deal and the names that all kinds show. */
export interface Found<About = unknown> extends Record<string, unknown> {
  kind: InboxKind;
  /** With the kind, what an item is known by while its facts stand. */
  subjectId: string;
  dealId: string | null;
  partnerId: string | null;
  since: Day;
  dueOn: Day | null;
  about: About;
  partnerName: string | null;
  account: string | null;
  owner: { id: string; name: string } | null;
  /** Of what nobody owns. */
  desk: UserRole | null;
  given: { by: string; on: Day } | null;
  snoozedUntil: Day | null;
  deal: {
    owner: string;
    state: DealOutcome;
    closedOn: Day | null;
    /** Of its close (§8.5). */
    monthLocked: boolean;
    stage: Stage;
    amount: number;
    currency: string;
    expectedCloseOn: Day | null;
  } | null;
}

/** What every item says. */
export const itemShape = z.object({
  subjectId: z.string(),
  deal: z
    .object({
      id: z.string(),
      /** As the CRM names its AE. */
      owner: z.string(),
      state: stateShape,
      stage: stageShape,
      amount: z.int(),
      currency: z.string(),
      expectedCloseOn: dayShape.nullable(),
    })
    .nullable(),
  /** The customer's name. */
  account: z.string().nullable(),
  partner: namedShape.nullable(),
  /** Who sees to it; null where nobody looks after it by name. */
  owner: namedShape.nullable(),
  /** Who gave it to them, and when; null where it is theirs by itself. */
  given: z.object({ by: z.string(), on: dayShape }).nullable(),
  /** The day on which it comes back, of one that is put off. */
  snoozedUntil: dayShape.nullable(),
  /** Whether whoever asks may give it to somebody; null where that is done elsewhere. */
  mayGive: mayShape.nullable(),
  since: dayShape,
  /** The day by which it is to be done; null where there is none. */
  dueOn: dayShape.nullable(),
});

/**
 * A kind of item. `rows` finds them over facts and the projection, by indexes, in an order that an index has, so that a
 * bound stops it: columns `subject_id`, `deal_id`, `partner_id`, `owner_id`, `desk` (the role that takes what nobody
 * owns), `since`, `due`, `about` (jsonb). `reads` holds what a refined kind asks the heart.
 */
export interface Kind<K extends InboxKind = InboxKind, About = never, Item extends object = object> {
  kind: K;
  rows(asked: Asked): SQL;
  /** What it says beside `itemShape`; null where the heart says that the facts found are none. */
  item(found: Found<About>, asked: Asked, facts: FactsRead): Item | null;
  /** Whether `item` asks the heart for what counts: `item` of all of them then makes the number. */
  refined?: true;
  /** Whether `item` reads facts. */
  reads?: true;
}

/** The deal as guards ask for it. */
export const guarded = ({ deal }: Pick<Found, "deal">): GuardedDeal => ({
  owner: deal!.owner,
  outcome: deal!.state,
  closedOn: deal!.closedOn,
  monthLocked: deal!.monthLocked,
});

/** The desk that takes what nobody owns. */
export const HEADS: UserRole = "head_of_partnerships";
