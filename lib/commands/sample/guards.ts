import { all, type Guard } from "../guard";
import { ofOwnStory } from "../hand-guards";

/** A quarter that a sample is drawn of: whether it is frozen, and whether its seal is the demo story's. */
export interface OfSealed {
  quarter: string;
  frozen: boolean;
  demo: boolean;
}

/** A sample of the auditor's room (§8.11). */
export interface OfSample {
  demo: boolean;
  signedOff: boolean;
  /** Who drew it, and who ticked any of it. */
  hands: readonly string[];
  /** Deals that nobody has looked at yet. */
  left: number;
}

/** What the guards ask of a sample, from its rows. */
export const ofSample = (
  { demo, signedOffAt, drawnBy }: { demo: boolean; signedOffAt: Date | null; drawnBy: string },
  deals: readonly { tickedBy: string | null; verdict: string | null }[],
): OfSample => ({
  demo,
  signedOff: signedOffAt !== null,
  hands: [drawnBy, ...deals.flatMap(({ tickedBy }) => tickedBy ?? [])],
  left: deals.filter(({ verdict }) => verdict === null).length,
});

export const mayDrawSample: Guard<OfSealed> = {
  may: "sample.keep",
  when: ({ quarter, frozen }) => frozen || `${quarter} is not frozen: a sample is drawn of what stands still`,
  hands: (actor, seal) => all(inPerson(actor.userId), ofOwnStory(actor, seal, "audit")),
};

export const mayTickSample: Guard<OfSample> = {
  may: "sample.keep",
  when: notSignedOff,
  hands: (actor, sample) => all(inPerson(actor.userId), ofOwnStory(actor, sample, "audit")),
};

/** By another auditor than had a hand in it (§9 two hands), once every deal was looked at. */
export const maySignOffSample: Guard<OfSample> = {
  may: "sample.keep",
  when: (sample) =>
    all(
      notSignedOff(sample),
      sample.left === 0 ||
        `${sample.left} of its deals ${sample.left === 1 ? "is" : "are"} not looked at yet`,
    ),
  hands: (actor, sample) =>
    all(
      inPerson(actor.userId),
      ofOwnStory(actor, sample, "audit"),
      !sample.hands.includes(actor.userId!) ||
        "You drew this sample or ticked some of it: another auditor signs it off",
    ),
};

function notSignedOff({ signedOff }: OfSample) {
  return !signedOff || "It is signed off: draw another sample to look again";
}

const inPerson = (userId: string | null) => userId !== null || "A person does this, signed in";
