import { scopeOf } from "@/lib/auth/permissions";
import type { UserRole } from "@/lib/auth/roles";
import type { Guard } from "../guard";

/** A key that would be made: `service` is the role of one that is nobody's hand. */
export interface OfNewKey {
  service: UserRole | null;
}

/** Everybody makes keys that are their own hand, and no one makes another person's. */
export const mayCreateApiKey: Guard<OfNewKey> = {
  may: "account.keep",
  own: ({ role }, { service }) =>
    service === null || scopeOf("settings.edit", role) !== null || "An admin makes the keys of services",
  hands: ({ demo }, { service }) =>
    service === null || !demo || "People of the demo make keys of their own, and none that outlives the demo",
};

/** A key as it stands. */
export interface OfApiKey {
  name: string;
  /** Null of a service's. */
  userId: string | null;
  revoked: boolean;
}

export const mayRevokeApiKey: Guard<OfApiKey> = {
  may: "account.keep",
  own: (actor, { userId }) =>
    (userId !== null && userId === actor.userId) ||
    scopeOf("people.manage", actor.role) !== null ||
    "An admin revokes the keys of services and of other people",
  when: ({ revoked, name }) => !revoked || `${name} is revoked already`,
};
