import type { Day } from "@/lib/attribution/facts";
import type { DealOutcome, Stage } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import { dayInWords, monthInWords } from "@/lib/text/days";
import { count, plural } from "@/lib/text/words";
import { all, type Guard, type MaySay } from "../guard";

/** What may be done to a deal depends on whose it is and whether it has closed. */
export interface GuardedDeal {
  /** As the CRM names its AE. */
  owner: string;
  outcome: DealOutcome;
  closedOn: Day | null;
  /** Whether the month of its close is locked (§8.5); asked where the close's question is answered late. */
  monthLocked?: boolean;
}

export interface OfDeal {
  deal: GuardedDeal;
}

export function isOwnDeal({ ownerName }: Actor, { owner }: GuardedDeal): boolean {
  return ownerName !== null && ownerName === owner;
}

/** The deal's own AE, in a sentence that ends with what only they do. */
export const ownDeal =
  (does: string) =>
  (actor: Actor, { deal }: OfDeal): MaySay =>
    isOwnDeal(actor, deal) || `Only the deal's own AE, ${deal.owner}, or an admin ${does}`;

/** What a month's lock holds, an exception decides anew (§8.5). */
export function unlessMonthLocked({ closedOn, monthLocked }: GuardedDeal): MaySay {
  if (!monthLocked || closedOn === null) return true;
  return `${monthInWords(closedOn)} is locked: raise an exception, or have finance unlock it`;
}

/** Recorded after the close: claimed late (§6 late_record). */
export function isLate({ closedOn }: GuardedDeal, recordedOn: Day): boolean {
  return closedOn !== null && recordedOn > closedOn;
}

/** What was recorded by the close stays as it stood then (§8.3 after close). */
export function unlessLocked(deal: GuardedDeal, recordedOn: Day): MaySay {
  if (deal.closedOn === null || isLate(deal, recordedOn)) return true;
  return `The deal was ${deal.outcome}${onDay(deal.closedOn)}: what was recorded by then is locked`;
}

/** Nothing is rewritten after the close: what was claimed too late is withdrawn, and claimed anew. */
export function unlessClosed(deal: GuardedDeal, recordedOn: Day): MaySay {
  if (!isLate(deal, recordedOn)) return unlessLocked(deal, recordedOn);
  return `The deal was ${deal.outcome}${onDay(deal.closedOn)}: what was recorded after that is withdrawn, not rewritten`;
}

/** `owner`: whose deal it would be; null when nobody is named. */
export const mayCreateDeal: Guard<{ owner: string | null }> = {
  may: "deal.create",
  own: ({ ownerName }, { owner }) =>
    (ownerName !== null && owner === ownerName) ||
    "An AE enters deals of their own; an admin may enter one for somebody else",
};

/** What a close locks of a deal itself: a change of it is a correction, accepted by finance (§8.3). */
export const LOCKED_BY_CLOSE = [
  "amount",
  "currency",
  "type",
  "route",
  "closedOn",
  "outcome",
  "firstEngagedOn",
] as const;
export type LockedByClose = (typeof LOCKED_BY_CLOSE)[number];

/** Whether one of the columns is locked by a close. */
export function locks(columns: readonly string[]): boolean {
  return columns.some((column) => (LOCKED_BY_CLOSE as readonly string[]).includes(column));
}

/** `locks`: whether it changes what a close locks. */
export const mayEditDeal: Guard<OfDeal & { locks: boolean }> = {
  may: "deal.edit",
  own: ownDeal("edits this deal"),
  when: ({ deal: { outcome, closedOn }, locks }) =>
    !locks ||
    outcome === "open" ||
    `The deal was ${outcome}${onDay(closedOn)}: propose a correction, which finance accepts`,
};

/** What the gate said is no claim of anybody's, so no close locks it. */
export const mayRecordReceipt: Guard<OfDeal> = { may: "deal.edit", own: ownDeal("keeps its receipt") };

export const mayMoveStage: Guard<OfDeal & { to: Stage }> = {
  may: "deal.move_stage",
  own: ownDeal("moves its stage"),
  when: ({ deal: { outcome, closedOn }, to }) =>
    outcome === "open" ||
    to === 6 ||
    `The deal was ${outcome}${onDay(closedOn)}: only stage 6 follows a close`,
};

/** Who is involved, as far as it is decided. */
export interface Attribution {
  rows: readonly { confirmedOn: Day | null; refusedOn?: Day | null }[];
  noPartnerOn: Day | null;
}

/** When it closed, as people read a day. */
export function onDay(closedOn: Day | null): string {
  return closedOn === null ? "" : ` on ${dayInWords(closedOn)}`;
}

/** As won, its attribution is confirmed first, even if the answer is "no partner involved" (§8.3). */
export const mayCloseDeal: Guard<OfDeal & Attribution & { as: "won" | "lost" }> = {
  may: "deal.close",
  own: ownDeal("closes it"),
  when: ({ deal: { outcome, closedOn }, as, ...attribution }) =>
    all(
      outcome === "open" || `The deal was ${outcome}${onDay(closedOn)} already`,
      as === "lost" || confirmed(attribution),
    ),
};

/** What the AE refused names nobody. */
const standing = ({ rows }: Pick<Attribution, "rows">) => rows.filter(({ refusedOn }) => !refusedOn);

function confirmed({ rows: all, noPartnerOn }: Attribution): MaySay {
  const rows = standing({ rows: all });
  const first = "Confirm the attribution before it is won";
  if (rows.length === 0)
    return noPartnerOn !== null || `${first}: name the partner, or say that none was involved`;
  const waiting = rows.filter(({ confirmedOn }) => confirmedOn === null).length;
  return (
    waiting === 0 || `${first}: ${count(waiting, "role row")} ${plural(waiting, "waits", "wait")} for the AE`
  );
}

export const mayConfirmNoPartner: Guard<OfDeal & Pick<Attribution, "rows">> = {
  may: "deal.confirm_no_partner",
  own: ownDeal("confirms its attribution"),
  when: ({ deal, ...attribution }) => {
    const rows = standing(attribution).length;
    return all(
      unlessMonthLocked(deal),
      rows === 0 ||
        `${count(rows, "role row")} ${plural(rows, "names", "name")} a partner: withdraw or confirm what stands first`,
    );
  },
  hands: ({ userId }) => userId !== null || "A person confirms this, signed in",
};

/** `ruling`: the id of one that was made about it; `undecided`: whether a case about it waits for the two. */
export interface OfRemoval {
  deal: Pick<GuardedDeal, "outcome" | "closedOn"> & { demo: boolean };
  ruling: string | null;
  undecided: boolean;
}

/** What is closed or contested no person removes alone (§9); what the CRM merged, its mirror does. */
export const mayDeleteDeal: Guard<OfRemoval> = {
  may: "deal.delete",
  when: ({ deal: { demo }, ruling }) =>
    demo || ruling === null || `Ruling ${ruling} was made about it: what people decided stays`,
  hands: ({ userId }, { deal: { demo, outcome, closedOn }, undecided }) => {
    if (userId === null || demo) return true;
    if (outcome !== "open")
      return `The deal was ${outcome}${onDay(closedOn)}: propose a correction, which finance accepts`;
    return !undecided || "A case about it is undecided: the two decide it first";
  },
};
