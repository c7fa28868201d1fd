import { inTheirStory, type OfPerson } from "../account/guards";
import type { Guard } from "../guard";

/** How people come in, and which of their groups is which role. */
export const mayEditSignOn: Guard<unknown> = { may: "people.manage" };

/** The house lets in whom the rules let in, in an admin's place. */
export const mayProvision: Guard<unknown> = { may: "people.manage" };

/** By a list of those who are still there, also a nightly one that a key of an admin's brings. */
export const maySwitchOffLeavers: Guard<unknown> = { may: "people.switch_off" };

/** An identity of the company's own sign-in, and whom it would be linked to. */
export interface OfNewLink {
  /** The name of whom it belongs to already; null while to nobody. */
  linkedTo: string | null;
  person: OfPerson;
}

/** Whoever comes so signs in as them from then on. */
export const mayAssignIdentity: Guard<OfNewLink> = {
  may: "people.manage",
  when: ({ linkedTo }) => linkedTo === null || `It belongs to ${linkedTo} already: take that link away first`,
  hands: (actor, { person }) => inTheirStory(actor, person),
};

export const mayDropIdentity: Guard<{ person: OfPerson | null }> = {
  may: "people.manage",
  hands: (actor, { person }) => person === null || inTheirStory(actor, person),
};
