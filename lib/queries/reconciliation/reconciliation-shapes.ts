import { z } from "zod";
import { FINDINGS, REASONS, SUGGESTIONS } from "@/lib/attribution/reconciliation";
import { REGISTRATION_STATUSES } from "@/lib/attribution/vocabulary";
import { DECIDED_STATES } from "@/lib/metrics/reconciled";
import { dayShape, gradeShape, mayShape, namedShape, outcomeShape, roleShape } from "../shapes";

export const shareShape = z.object({ closed: z.int(), confirmed: z.int() });

/** A column as it stands here and as the CRM says it: text, a number, or null; "" is the whole record. */
export const differenceShape = z.object({ field: z.string(), here: z.unknown(), there: z.unknown() });

/** A record that the CRM says otherwise than a person here, and whether whoever asks may say which holds. */
export const driftShape = z.object({
  connectionId: z.string(),
  /** The connection, as it is called here. */
  source: z.string(),
  of: z.enum(["deals", "roles"]),
  key: z.string(),
  fields: z.array(differenceShape),
  may: z.object({ take: mayShape, keep: mayShape }),
});

const findingShape = z.object({
  kind: z.enum(FINDINGS),
  /** Whom it is about; null when it is about the deal. */
  partner: namedShape.nullable(),
  suggestion: z.enum(SUGGESTIONS),
  because: z.enum(REASONS),
  /** Of `drifted` alone. */
  drift: driftShape.nullable(),
});

/** What a partner has on the deal. */
const evidenceShape = z.object({
  partner: namedShape,
  outcome: outcomeShape,
  roles: z.array(z.object({ role: roleShape, confirmed: z.boolean() })),
  registered: z.enum(REGISTRATION_STATUSES).nullable(),
  /** Before the sale's end; with proof; the last one's day. */
  activities: z.int(),
  proven: z.int(),
  lastOn: dayShape.nullable(),
});

export const reconciledLineShape = z.object({
  dealId: z.string(),
  account: z.string().nullable(),
  owner: z.string(),
  amount: z.int(),
  currency: z.string(),
  as: z.enum(["won", "lost"]),
  closedOn: dayShape,
  outcome: outcomeShape,
  evidence: gradeShape.nullable(),
  version: z.int(),
  noPartner: z.boolean(),
  partners: z.array(evidenceShape),
  found: z.array(findingShape),
  state: z.enum(DECIDED_STATES),
  decision: z
    .object({ on: dayShape, by: namedShape, reason: z.string().nullable(), holds: z.boolean() })
    .nullable(),
  /** The case that passes it on. */
  exception: z.object({ id: z.string(), quarter: z.string(), settled: z.boolean() }).nullable(),
  may: z.object({
    stands: mayShape,
    takeBack: mayShape,
    noPartner: mayShape,
    tag: mayShape,
    raise: mayShape,
    /** Of each role row that waits for the AE. */
    confirm: z.array(z.object({ rowId: z.string(), partner: namedShape, may: mayShape })),
  }),
});

export type ReconciledLine = z.output<typeof reconciledLineShape>;
