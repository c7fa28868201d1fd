import type { Day } from "@/lib/attribution/facts";
import { perform } from "@/lib/commands/door";
import { importBatch } from "@/lib/commands/import/import-batch";
import type { Kind } from "@/lib/interchange/kinds";
import { formatMajor } from "@/lib/money";
import type { Client } from "../connection/client";
import { demoCall } from "./act";
import { factName } from "./events";
import { actorOf } from "./people";
import type { DealStory } from "./story";

type Values = Record<string, string>;

/** RevOps brings what the CRM knew, on the day that Tarnwick began to work in Countersign. */
const IMPORTS = "U-leo";

/** Lands the history of deals as an import of `day` (imports.md). The rows' ids are the facts' own names. */
export async function importHistory(client: Client, history: readonly DealStory[], day: Day): Promise<void> {
  const call = demoCall(client, actorOf(IMPORTS), day);
  for (const [kind, rowsOf] of Object.entries(ROWS) as [Kind, (story: DealStory) => Values[]][]) {
    const rows = history.flatMap(rowsOf).map((values, at) => ({ line: at + 2, values }));
    const { answer } = await perform(importBatch, { kind, rows }, call);
    const [refused] = answer.refused;
    if (refused) throw new Error(`the demo's ${kind} hold a row that is refused: ${JSON.stringify(refused)}`);
  }
}

/** The rows of each kind that a deal makes, in the order in which kinds land. */
const ROWS: Partial<Record<Kind, (story: DealStory) => Values[]>> = {
  deals: (story) => [
    {
      id: story.id,
      account: story.account,
      owner: story.owner,
      amount: formatMajor(story.amount, story.currency),
      currency: story.currency,
      type: story.type,
      route: story.route,
      created_on: story.createdOn,
      closed_on: story.close?.on ?? "",
      outcome: story.close?.outcome ?? "open",
      first_engaged_on: story.firstEngagedOn ?? "",
      recreated_from: story.recreatedFrom ?? "",
    },
  ],
  stage_history: ({ id, stages }) =>
    stages.map(({ stage, on }) => ({ deal_id: id, stage: String(stage), entered_on: on })),
  registrations: ({ id, registrations }) =>
    registrations.map(({ partnerId, submittedOn, decided }, at) => ({
      id: factName(id, "R", at),
      deal_id: id,
      partner_id: partnerId,
      submitted_on: submittedOn,
      status: decided?.status ?? "pending",
    })),
  roles: ({ id, roles }) =>
    roles.map((row, at) => ({
      id: factName(id, "T", at),
      deal_id: id,
      partner_id: row.partnerId,
      role: row.role,
      touch_stage: String(row.touchStage),
      touched_on: row.touchedOn,
      recorded_on: row.recordedOn,
      confirmed_on: row.confirmedOn ?? "",
    })),
  activities: ({ id, activities }) =>
    activities.map((activity, at) => ({
      id: factName(id, "A", at),
      deal_id: id,
      partner_id: activity.partnerId,
      type: activity.type,
      stage: String(activity.stage),
      occurred_on: activity.occurredOn,
      recorded_on: activity.recordedOn,
      proof: activity.proof ?? "",
      involvement: activity.involvement,
    })),
};
