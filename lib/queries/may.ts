import type { Actor } from "@/lib/auth/actor";
import { type Permission, scopeOf } from "@/lib/auth/permissions";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";

/** True, or the sentence that says why not. */
export type MaySay = true | string;

/**
 * What the door would say to this actor: the same permission table, and for those who may only touch
 * their own, whether this is theirs. The door asks again; this only spares people a refusal.
 */
export function maySay(
  actor: Actor,
  permission: Permission,
  what: string,
  owns: boolean,
  because: string,
): MaySay {
  const scope = scopeOf(permission, actor.role);
  if (!scope) return `${USER_ROLE_NAMES[actor.role]} may not ${what}`;
  return scope === "any" || owns ? true : because;
}

/** The first reason against, or true. */
export function unless(reason: string | null, may: MaySay): MaySay {
  return may === true && reason !== null ? reason : may;
}
