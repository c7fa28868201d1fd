import type { Day } from "@/lib/attribution/facts";
import { addDays } from "@/lib/calendar";
import { partnerOf } from "./partners";
import { aeOf } from "./people";
import { type DealStory, workday } from "./story";

/** Something that somebody does at the door on a day. */
export interface DemoEvent {
  on: Day;
  dealId: string;
  /** The person's id. */
  actorId: string;
  verb:
    | "create-deal"
    | "submit-registration"
    | "decide-registration"
    | "move-stage"
    | "tag-partner"
    | "confirm-role"
    | "log-activity"
    | "edit-activity"
    | "vouch-activity"
    | "finish-joint-step"
    | "confirm-no-partner"
    | "close-deal"
    | "propose-correction"
    | "accept-correction";
  /** The verb's input, but for the id of `of`. */
  input: Readonly<Record<string, unknown>>;
  /** The name, within the story, of the fact that the verb makes. */
  makes?: string;
  /** The name of the fact that the verb is about. */
  of?: string;
}

/** In which order one deal's events of one day happen. */
const ORDER: readonly DemoEvent["verb"][] = [
  "create-deal",
  "submit-registration",
  "decide-registration",
  "move-stage",
  "tag-partner",
  "confirm-role",
  "log-activity",
  "edit-activity",
  "vouch-activity",
  "finish-joint-step",
  "confirm-no-partner",
  "close-deal",
  "propose-correction",
  "accept-correction",
];

/** Registrations are decided by the head of partnerships. */
const DECIDES_REGISTRATIONS = "U-camille";

/** Corrections of closed deals are accepted by finance. */
const ACCEPTS_CORRECTIONS = "U-ruth";

/** The name of a deal's n-th registration, role row, activity or correction, where others refer to it. */
export function factName(dealId: string, kind: "R" | "T" | "A" | "C", at: number): string {
  return `${kind}-${dealId.slice(2)}-${at + 1}`;
}

/** About when an open deal is to close, by how far it has come; nobody kept that of those that have. */
function expectedClose({ close, stages }: DealStory): Day | null {
  const last = stages.at(-1);
  return close || !last ? null : workday(addDays(last.on, 12 + 18 * Math.max(0, 5 - last.stage)));
}

/** Everything that people do to bring a deal to where its story ends, in order. */
export function eventsOf(story: DealStory): DemoEvent[] {
  const { id: dealId } = story;
  const ae = aeOf(story.owner);
  const events: DemoEvent[] = [];
  const add = (
    on: Day,
    actorId: string,
    verb: DemoEvent["verb"],
    input: DemoEvent["input"],
    names: Pick<DemoEvent, "makes" | "of"> = {},
  ) => void events.push({ on, dealId, actorId, verb, input, ...names });

  const { account, owner, currency, type, route, createdOn, firstEngagedOn, recreatedFrom } = story;
  const amount = story.correction?.was ?? story.amount;
  const entered = { account, owner, amount, currency, type, route, createdOn, firstEngagedOn, recreatedFrom };
  add(createdOn, ae, "create-deal", {
    id: dealId,
    ...entered,
    expectedCloseOn: expectedClose(story),
    stage: 1,
  });
  for (const { stage, on } of story.stages.slice(1)) add(on, ae, "move-stage", { dealId, stage });
  story.registrations.forEach(({ partnerId, submittedOn, decided }, at) => {
    const name = factName(dealId, "R", at);
    const on = submittedOn > createdOn ? submittedOn : createdOn;
    const submitted = { dealId, partnerId, submittedOn };
    add(on, partnerOf(partnerId).ownerId, "submit-registration", submitted, { makes: name });
    if (!decided) return;
    const { status } = decided;
    const reason = status === "rejected" ? "Our own team was in touch with them before" : null;
    add(decided.on, DECIDES_REGISTRATIONS, "decide-registration", { status, reason }, { of: name });
  });
  story.roles.forEach(({ by, recordedOn, confirmedOn, ...row }, at) => {
    const name = factName(dealId, "T", at);
    const who = by === "ae" ? ae : partnerOf(row.partnerId).ownerId;
    add(recordedOn, who, "tag-partner", { dealId, ...row }, { makes: name });
    if (by === "partner_manager" && confirmedOn) add(confirmedOn, ae, "confirm-role", {}, { of: name });
  });
  story.activities.forEach(({ recordedOn, provenOn, vouchedOn, stepDoneOn, proof, ...activity }, at) => {
    const name = factName(dealId, "A", at);
    const who = partnerOf(activity.partnerId).ownerId;
    const first = { dealId, ...activity, proof: provenOn ? null : proof };
    add(recordedOn, who, "log-activity", first, { makes: name });
    if (provenOn && proof) add(provenOn, who, "edit-activity", { changes: { proof } }, { of: name });
    if (vouchedOn) add(vouchedOn, ae, "vouch-activity", {}, { of: name });
    if (stepDoneOn) add(stepDoneOn, who, "finish-joint-step", {}, { of: name });
  });
  if (story.noPartnerOn) add(story.noPartnerOn, ae, "confirm-no-partner", { dealId });
  if (story.close) {
    const { outcome, on } = story.close;
    add(on, ae, "close-deal", { dealId, outcome, closedOn: on });
  }
  if (story.correction) {
    const { reason, proposedOn, acceptedOn } = story.correction;
    const name = factName(dealId, "C", 0);
    const proposed = { dealId, changes: { amount: story.amount }, reason };
    add(proposedOn, ae, "propose-correction", proposed, { makes: name });
    add(acceptedOn, ACCEPTS_CORRECTIONS, "accept-correction", {}, { of: name });
  }
  return events.sort((a, b) =>
    a.on === b.on ? ORDER.indexOf(a.verb) - ORDER.indexOf(b.verb) : a.on < b.on ? -1 : 1,
  );
}
