import { z } from "zod";
import { OUTCOMES } from "@/lib/attribution/vocabulary";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { type Cast, castVotes, choicesOf, type Wanted } from "./cast-votes";
import { mayDecideException, mayDecideExceptions, type OfException, type Side, sideOf } from "./guards";
import { CHANGED, type LockedCase, lockCases, withContested } from "./load";
import { type LeftOut, leftOut, leftOutShape, mustTakeSome, severalSeen, sift } from "./several-cases";

export const decideExceptions = defineVerb({
  name: "decide-exceptions",
  summary:
    "Decide several exceptions of one kind for one's side, with one reason: each stays a record of its own",
  input: z.strictObject({
    cases: severalSeen,
    /** `agree`: each as the other side decided it. */
    decision: z.enum(["rule_upheld", "ruling", "learning", "agree"]),
    /** With a ruling: for the partner whose claim each of them is. */
    outcome: z.enum(OUTCOMES).optional(),
    reason: field.line(2000),
  }),
  output: z.object({
    decided: z.array(
      z.object({
        exceptionId: z.string(),
        version: z.int(),
        state: z.enum(["waiting", "split", "settled"]),
        became: z.string().nullable(),
      }),
    ),
    /** Those that did not take it, each by name and with why. */
    leftOut: z.array(leftOutShape),
  }),
  guard: mayDecideExceptions,
  timeoutMs: 120_000,
  async subject(context, { cases }) {
    const ids = cases.map(({ exceptionId }) => exceptionId);
    return { cases: await withContested(context, await lockCases(context, ids)) };
  },
  async run(context, { cases, decision, outcome, reason }, { cases: locked }) {
    const seen = new Map(cases.map(({ exceptionId, version }) => [exceptionId, version]));
    const current = locked.filter(({ exception }) => seen.get(exception.id) === exception.version);
    const changed = locked.filter((one) => !current.includes(one)).map((one) => leftOut(one, CHANGED));
    const { taken, left } = sift(mayDecideException, context.actor, current);
    const { wanted, without } = wantedOf(context, taken, decision, outcome);
    const { votes, left: broken } = await choicesOf(context, wanted);
    const notTaken = [...changed, ...left, ...without, ...broken];
    mustTakeSome(votes, notTaken);
    const decided: Cast[] = [];
    // One side, but for a deputy whom the two sides named for different cases.
    for (const side of ["finance", "partnerships"] as const) {
      const own = votes.filter(({ of }) => sideOf(context.actor, of.deputies) === side);
      decided.push(...(await castVotes(context, side, own, reason)));
    }
    return { decided, leftOut: notTaken };
  },
});

type Case = LockedCase & OfException;

/** What each is to be decided as: a ruling is for the partner whose claim it is, agreeing follows the other side. */
function wantedOf(
  { actor }: WriteContext,
  cases: readonly Case[],
  decision: Wanted["decision"] | "agree",
  outcome: Wanted["outcome"],
): { wanted: Wanted[]; without: LeftOut[] } {
  const wanted: Wanted[] = [];
  const without: LeftOut[] = [];
  for (const one of cases) {
    if (decision === "agree") {
      const theirs = theirsOf(one, sideOf(actor, one.deputies)!);
      if (theirs) wanted.push({ of: one, ...theirs });
      else without.push(leftOut(one, "the other side has not decided it yet"));
    } else if (decision === "ruling" && one.exception.partnerId === null)
      without.push(leftOut(one, "it is no one partner's claim: rule on it by itself"));
    else if (decision === "ruling")
      wanted.push({ of: one, decision, partnerId: one.exception.partnerId!, outcome });
    else wanted.push({ of: one, decision, outcome });
  }
  return { wanted, without };
}

function theirsOf({ votes }: Case, side: Side): Omit<Wanted, "of"> | null {
  const theirs = votes.find((vote) => vote.side !== side);
  if (!theirs) return null;
  const { decision, partnerId, outcome } = theirs;
  return { decision, partnerId: partnerId ?? undefined, outcome: outcome ?? undefined };
}
