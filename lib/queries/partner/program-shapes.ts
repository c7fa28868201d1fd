import { z } from "zod";
import type { Policy } from "@/lib/attribution/policy";
import { programLabel } from "@/lib/attribution/words";
import { dayShape } from "../shapes";

/** A program: the name that partners carry it by, and what people read for it. */
export const programShape = z.object({ name: z.string(), label: z.string() });

/** A program that a partner is in. */
export const heldProgramShape = programShape.extend({
  /** Both days included; null is no bound. */
  from: dayShape.nullable(),
  to: dayShape.nullable(),
  /** Null when an import brought it. */
  grantedBy: z.string().nullable(),
});

/** A held program as it is read, before the memo's words stand beside it. */
export type ProgramRow = Omit<z.output<typeof heldProgramShape>, "label">;

/** Names with what people read for them under a policy. */
export function labelled<T extends { name: string }>(programs: readonly T[], policy: Policy) {
  return programs.map((program) => ({
    ...program,
    label: programLabel(program.name, policy.programDefinitions),
  }));
}

/** The programs that stand for an origin in a policy (§3). */
export const listedPrograms = (policy: Policy) =>
  labelled(
    policy.programs.map((name) => ({ name })),
    policy,
  );
