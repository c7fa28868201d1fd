import type { Guard } from "../guard";
import { ofOwnStory, withOwnPassword } from "../hand-guards";

/** What a stage is worth decides what is in commit: finance says it (§7 forecast, §9). */
export const maySetProbabilities: Guard<unknown> = { may: "forecast.set" };

export const mayTakeForecast: Guard<unknown> = { may: "forecast.take" };

/** A week that was taken. */
export interface OfWeek {
  /** Who signed it; null while nobody has. */
  signedBy: string | null;
  /** It is part of the demo story. */
  demo: boolean;
}

export const maySignForecast: Guard<OfWeek> = {
  may: "forecast.sign",
  when: ({ signedBy }) => signedBy === null || `${signedBy} signed this week: a week is signed once`,
  hands: (actor, week) => {
    const own = ofOwnStory(actor, week, "sign");
    return own === true ? withOwnPassword(actor, "sign") : own;
  },
};
