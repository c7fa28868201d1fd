import type { Actor } from "@/lib/auth/actor";
import { SEATS, type Seat, USER_ROLE_NAMES } from "@/lib/auth/roles";
import { all, type Guard, type MaySay, maySay } from "../guard";
import { ofOwnStory, withOwnPassword } from "../hand-guards";

/** Where a document that three people sign stands: a policy (§8.8), a compensation plan (§8.10). */
export interface OfDocument {
  /** What ended it before three people signed; null while nothing did. */
  ended: "declined" | "withdrawn" | null;
  /** Three people signed it. */
  signed: boolean;
  /** It is part of the demo story. */
  demo: boolean;
}

/** A document whose seats are filled one by one. */
export interface OfSeats extends OfDocument {
  signatures: readonly { seat: Seat; userId: string }[];
}

/** The seat that the actor's role fills. */
export const seatOf = ({ role }: Actor): Seat | undefined => SEATS.find((seat) => seat === role);

/**
 * Nothing ended it, and it is not signed by all three.
 *
 * @param it what it is called, `proposal`
 * @param binds what is said of it once three people have signed
 */
export function unended({ ended, signed }: OfDocument, it: string, binds: string): MaySay {
  return all(!ended || `This ${it} was ${ended}`, !signed || binds);
}

/** In one's own seat, by a password of one's own: one person, one seat. The `hands` of whoever signs. */
export function handsThatSign(actor: Actor, document: OfSeats): MaySay {
  const { signatures } = document;
  return all(
    ofOwnStory(actor, document, "sign"),
    withOwnPassword(actor, "sign"),
    signatures.every(({ seat }) => seat !== seatOf(actor)) || "This seat has signed already",
    signatures.every(({ userId }) => userId !== actor.userId) || "You have signed: one person, one seat",
  );
}

/** What is said at a seat: in one's own, what the door says; another is somebody else's. */
export function maySignIn<S extends OfSeats>(guard: Guard<S>, actor: Actor, seat: Seat, document: S): MaySay {
  if (seatOf(actor) === seat) return maySay(guard, actor, document);
  return all(
    guard.when?.(document) ?? true,
    document.signatures.every((one) => one.seat !== seat) || "This seat has signed already",
    `Only the ${USER_ROLE_NAMES[seat]} signs in this seat`,
  );
}
