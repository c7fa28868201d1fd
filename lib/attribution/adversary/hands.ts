/**
 * Whose hand writes, and what it may write of a partner's claims alone: the table of permissions and the verbs' guards
 * as data, as far as they can raise credit. Source: domain.md §5 "Confirmation", §9. What somebody else recorded and
 * this hand stands behind is two hands, so confirming, vouching and approving are nobody's power here.
 */
export const HANDS = [
  "ae",
  "partner_manager",
  "partner_link",
  "head_of_partnerships",
  "admin",
  "importer",
] as const;
export type Hand = (typeof HANDS)[number];

export interface Powers {
  /** A role row: confirmed by the same hand, one that waits for the AE, or none. */
  row: "confirmed" | "waits" | null;
  /** What is told of an activity's stage: typed, or the deal's own on the day; or no activity at all. */
  activity: "typed" | "of_the_day" | null;
  /** Gives a proof to an activity that one person stated. */
  proof: boolean;
  /** A registration that is approved by the same hand; one that waits for another earns nothing. */
  registration: boolean;
  /** Takes a partner into a program of the memo, from today on. */
  program: boolean;
  /** Rewrites a row of the role table while the deal is open. */
  rewrites: boolean;
  /** Takes back what our own team did first, while nobody is on an open deal: it then hinders no origin (§4 net new). */
  engagement: boolean;
  /** Whether the day of record is the day of writing, or typed. */
  recordedOn: "written" | "typed";
  /** Writes after the close, too. */
  afterClose: boolean;
  /** Counts as the second hand behind what it recorded itself: no rule of ours allows it. */
  countersignsItself: boolean;
}

const NOTHING: Powers = {
  row: null,
  activity: null,
  proof: false,
  registration: false,
  program: false,
  rewrites: false,
  engagement: false,
  recordedOn: "written",
  afterClose: true,
  countersignsItself: false,
};

export const POWERS: Readonly<Record<Hand, Powers>> = {
  ae: { ...NOTHING, row: "confirmed", activity: "typed", proof: true, rewrites: true, engagement: true },
  partner_manager: { ...NOTHING, row: "waits", activity: "typed", proof: true },
  partner_link: { ...NOTHING, activity: "of_the_day", afterClose: false },
  head_of_partnerships: { ...NOTHING, row: "waits", activity: "typed", proof: true, program: true },
  admin: { ...NOTHING, row: "waits", engagement: true },
  // Finance or an admin: a file says what another system recorded, its days with it, until somebody accepts it.
  importer: { ...NOTHING, row: "confirmed", activity: "typed", registration: true, recordedOn: "typed" },
};

/** Who it is, as a sentence begins. */
export const HAND_WORDS: Readonly<Record<Hand, string>> = {
  ae: "an AE",
  partner_manager: "a partner manager",
  partner_link: "a partner by its link",
  head_of_partnerships: "the head of partnerships",
  admin: "an admin",
  importer: "whoever imports a file",
};
