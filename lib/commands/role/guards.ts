import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { dayInWords } from "@/lib/text/days";
import {
  isLate,
  isOwnDeal,
  type OfDeal,
  onDay,
  ownDeal,
  unlessClosed,
  unlessLocked,
  unlessMonthLocked,
} from "../deal/guards";
import { all, type Guard, type MaySay } from "../guard";

/** A row of a deal's role table, with who recorded it; null when an import brought it. */
export interface OfRole extends OfDeal {
  row: {
    recordedBy: string | null;
    /** Who last rewrote it; null while it says what its recorder said. */
    changedBy: string | null;
    recordedOn: Day;
    confirmedOn: Day | null;
    refusedOn: Day | null;
  };
}

export const mayTagPartner: Guard<OfDeal> = {
  may: "role.add",
  own: ownDeal("or a partner manager names its partners"),
};

/** The AE alone stands behind a row (§5 Confirmation); of anybody else's own words somebody else does (§9). */
export const mayConfirmRole: Guard<OfRole> = {
  may: "role.confirm",
  own: ownDeal("confirms a role row: self-reported attribution is what finance rejects"),
  when: ({ deal, row }) =>
    all(
      unlessMonthLocked(deal),
      row.confirmedOn === null || `It was confirmed on ${dayInWords(row.confirmedOn)} already`,
      unlessRefused(row.refusedOn),
    ),
  hands: (actor, { deal, row }) =>
    (actor.role === "ae" && isOwnDeal(actor, deal)) ||
    actor.userId === null ||
    (row.changedBy ?? row.recordedBy) !== actor.userId ||
    `You proposed this row: the deal's own AE, ${deal.owner}, confirms it`,
};

/** The AE's other answer to what was proposed, while the deal is open; afterwards the two sides decide. */
export const mayRefuseRole: Guard<OfRole> = {
  may: "role.confirm",
  own: ownDeal("refuses a proposed row"),
  when: ({ deal, row }) =>
    all(
      unlessRefused(row.refusedOn),
      row.confirmedOn === null || `It was confirmed on ${dayInWords(row.confirmedOn)}: withdraw it instead`,
      deal.outcome === "open" ||
        `The deal was ${deal.outcome}${onDay(deal.closedOn)}: what was proposed by then is locked`,
    ),
  hands: ({ userId }, { row }) => {
    if (userId === null) return "A person refuses this, signed in";
    return row.recordedBy !== userId || "You recorded this row: withdraw it instead";
  },
};

function unlessRefused(refusedOn: Day | null): MaySay {
  return (
    refusedOn === null ||
    `It was refused on ${dayInWords(refusedOn)}: whoever proposed it may change it and ask again`
  );
}

/** `rewrites`: whether it changes what is claimed, or only whom one talks to. */
export const mayEditRole: Guard<OfRole & { rewrites: boolean }> = {
  may: "role.change",
  own: ownRow,
  when: ({ deal, row, rewrites }) => !rewrites || unlessClosed(deal, row.recordedOn),
};

/** A claim that came after the close is its recorder's to take back, whoever else may: with it goes a case. */
export const mayWithdrawRole: Guard<OfRole> = {
  may: "role.change",
  own: (actor, subject) => isLate(subject.deal, subject.row.recordedOn) || ownRow(actor, subject),
  when: ({ deal, row }) => unlessLocked(deal, row.recordedOn),
  hands: (actor, subject) =>
    actor.userId === null ||
    isRecorder(actor, subject) ||
    !isLate(subject.deal, subject.row.recordedOn) ||
    "A role row from after the close is withdrawn by whoever recorded it",
};

const isRecorder = ({ userId }: Actor, { row }: OfRole) => userId !== null && row.recordedBy === userId;

function ownRow(actor: Actor, subject: OfRole): MaySay {
  const { deal } = subject;
  return (
    (actor.role === "ae" ? isOwnDeal(actor, deal) : isRecorder(actor, subject)) ||
    `A role row is changed by the deal's own AE, ${deal.owner}, by whoever recorded it, or by an admin`
  );
}
