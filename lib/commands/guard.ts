import type { Actor } from "@/lib/auth/actor";
import { scopeOpening } from "@/lib/auth/key-scopes";
import { PERMISSION_WORDS, type Permission, scopeOf } from "@/lib/auth/permissions";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";

/** True, or the sentence that says why not. */
export type MaySay = true | string;

/**
 * Who may do a verb to a subject, and when: asked by the door with the rows it locked, by a page's query
 * with what it read, so that a page says no exactly when the door refuses, in the same words. Pure; a
 * subject is plain data. What depends on the values of an input, the verb itself refuses.
 */
export interface Guard<S> {
  /** What a role needs first, by the one table (domain.md §9). */
  may: Permission;
  /** Asked of roles that hold the permission for their own alone: whether this is theirs. */
  own?: (actor: Actor, subject: S) => MaySay;
  /** Whether anybody can do it, as things stand. */
  when?: (subject: S) => MaySay;
  /** What this person did before that forbids it, whatever their role: two hands (§9). */
  hands?: (actor: Actor, subject: S) => MaySay;
  /** Of several subjects, asked of each: see `guardEach`. */
  each?: Guard<never>;
}

/** Why a guard says no. `forbidden` is about who asks, `invalid` about how things stand. */
export interface Objection {
  code: "forbidden" | "invalid";
  sentence: string;
  /** Of several deals, which of them and why. */
  of?: { dealId: string; rule: string }[];
}

/** The first thing that stands in the way, or null: permission, whose it is, how it stands, by which hand. */
export function objection<S>(guard: Guard<S>, actor: Actor, subject: S): Objection | null {
  const role = lacks(guard, actor);
  if (role) return role;
  if (guard.each) return objectionsOf(guard.each, actor, subject as unknown as readonly OfDealWithId[]);
  const own = scopeOf(guard.may, actor.role) === "own" ? owned(guard, actor, subject) : true;
  if (own !== true) return { code: "forbidden", sentence: own };
  const when = guard.when?.(subject) ?? true;
  if (when !== true) return { code: "invalid", sentence: when };
  const hands = guard.hands?.(actor, subject) ?? true;
  return hands === true ? null : { code: "forbidden", sentence: hands };
}

/** What a role that does not hold the permission at all, or a key that does not open it, is told, before anything is read. */
export function lacks({ may }: Pick<Guard<never>, "may">, { role, key }: Actor): Objection | null {
  if (!scopeOf(may, role))
    return { code: "forbidden", sentence: `${USER_ROLE_NAMES[role]} may not ${PERMISSION_WORDS[may]}` };
  if (!key) return null;
  const scope = scopeOpening(may);
  if (scope && key.scopes.includes(scope)) return null;
  const why = scope ? `it was not made for ${scope}` : "a person does this, signed in";
  return { code: "forbidden", sentence: `The key ${key.name} may not ${PERMISSION_WORDS[may]}: ${why}` };
}

/** What the door would say to this actor about this subject. */
export function maySay<S>(guard: Guard<S>, actor: Actor, subject: S): MaySay {
  return objection(guard, actor, subject)?.sentence ?? true;
}

interface OfDealWithId {
  deal: { id: string };
}

/** The guard of a verb over several deals at once: each must pass, and all that do not are named. */
export function guardEach<S>(guard: Guard<S>): Guard<readonly (S & OfDealWithId)[]> {
  return { may: guard.may, each: guard as unknown as Guard<never> };
}

function objectionsOf(each: Guard<never>, actor: Actor, subjects: readonly OfDealWithId[]): Objection | null {
  const found = subjects.flatMap((subject) => {
    const one = objection(each as unknown as Guard<OfDealWithId>, actor, subject);
    return one ? [{ ...one, dealId: subject.deal.id }] : [];
  });
  const [first] = found;
  if (!first) return null;
  const of = found.map(({ dealId, sentence }) => ({ dealId, rule: sentence }));
  return { code: first.code, sentence: first.sentence, of };
}

function owned<S>({ may, own }: Guard<S>, actor: Actor, subject: S): MaySay {
  if (!own)
    throw new TypeError(`${may} is held by some for their own only, but the guard tells no ownership`);
  return own(actor, subject);
}

/** The first that says no, or true. */
export function all(...said: readonly MaySay[]): MaySay {
  return said.find((one) => one !== true) ?? true;
}
