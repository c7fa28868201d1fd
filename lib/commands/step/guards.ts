import type { Day } from "@/lib/attribution/facts";
import { dayInWords } from "@/lib/text/days";
import { isOwnDeal, type OfDeal, ownDeal } from "../deal/guards";
import { all, type Guard } from "../guard";

/** A next joint step of a deal (§1), with who sees to it. */
export interface OfStep extends OfDeal {
  /** `closedOn`: that its play was parked or ended, and it with it. */
  step: { ownerId: string | null; doneOn: Day | null; closedOn?: Day | null };
}

/** No fact, so no close locks it: joint work goes on after one. */
export const mayAddStep: Guard<OfDeal> = {
  may: "step.keep",
  own: ownDeal("or a partner manager plans its next joint steps"),
};

const stillOpen = ({ closedOn }: OfStep["step"]) =>
  !closedOn ||
  `It was closed on ${dayInWords(closedOn)} with its selling play: take that decision back first`;

/** Finished, opened again, or taken away. */
export const mayKeepStep: Guard<OfStep> = {
  may: "step.keep",
  when: ({ step }) => stillOpen(step),
  own: (actor, { deal, step }) =>
    isOwnDeal(actor, deal) ||
    (step.ownerId !== null && step.ownerId === actor.userId) ||
    `A next joint step is kept by its owner, the deal's own AE, ${deal.owner}, or a partner manager`,
};

export const mayEditStep: Guard<OfStep> = {
  ...mayKeepStep,
  when: ({ step }) =>
    all(
      stillOpen(step),
      step.doneOn === null || `It was done on ${dayInWords(step.doneOn)}: open it again first`,
    ),
};
