import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { editActivity } from "@/lib/commands/activity/edit-activity";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { vouchActivity } from "@/lib/commands/activity/vouch-activity";
import { acceptCorrection } from "@/lib/commands/correction/accept-correction";
import { proposeCorrection } from "@/lib/commands/correction/propose-correction";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { moveStage } from "@/lib/commands/deal/move-stage";
import { perform } from "@/lib/commands/door";
import { decideRegistration } from "@/lib/commands/registration/decide-registration";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { finishJointStep } from "@/lib/commands/step/finish-joint-step";
import type { Client } from "../connection/client";
import type { DemoEvent } from "./events";
import { actorOf } from "./people";

/** How a call of the story comes to the door: by a person, on a day of theirs, marked as demo. */
export function demoCall(client: Client, actor: Actor, today: Day) {
  return { client, actor, today, demo: true };
}

/** How many deals are told at once: more than the machine has cores brings nothing. */
const AT_ONCE = 4;

/**
 * Lives through the events, which come in order, day by day, each by its own person on its own day. Deals do not wait for each
 * other within a day; one deal's events happen one after another.
 *
 * @param onDay called before each day, and after it with the number of events so far
 */
export async function actOut(
  client: Client,
  events: readonly DemoEvent[],
  onDay: { before?(day: Day): Promise<void>; after?(told: number): void } = {},
): Promise<void> {
  // The ids that the verbs gave to what they made, by the story's own names; an import kept those.
  const ids = new Map<string, string>();
  let told = 0;
  for (const [on, day] of inDays(events)) {
    await onDay.before?.(on);
    const deals = [...day.values()];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let deal = deals.shift(); deal; deal = deals.shift()) {
          for (const event of deal) {
            await act(client, event, ids);
            told++;
          }
        }
      }),
    );
    onDay.after?.(told);
  }
}

/** Events in order of day, by day and within a day by deal. */
function inDays(events: readonly DemoEvent[]): Map<Day, Map<string, DemoEvent[]>> {
  const days = new Map<Day, Map<string, DemoEvent[]>>();
  for (const event of events) {
    const day = days.get(event.on) ?? new Map<string, DemoEvent[]>();
    days.set(event.on, day);
    const deal = day.get(event.dealId) ?? [];
    day.set(event.dealId, deal);
    deal.push(event);
  }
  return days;
}

async function act(client: Client, event: DemoEvent, ids: Map<string, string>): Promise<void> {
  const { input, actorId, on } = event;
  const call = demoCall(client, actorOf(actorId), on);
  const id = event.of === undefined ? undefined : (ids.get(event.of) ?? event.of);
  const makes = (made: string) => void ids.set(event.makes ?? "", made);
  switch (event.verb) {
    case "create-deal":
      return void (await perform(createDeal, input, call));
    case "move-stage":
      return void (await perform(moveStage, input, call));
    case "submit-registration":
      return makes((await perform(submitRegistration, input, call)).answer.registrationId);
    case "decide-registration":
      return void (await perform(decideRegistration, { registrationId: id, ...input }, call));
    case "tag-partner":
      return makes((await perform(tagPartner, input, call)).answer.rowId);
    case "confirm-role":
      return void (await perform(confirmRole, { rowId: id, ...input }, call));
    case "log-activity":
      return makes((await perform(logActivity, input, call)).answer.activityId);
    case "edit-activity":
      return void (await perform(editActivity, { activityId: id, ...input }, call));
    case "vouch-activity":
      return void (await perform(vouchActivity, { activityId: id, ...input }, call));
    case "finish-joint-step":
      return void (await perform(finishJointStep, { stepId: id, ...input }, call));
    case "confirm-no-partner":
      return void (await perform(confirmNoPartner, input, call));
    case "close-deal":
      return void (await perform(closeDeal, input, call));
    case "propose-correction":
      return makes((await perform(proposeCorrection, input, call)).answer.correctionId);
    case "accept-correction":
      return void (await perform(acceptCorrection, { correctionId: id, ...input }, call));
  }
}
