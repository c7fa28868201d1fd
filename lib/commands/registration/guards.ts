import type { Day } from "@/lib/attribution/facts";
import { type OfDeal, unlessLocked } from "../deal/guards";
import type { Guard } from "../guard";

/** A partner's registration of a deal, with who recorded it; null when an import brought it. */
export interface OfRegistration extends OfDeal {
  registration: { recordedBy: string | null; decidedOn: Day | null };
}

/** Two hands (§9): who recorded it is not who decides it. What was decided by the close is locked (§8.3). */
export const mayDecideRegistration: Guard<OfRegistration> = {
  may: "registration.change",
  when: ({ deal, registration: { decidedOn } }) => decidedOn === null || unlessLocked(deal, decidedOn),
  hands: ({ userId }, { registration: { recordedBy } }) => {
    if (userId === null) return "A person decides this, signed in";
    return recordedBy !== userId || "You recorded this registration: somebody else decides it";
  },
};
