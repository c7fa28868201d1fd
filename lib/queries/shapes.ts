import { z } from "zod";
import type { Facts } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { NextStep, Result } from "@/lib/attribution/result";
import {
  DEAL_OUTCOMES,
  DEAL_TYPES,
  EVIDENCE_SOURCES,
  GRADES,
  GRAY_CODES,
  INVOLVEMENTS,
  MODELS,
  OUTCOMES,
  PARTNER_KINDS,
  REGISTRATION_STATUSES,
  ROLES,
  ROUTES,
  STAGES,
  TESTS,
} from "@/lib/attribution/vocabulary";
import { SEATS } from "@/lib/auth/roles";
import { YEAR_ENDS } from "@/lib/calendar";

/** The shapes that more than one answer is made of. They mirror the heart's types, which the compiler checks. */

/** How the company cuts its years (§1 quarter). */
export const fiscalYearShape = z.object({
  /** 1 to 12. */
  firstMonth: z.int(),
  /** Whether a year is named by the calendar year it ends or starts in. */
  namedBy: z.enum(["end", "start"]),
  /** `month_end`, or of whole weeks the weekday that ends it: nearest to the month's end, or the month's last. */
  endsOn: z.enum(YEAR_ENDS),
});

export const dayShape = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day is written YYYY-MM-DD");
export const idShape = z.string().min(1, "an id is not empty").max(200, "an id has at most 200 characters");
export const monthShape = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month is written YYYY-MM");
export const quarterShape = z.string().regex(/^\d{4}-Q[1-4]$/, "a quarter is written YYYY-Q1 to YYYY-Q4");
export const stageShape = z.literal(STAGES, "a stage is a whole number from 0 to 6");
export const outcomeShape = z.enum(OUTCOMES);
export const stateShape = z.enum(DEAL_OUTCOMES);
export const roleShape = z.enum(ROLES);
/** Whether the one who asks may do something: true, or the sentence that the door would refuse with. */
export const mayShape = z.union([z.literal(true), z.string()]);
export const namedShape = z.object({ id: z.string(), name: z.string() });
/** Whole minor units; a difference may be negative. */
export const moneyShape = z.object({ amount: z.int(), currency: z.string() });

export const policyShape = z.object({
  model: z.enum(MODELS),
  sourcedAtOrBefore: z.int(),
  influencedBefore: z.int(),
  motions: z.array(z.string()),
  coSellMinimum: z.int(),
  programs: z.array(z.string()),
  updates: z.object({
    above: z.union([z.int(), z.record(z.string(), z.int())]),
    perMonth: z.int(),
    consequence: z.enum(["flag", "dispute"]),
  }),
  influenceWindowDays: z.int().nullable(),
  lateRecording: z.enum(["refuse", "with_contemporaneous_evidence"]),
  recordWithin: z.object({ days: z.int(), consequence: z.enum(["flag", "refuse"]) }),
  evidence: z.enum(GRADES),
  postSale: z.enum(["ignore", "influence"]),
  assisted: z.boolean(),
  accelerationMinimum: z.number(),
  costDenominator: z.enum(["attributed", "sourced"]),
  reachesBackTo: dayShape.nullable(),
  menu: z
    .array(
      z.object({
        type: z.string(),
        label: z.string(),
        definition: z.string(),
        stages: z.array(stageShape).readonly(),
        involvement: z.enum(INVOLVEMENTS),
      }),
    )
    .readonly()
    .optional(),
  programDefinitions: z
    .array(z.object({ program: z.string(), label: z.string(), definition: z.string() }))
    .readonly()
    .optional(),
}) satisfies z.ZodType<Policy>;

/** Which policy a number or verdict is under. Unsigned, it is a draft and everything shown says so (§8.8). */
export const policyStateShape = z.object({
  hash: z.string(),
  model: z.enum(MODELS),
  /** Null until three people signed this hash. */
  signed: z
    .object({
      policyId: z.string(),
      title: z.string(),
      /** The nth policy that was signed. */
      number: z.int(),
      /** The day of the third signature. */
      on: dayShape,
      /** The first day it is in force. */
      activeFrom: dayShape,
      /** The first day of the policy that follows it; null when none is foreseen. */
      until: dayShape.nullable(),
      by: z.array(z.object({ seat: z.enum(SEATS), name: z.string(), on: dayShape })),
    })
    .nullable(),
  /** What waits for signatures to take its place; null when nothing does. */
  proposed: z
    .object({
      policyId: z.string(),
      title: z.string(),
      hash: z.string(),
      activeFrom: dayShape,
      signatures: z.int(),
    })
    .nullable(),
  /** Deals closed before this day are judged by the unsigned preset (§5); null under the preset itself. */
  unsignedBefore: dayShape.nullable(),
});
export type PolicyState = z.output<typeof policyStateShape>;

