import type { Day } from "@/lib/attribution/facts";
import type { DealOutcome } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import { type MaySay, maySay, unless } from "../may";

/** What permissions on a deal depend on. */
export interface OwnedDeal {
  owner: string;
  state: DealOutcome;
  closedOn: Day | null;
  confirmed: boolean;
  roles: readonly { confirmedOn: Day | null }[];
}

/** What an actor may do to a deal now, in the words the door would refuse with. */
export function mayToDeal(actor: Actor, deal: OwnedDeal) {
  const owns = ownsDeal(actor, deal);
  const only = (does: string) => `Only the deal's own AE, ${deal.owner}, or an admin ${does}`;
  const closed = deal.state === "open" ? null : `The deal was ${deal.state} on ${deal.closedOn} already`;
  const waiting = deal.roles.filter(({ confirmedOn }) => confirmedOn === null).length;
  const undecided = deal.confirmed
    ? null
    : waiting > 0
      ? `Confirm the attribution before it is won: ${waiting} role row(s) wait for the AE`
      : "Confirm the attribution before it is won: name the partner, or say that none was involved";
  const close = unless(closed, maySay(actor, "deal.close", "close deals", owns, only("closes it")));
  return {
    edit: maySay(actor, "deal.edit", "edit deals", owns, only("edits this deal")),
    /** After the close too, since stage 6 follows it. */
    moveStage: maySay(actor, "deal.move_stage", "move stages", owns, only("moves its stage")),
    close,
    closeWon: unless(undecided, close),
    confirmNoPartner: unless(
      deal.roles.length > 0 ? `${deal.roles.length} role row(s) name a partner` : null,
      maySay(actor, "deal.confirm_no_partner", "confirm attribution", owns, only("confirms its attribution")),
    ),
    tag: maySay(actor, "role.add", "name partners", owns, only("or a partner manager names its partners")),
    logActivity: maySay(
      actor,
      "activity.log",
      "log activities",
      owns,
      only("or a partner manager logs what happened on it"),
    ),
  };
}

export function ownsDeal(actor: Actor, { owner }: { owner: string }): boolean {
  return actor.ownerName !== null && actor.ownerName === owner;
}

/** Whether the actor may confirm a role row: the AE alone, since finance rejects self-reported attribution (§5). */
export function mayConfirmRow(actor: Actor, deal: OwnedDeal, row: { confirmedOn: Day | null }): MaySay {
  const only = `Only the deal's own AE, ${deal.owner}, or an admin confirms a role row: self-reported attribution is what finance rejects`;
  const done = row.confirmedOn === null ? null : `It was confirmed on ${row.confirmedOn}`;
  return unless(done, maySay(actor, "role.confirm", "confirm a role row", ownsDeal(actor, deal), only));
}

/** Whether the actor may change or withdraw a role row. */
export function mayChangeRow(
  actor: Actor,
  deal: OwnedDeal,
  row: { recordedById: string | null; recordedOn: Day },
): MaySay {
  const owns =
    actor.role === "ae"
      ? ownsDeal(actor, deal)
      : row.recordedById !== null && row.recordedById === actor.userId;
  const because = `A role row is changed by the deal's own AE, ${deal.owner}, by whoever recorded it, or by an admin`;
  const may = maySay(actor, "role.change", "change role rows", owns, because);
  return unless(lockedRecord(deal, row.recordedOn), may);
}

/** Whether the actor may change or withdraw an activity. */
export function mayChangeActivity(
  actor: Actor,
  deal: OwnedDeal,
  activity: { ownerId: string | null; recordedOn: Day; proof: string | null },
): MaySay {
  const logged = activity.ownerId !== null && activity.ownerId === actor.userId;
  const owns = logged && (actor.role !== "ae" || ownsDeal(actor, deal));
  const because = "An activity is changed by whoever logged it, or by the head of partnerships";
  // A missing proof may still be brought after the close; whether it counts, the policy says.
  const locked = activity.proof === null ? null : lockedRecord(deal, activity.recordedOn);
  return unless(locked, maySay(actor, "activity.change", "change activities", owns, because));
}

function lockedRecord({ state, closedOn }: OwnedDeal, recordedOn: Day): string | null {
  if (closedOn === null || recordedOn > closedOn) return null;
  return `The deal was ${state} on ${closedOn}: what was recorded by then is locked`;
}
