import type { Guard } from "../guard";

/** Who answers for the programme and for its money says what it is to bring (§9). */
export const maySetTarget: Guard<unknown> = { may: "target.set" };