const nextStepShape = z.union([
  z.enum(["origin", "gate", "net_new", "motion", "any", "late", "accelerated", "in_time_role"]),
  z.templateLiteral(["co_sell:", z.int()]),
  z.templateLiteral(["updates:", z.string(), ":", z.int()]),
]) satisfies z.ZodType<NextStep>;

/** Who stands behind what is shown (§1 evidence); null where nothing is credited. */
export const gradeShape = z.enum(GRADES);

export const resultShape = z.object({
  outcome: outcomeShape,
  evidence: gradeShape.nullable(),
  partners: z.array(
    z.object({
      partnerId: z.string(),
      outcome: outcomeShape,
      disputed: outcomeShape.nullable(),
      missing: z.array(
        z.discriminatedUnion("lacks", [
          z.object({
            factId: z.string(),
            lacks: z.enum(["proof", "confirmation", "approval", "second_hand"]),
          }),
          z.object({ factId: z.string(), lacks: z.literal("updates"), month: z.string(), count: z.int() }),
        ]),
      ),
      credit: z.partialRecord(outcomeShape, z.int()),
      evidence: gradeShape.nullable(),
      rule: z.string(),
      tests: z.array(z.object({ test: z.enum(TESTS), passed: z.boolean(), facts: z.array(z.string()) })),
      next: z.object({ outcome: outcomeShape, missing: z.array(nextStepShape) }).nullable(),
    }),
  ),
  gray: z.array(z.enum(GRAY_CODES)),
}) satisfies z.ZodType<Result>;

/** Who stands behind a fact (§2). */
const witnessShape = {
  source: z.enum(EVIDENCE_SOURCES).nullable(),
  secondHandOn: dayShape.nullable(),
};

export const factsShape = z.object({
  asOf: dayShape,
  deal: z.object({
    id: z.string(),
    amount: z.int(),
    currency: z.string(),
    type: z.enum(DEAL_TYPES),
    route: z.enum(ROUTES),
    createdOn: dayShape,
    closedOn: dayShape.nullable(),
    outcome: stateShape,
    firstEngagedOn: dayShape.nullable(),
    recreatedFrom: z.string().nullable(),
    amendedOn: dayShape.nullable(),
  }),
  stages: z.array(z.object({ stage: stageShape, enteredOn: dayShape })),
  partners: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(PARTNER_KINDS),
      parentId: z.string().nullable(),
      programs: z.array(z.object({ name: z.string(), from: dayShape.nullable(), to: dayShape.nullable() })),
    }),
  ),
  registrations: z.array(
    z.object({
      id: z.string(),
      partnerId: z.string(),
      submittedOn: dayShape,
      recordedOn: dayShape,
      status: z.enum(REGISTRATION_STATUSES),
      decidedOn: dayShape.nullable(),
      ...witnessShape,
    }),
  ),
  roles: z.array(
    z.object({
      id: z.string(),
      partnerId: z.string(),
      role: roleShape,
      touchStage: stageShape,
      touchedOn: dayShape,
      recordedOn: dayShape,
      confirmedOn: dayShape.nullable(),
      ...witnessShape,
    }),
  ),
  activities: z.array(
    z.object({
      id: z.string(),
      partnerId: z.string(),
      type: z.string(),
      stage: stageShape,
      occurredOn: dayShape,
      recordedOn: dayShape,
      proof: z.string().nullable(),
      involvement: z.enum(INVOLVEMENTS),
      ...witnessShape,
    }),
  ),
  rulings: z.array(
    z.object({
      id: z.string(),
      partnerId: z.string(),
      model: z.enum(MODELS),
      outcome: outcomeShape,
      decidedOn: dayShape,
    }),
  ),
  cohort: z.object({ medianCycleDays: z.number().nullable() }),
}) satisfies z.ZodType<Facts>;
