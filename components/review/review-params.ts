import { parseAsBoolean } from "nuqs/server";

/** What the address of a review may say; where one looks by oneself (`at`) is use-meeting.ts's. */
export const REVIEW_PARAMS = {
  /** The screen for the room: follows the facilitator, and nothing on it can be pressed. */
  present: parseAsBoolean.withDefault(false),
};
