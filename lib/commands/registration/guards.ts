import type { Day } from "@/lib/attribution/facts";
import type { RegistrationStatus } from "@/lib/attribution/vocabulary";
import { type GuardedDeal, onDay, unlessLocked } from "../deal/guards";
import type { Guard } from "../guard";

export const maySubmitRegistration: Guard<unknown> = { may: "registration.change" };

/** A partner's registration, with who recorded it; null when an import brought it, or before there is a deal. */
export interface OfRegistration {
  deal: GuardedDeal | null;
  registration: { recordedBy: string | null; decidedOn: Day | null };
}

/** Two hands (§9): who recorded it is not who decides it. What was decided by the close is locked (§8.3). */
export const mayDecideRegistration: Guard<OfRegistration> = {
  may: "registration.change",
  when: ({ deal, registration: { decidedOn } }) =>
    decidedOn === null || deal === null || unlessLocked(deal, decidedOn),
  hands: ({ userId }, { registration: { recordedBy } }) => {
    if (userId === null) return "A person decides this, signed in";
    return recordedBy !== userId || "You recorded this registration: somebody else decides it";
  },
};

/** Only what is approved keeps anybody off. */
export const mayExtendRegistration: Guard<{ registration: { status: RegistrationStatus } }> = {
  may: "registration.change",
  when: ({ registration: { status } }) =>
    status === "approved" || `The registration is ${status}: only an approved one protects`,
};

/** `deal`: to which it is to belong. It keeps its day of record, so a closed deal takes none in. */
export const mayMatchRegistration: Guard<{
  deal: GuardedDeal | null;
  registration: { dealId: string | null };
}> = {
  may: "registration.change",
  when: ({ deal, registration: { dealId } }) => {
    if (dealId !== null) return "The registration belongs to a deal already";
    if (deal === null || deal.outcome === "open") return true;
    return `The deal was ${deal.outcome}${onDay(deal.closedOn)}: what was recorded by then is locked`;
  },
};
