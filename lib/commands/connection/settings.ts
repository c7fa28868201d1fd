import { z } from "zod";
import {
  DEAL_OUTCOMES,
  type DealOutcome,
  REGISTRATION_STATUSES,
  type Stage,
} from "@/lib/attribution/vocabulary";
import { type ConnectionSettings, WRITTEN_BACK } from "@/lib/interchange/connection";
import { PORTALS } from "@/lib/interchange/portal";
import * as field from "../input";

/** A word of the system's own: a stage, a type, a role, a field. */
const word = z.string().min(1).max(255);
const fieldName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,99}$/, "must be a field's name in the other system");

/** Each setting of a connection by itself, as an edit says it. */
export const settingsShape = {
  currency: field.currency,
  stages: z.record(
    word,
    z.strictObject({ stage: field.stage, outcome: z.enum(DEAL_OUTCOMES) }),
  ) as unknown as z.ZodType<Record<string, { stage: Stage; outcome: DealOutcome }>>,
  types: z.record(word, field.dealType),
  otherType: field.dealType,
  /** A partner may have no role there. */
  roles: z.record(z.string().max(255), field.role.nullable()),
  partnerKind: field.partnerKind,
  writeBack: z.partialRecord(z.enum(WRITTEN_BACK), fieldName),
  writeObject: z.strictObject({ name: fieldName, key: fieldName, deal: fieldName.nullable() }).nullable(),
  receiptField: fieldName.nullable(),
  portal: z.enum(PORTALS),
  partners: z.record(word, field.id),
  statuses: z.record(word, z.enum(REGISTRATION_STATUSES).nullable()),
  everyMinutes: z.int().min(1).max(1_440),
} as const satisfies { [name in keyof ConnectionSettings]: z.ZodType };
