import { inTheirStory, type OfPerson } from "../account/guards";
import { all, type Guard } from "../guard";

/** Somebody of whom something is kept: who signs in, or did, or is at a partner. */
export interface OfErasable extends Pick<OfPerson, "id" | "name" | "demo"> {
  /** Whether they may still come in. */
  signsIn: boolean;
  erased: boolean;
  /** Why something of theirs must be kept; null while no hold stands. */
  hold: string | null;
  /** What waits for them yet, in words: `2 open deals`. */
  duties: readonly string[];
}

/** For good, so it is asked last: of somebody who is gone, for whom nothing waits and nothing must be kept (§9). */
export const mayErase: Guard<OfErasable> = {
  may: "people.erase",
  when: ({ name, signsIn, erased, hold, duties }) =>
    all(
      !erased || "What was kept of them is erased already",
      !signsIn || `${name} may still sign in: switch them off first`,
      hold === null || `Something of ${name}'s must be kept until the hold is lifted: ${hold}`,
      duties.length === 0 ||
        `${name} still has ${duties.join(", ")}: give that to somebody else, or end it, first`,
    ),
  hands: (actor, person) =>
    all(actor.userId !== person.id || "Nobody erases themselves", inTheirStory(actor, person)),
};

/** Whether somebody's must be kept, for a lawsuit or an audit, is said of anybody who is not erased yet. */
export const mayHold: Guard<OfErasable> = {
  may: "people.erase",
  when: ({ erased }) => !erased || "What was kept of them is erased already",
  hands: (actor, person) => inTheirStory(actor, person),
};
