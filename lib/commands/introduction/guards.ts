import { WARM_INTRODUCTIONS } from "@/lib/attribution/introductions";
import { isOwnDeal, type OfDeal } from "../deal/guards";
import type { Guard } from "../guard";

/** An activity of a deal, by its type. */
export interface OfIntroduction extends OfDeal {
  activity: { type: string };
}

/** No fact, so no close locks it; what came of an introduction, either side of it may say. */
export const mayKeepIntroduction: Guard<OfIntroduction> = {
  may: "introduction.keep",
  own: (actor, { deal }) =>
    isOwnDeal(actor, deal) ||
    `The deal's own AE, ${deal.owner}, or a partner manager says what came of an introduction`,
  when: ({ activity: { type } }) =>
    WARM_INTRODUCTIONS.includes(type) || "This activity is no warm introduction",
  hands: ({ userId }) => userId !== null || "A person says this, signed in",
};
