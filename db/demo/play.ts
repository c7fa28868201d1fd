import { sql } from "drizzle-orm";
import type { Day } from "@/lib/attribution/facts";
import { addDays } from "@/lib/calendar";
import { perform } from "@/lib/commands/door";
import { startPlay } from "@/lib/commands/play/start-play";
import { finishJointStep } from "@/lib/commands/step/finish-joint-step";
import type { Client } from "../connection/client";
import { demoCall } from "./act";
import { partnerOf } from "./partners";
import { actorOf } from "./people";
import type { Plot } from "./plot";
import { workday } from "./story";

const PLAY = {
  buyer: "Heads of transport at firms that run their own lorries",
  problem: "Tomorrow's routes are planned by hand until late in the evening",
  script:
    "A haulier of your size plans its day in twenty minutes since spring. Worth half an hour to see how?",
  outcome: "A discovery call with whoever plans the routes",
};
/** How long a partner of the story has done nothing by the day on which its play starts. */
const SILENT_DAYS = 60;

/** A silent partner's first selling play, in its second week: the outreach is sent, the discovery is to come. */
export async function runPlay(client: Client, { today }: Plot): Promise<void> {
  const day = workday(addDays(today, -11));
  const silent = await mostSilent(client, addDays(day, -SILENT_DAYS));
  if (!silent) return;
  const { partnerId, dealIds } = silent;
  const by = actorOf(partnerOf(partnerId).ownerId);
  const clients = dealIds.slice(0, 3).map((dealId) => ({ dealId }));
  const started = await perform(startPlay, { partnerId, ...PLAY, clients }, demoCall(client, by, day));
  const [first] = await client.db.execute<{ id: string }>(sql`
    select id from joint_steps where play_id = ${started.answer.playId} order by play_week limit 1`);
  const call = demoCall(client, by, workday(addDays(today, -5)));
  await perform(finishJointStep, { stepId: first!.id }, call);
}

/** Who has done nothing since a day on the most deals that are open, of those in Dana's care before others. */
async function mostSilent(client: Client, since: Day) {
  const [found] = await client.db.execute<{ partnerId: string; dealIds: string[] }>(sql`
    select p.id as "partnerId", array_agg(d.deal_id order by d.created_on, d.deal_id) as "dealIds"
    from judged_deals d cross join unnest(d.partner_ids) k(id) join partners p on p.id = k.id
    where d.state = 'open' and d.created_on <= ${since}::date
      and not exists (select from activities a where a.deal_id = d.deal_id and a.partner_id = k.id
        and a.occurred_on > ${since}::date)
      and not exists (select from role_rows r where r.deal_id = d.deal_id and r.partner_id = k.id
        and r.recorded_on > ${since}::date)
    group by p.id, p.owner_id order by p.owner_id <> 'U-dana', count(*) desc, p.id limit 1`);
  return found;
}
