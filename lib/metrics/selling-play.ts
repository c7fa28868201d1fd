import type { Day } from "../attribution/facts";
import { addDays, daysBetween } from "../calendar";

/** A selling play's weeks, and the days at whose end each is done (domain.md §8.4). */
export const PLAY_WEEKS = [1, 2, 3, 4] as const;
export type PlayWeek = (typeof PLAY_WEEKS)[number];
const WEEK = 7;

/** As many clients as one works through. */
export const MOST_CLIENTS = 5;

/** The last day of a week of a play that started on `startedOn`. */
export const weekEnds = (startedOn: Day, week: PlayWeek): Day => addDays(startedOn, week * WEEK);

/** After so many days it is to be decided: on the first of its fourth week; and by its last. */
export const DECIDES_AFTER = 3 * WEEK + 1;
export const ENDS_AFTER = 4 * WEEK;
export const decidesFrom = (startedOn: Day): Day => addDays(startedOn, DECIDES_AFTER);

/** The week that a day lies in; 5 once all four are over. */
export const weekOn = (startedOn: Day, today: Day): number =>
  Math.min(5, Math.max(1, Math.ceil(daysBetween(startedOn, today) / WEEK)));

/** What is done in each week, with the first client and a second one. */
export const PLAY_STEPS: Readonly<Record<1 | 2 | 3, { first: string; second?: string }>> = {
  1: { first: "Send the outreach drafted together, and debrief" },
  2: { first: "Hold the joint discovery; without an answer, send a revised message" },
  3: { first: "Try a second time", second: "Send the outreach to the second client" },
};

export const PLAY_DECISIONS = ["continue", "park", "end"] as const;
export type PlayDecision = (typeof PLAY_DECISIONS)[number];

export const PLAY_DECISION_WORDS: Readonly<Record<PlayDecision, { label: string; done: string }>> = {
  continue: { label: "Continue", done: "goes on to co-selling" },
  park: { label: "Park", done: "is parked for now" },
  end: { label: "End", done: "was given up" },
};
