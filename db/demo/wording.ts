import type { Day } from "@/lib/attribution/facts";
import type { ActivityType } from "@/lib/attribution/vocabulary";
import { slugOf } from "./accounts";
import type { Random } from "./random";

/** What people at Tarnwick write: links to what shows an activity, and the next joint step. */

const PROOFS: readonly ((about: string, day: Day) => string)[] = [
  (about, day) => `https://notes.tarnwick.example/calls/${day}/${about}`,
  (about, day) => `https://notes.tarnwick.example/deal-rooms/${about}/${day}`,
  (about, day) => `https://drive.tarnwick.example/shared/${about}-${day}.pdf`,
  (about, day) => `https://calendar.tarnwick.example/event/${day}-${about}`,
  (about, day) => `https://notes.tarnwick.example/partner-journal/${day}/${about}`,
];

/** A proof of one activity; with the account, the type and the day in it, so that no two are the same. */
export function proofOf(account: string, type: ActivityType, day: Day, random: Random): string {
  return random.pick(PROOFS)(`${slugOf(account)}-${type.replaceAll("_", "-")}`, day);
}

const NEXT_STEPS: readonly string[] = [
  "Walk the warehouse lead through the pilot plan together",
  "Send the joint business case to their finance director",
  "Agree who runs the data-quality workshop",
  "Bring the partner's reference customer to the next call",
  "Confirm the integration scope with their IT lead",
  "Book the site visit at the northern depot",
  "Share the redlined statement of work",
  "Prepare the joint answer to the security questionnaire",
  "Set a date for the executive readout",
  "Check the forecast accuracy numbers with the planner team",
  "Line up pricing for the second region",
  "Introduce the implementation lead before the holidays",
];

export function nextStepOf(random: Random): string {
  return random.pick(NEXT_STEPS);
}
