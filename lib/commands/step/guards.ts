import type { Day } from "@/lib/attribution/facts";
import { dayInWords } from "@/lib/text/days";
import { isOwnDeal, type OfDeal, ownDeal } from "../deal/guards";
import type { Guard } from "../guard";

/** A next joint step of a deal (§1), with who sees to it. */
export interface OfStep extends OfDeal {
  step: { ownerId: string | null; doneOn: Day | null };
}

/** No fact, so no close locks it: joint work goes on after one. */
export const mayAddStep: Guard<OfDeal> = {
  may: "step.keep",
  own: ownDeal("or a partner manager plans its next joint steps"),
};

/** Finished, opened again, or taken away. */
export const mayKeepStep: Guard<OfStep> = {
  may: "step.keep",
  own: (actor, { deal, step }) =>
    isOwnDeal(actor, deal) ||
    (step.ownerId !== null && step.ownerId === actor.userId) ||
    `A next joint step is kept by its owner, the deal's own AE, ${deal.owner}, or a partner manager`,
};

export const mayEditStep: Guard<OfStep> = {
  ...mayKeepStep,
  when: ({ step: { doneOn } }) =>
    doneOn === null || `It was done on ${dayInWords(doneOn)}: open it again first`,
};
