import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { refuse } from "@/lib/errors";
import { type Guard, maySay } from "../guard";
import * as field from "../input";
import { caseName, type LockedCase } from "./load";

/** More than a quarter of a large company has; each is a few rows. */
const MOST = 1000;

const once = (ids: readonly string[]) => new Set(ids).size === ids.length;

export const severalCases = z
  .array(field.id)
  .min(1, "must name a case")
  .max(MOST, `must be at most ${MOST} cases`)
  .refine(once, "must name each case once");

/** Each with the version that was looked at: what changed since is left out, and shown. */
export const severalSeen = z
  .array(z.strictObject({ exceptionId: field.id, version: field.version }))
  .min(1, "must name a case")
  .max(MOST, `must be at most ${MOST} cases`)
  .refine((cases) => once(cases.map(({ exceptionId }) => exceptionId)), "must name each case once");

/** A case that did not take what the others took, by name, and why. */
export const leftOutShape = z.object({ exceptionId: z.string(), name: z.string(), rule: z.string() });
export type LeftOut = z.output<typeof leftOutShape>;

export const leftOut = (one: Pick<LockedCase, "exception" | "deal">, rule: string): LeftOut => ({
  exceptionId: one.exception.id,
  name: caseName(one),
  rule,
});

/** Asks a guard of each, and keeps those that pass. */
export function sift<Case extends LockedCase>(
  guard: Guard<Case>,
  actor: Actor,
  cases: readonly Case[],
): { taken: Case[]; left: LeftOut[] } {
  const taken: Case[] = [];
  const left: LeftOut[] = [];
  for (const one of cases) {
    const says = maySay(guard, actor, one);
    if (says === true) taken.push(one);
    else left.push(leftOut(one, says));
  }
  return { taken, left };
}

/** Where nothing is left to do, it is refused as a whole, by the first that says why. */
export function mustTakeSome(taken: readonly unknown[], left: readonly LeftOut[]): void {
  if (taken.length > 0) return;
  const [first] = left;
  if (!first) refuse("cases", [], "none of them is there any more");
  const more = left.length > 1 ? `, and ${left.length - 1} more` : "";
  refuse("cases", left, `${first.name}${more}: ${first.rule}; none was changed`);
}
