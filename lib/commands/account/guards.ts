import type { Actor } from "@/lib/auth/actor";
import { all, type Guard, type MaySay } from "../guard";

/** Somebody who signs in, or did. */
export interface OfPerson {
  id: string;
  name: string;
  role: Actor["role"];
  disabled: boolean;
  /** What was kept of them is erased: they are nobody any more. */
  erased: boolean;
  demo: boolean;
  /** Whether no other admin is left who may sign in. */
  lastAdmin: boolean;
}

const ERASED = "What was kept of them is erased: whoever comes is somebody new";

/** One's own password and sessions, whatever one's role. */
export const mayKeepAccount: Guard<{ userId: string }> = {
  may: "account.keep",
  own: (actor, { userId }) => actor.userId === userId || "Everybody keeps their own account, and no other",
};

export const mayAddPerson: Guard<unknown> = { may: "people.manage" };

/** A link for setting their password: whoever has it can sign in as them. */
export const mayIssueLink: Guard<OfPerson> = {
  may: "people.manage",
  when: ({ disabled, erased, name }) =>
    (erased && ERASED) || !disabled || `${name} is switched off: switch them on first`,
  hands: inTheirStory,
};

/** Another role, or no access any more. */
export const mayChangeAccess: Guard<OfPerson> = {
  may: "people.manage",
  when: ({ lastAdmin, erased, name }) =>
    (erased && ERASED) ||
    !lastAdmin ||
    `${name} is the last admin: make somebody else one first, so that somebody can get in`,
  hands: (actor, person) =>
    all(
      actor.userId !== person.id || "Nobody takes their own access away; another admin can change yours",
      inTheirStory(actor, person),
    ),
};

/** `access`: whether the edit gives or takes any; a name does not. */
export const mayEditUser: Guard<OfPerson & { access: boolean }> = {
  may: "people.manage",
  when: (person) => (person.erased && ERASED) || !person.access || (mayChangeAccess.when?.(person) ?? true),
  hands: (actor, person) =>
    person.access ? (mayChangeAccess.hands?.(actor, person) ?? true) : inTheirStory(actor, person),
};

/** Everybody can read the passwords of the demo's people: they must not get anybody real in. */
export function inTheirStory({ demo }: Actor, person: Pick<OfPerson, "demo">): MaySay {
  return !demo || person.demo || "People of the demo manage the demo's people, and nobody real";
}
