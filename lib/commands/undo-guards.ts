import { canonicalJson } from "@/lib/attribution/canonical";
import type { RegistrationStatus, Stage } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import {
  mayEditActivity,
  mayLogActivity,
  mayVouchActivity,
  mayWithdrawActivity,
  type OfActivity,
} from "./activity/guards";
import { type GuardedDeal, locks, mayEditDeal, mayMoveStage, unlessLocked } from "./deal/guards";
import { all, type Guard, type MaySay, maySay } from "./guard";
import { mayExtendRegistration, mayMatchRegistration, maySubmitRegistration } from "./registration/guards";
import { mayEditRole, mayRefuseRole, mayTagPartner, mayWithdrawRole, type OfRole } from "./role/guards";
import { mayAddStep, mayKeepStep } from "./step/guards";

/** How long a write can be taken back by whoever made it. The toast offers it for 10 seconds. */
export const UNDO_MINUTES = 10;

/** A write as the audit log has it. */
export interface OfWrite {
  /** Of each of its entries that are young enough: who wrote it. */
  by: readonly string[];
  undone: boolean;
}

export const mayUndo: Guard<OfWrite> = {
  may: "write.undo",
  own: ({ id }, { by }) => by.every((actor) => actor === id) || "A write is taken back by whoever made it",
  when: ({ by, undone }) =>
    all(
      by.length > 0 || `There is no write of the last ${UNDO_MINUTES} minutes with this id`,
      !undone || "This write was taken back already",
    ),
};

export type Row = Readonly<Record<string, unknown>>;

/** One thing that a write changed on a deal, as it was and as the write left it; null: it was not there. */
export interface Change {
  kind: "role_row" | "activity" | "stage_entry" | "deal" | "joint_step";
  before: Row | null;
  after: Row | null;
}

/**
 * Whether a change may be taken back: asked as the edit that would do the same by hand, so that no undo
 * passes a lock (§8.3). What stood when a deal closed neither goes by it nor comes by it.
 */
export function mayTakeBack(actor: Actor, deal: GuardedDeal, change: Change): MaySay {
  switch (change.kind) {
    case "role_row":
      return roleBack(actor, deal, change);
    case "activity":
      return activityBack(actor, deal, change);
    case "joint_step":
      return stepBack(actor, deal, change);
    case "stage_entry":
      return maySay(mayMoveStage, actor, { deal, to: Number(change.after?.stage) as Stage });
    case "deal":
      return dealBack(actor, deal, change);
  }
}

const REFUSAL: readonly string[] = ["refusedOn", "refusedBy", "refusedReason"];

function roleBack(actor: Actor, deal: GuardedDeal, { before, after }: Change): MaySay {
  const row = (after ?? before) as unknown as OfRole["row"];
  if (!before) return maySay(mayWithdrawRole, actor, { deal, row });
  if (!after) return all(maySay(mayTagPartner, actor, { deal }), unlessLocked(deal, row.recordedOn));
  const columns = changed(before, after);
  // A refusal is taken back while another could be made.
  if (columns.every((column) => REFUSAL.includes(column)))
    return maySay(mayRefuseRole, actor, { deal, row: before as unknown as OfRole["row"] });
  const rewrites = columns.some((column) => column !== "contact");
  return maySay(mayEditRole, actor, { deal, row, rewrites });
}

const VOUCHING: readonly string[] = ["vouchedOn", "vouchedBy"];
const OF_STEP: readonly string[] = [
  "nextStep",
  "nextStepDueOn",
  "nextStepDoneOn",
  "nextStepDoneBy",
  "ownerId",
];

function activityBack(actor: Actor, deal: GuardedDeal, { before, after }: Change): MaySay {
  const activity = (after ?? before) as unknown as OfActivity["activity"];
  if (!before) return maySay(mayWithdrawActivity, actor, { deal, activity });
  if (!after) return all(maySay(mayLogActivity, actor, { deal }), unlessLocked(deal, activity.recordedOn));
  const columns = changed(before, after);
  if (columns.every((column) => VOUCHING.includes(column))) {
    const unvouched = before as unknown as OfActivity["activity"];
    return all(
      maySay(mayVouchActivity, actor, { deal, activity: unvouched }),
      unlessLocked(deal, activity.recordedOn),
    );
  }
  const rewrites = columns.some((column) => !OF_STEP.includes(column));
  if (!rewrites) return stepBack(actor, deal, { kind: "joint_step", before, after });
  return maySay(mayEditActivity, actor, { deal, activity, rewrites });
}

/** No close locks a step, so only whose it is counts. */
function stepBack(actor: Actor, deal: GuardedDeal, { before, after }: Change): MaySay {
  if (!after) return maySay(mayAddStep, actor, { deal });
  const { ownerId } = (before ?? after) as { ownerId: string | null };
  return maySay(mayKeepStep, actor, { deal, step: { ownerId, doneOn: null } });
}

/** A close is not taken back, nor what a closed deal's attribution rests on. */
function dealBack(actor: Actor, deal: GuardedDeal, { before, after }: Change): MaySay {
  if (!before || !after) return "A deal that was entered is not taken back; close it as lost";
  const columns = changed(before, after);
  const said = (after.noPartnerOn ?? before.noPartnerOn) as string | null;
  if (columns.includes("noPartnerOn") && said !== null) return unlessLocked(deal, said);
  return maySay(mayEditDeal, actor, { deal, locks: locks(columns) });
}

/** Of a registration its entry, its match and its extension; who decides it decides again. */
export function mayTakeRegistrationBack(
  actor: Actor,
  deal: GuardedDeal | null,
  { before, after }: Pick<Change, "before" | "after">,
): MaySay {
  const registration = (after ?? before) as unknown as { recordedOn: string; status: RegistrationStatus };
  if (!before)
    return all(
      maySay(maySubmitRegistration, actor, undefined),
      deal === null || unlessLocked(deal, registration.recordedOn),
    );
  const columns = after ? changed(before, after) : [];
  if (columns.join() === "protectedUntil") return maySay(mayExtendRegistration, actor, { registration });
  if (columns.join() === "dealId")
    return maySay(mayMatchRegistration, actor, { deal, registration: { dealId: null } });
  return "A decision is not taken back: decide again";
}

/** The columns that a write changed. Versions and clocks move by themselves. */
export function changed(before: Row, after: Row): string[] {
  const columns = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...columns].filter(
    (column) =>
      column !== "version" &&
      column !== "createdAt" &&
      canonicalJson(before[column] ?? null) !== canonicalJson(after[column] ?? null),
  );
}
