import { sql } from "drizzle-orm";
import { z } from "zod";
import { maySay } from "@/lib/commands/guard";
import { mayDecidePlay } from "@/lib/commands/play/guards";
import { DECIDES_AFTER, ENDS_AFTER } from "@/lib/metrics/selling-play";
import { dayShape, mayShape } from "../../shapes";
import { HEADS, itemShape, type Kind } from "../kind";

export const playDecidesShape = itemShape.extend({
  kind: z.literal("play_decides"),
  startedOn: dayShape,
  /** Its steps, and how many are done. */
  steps: z.int(),
  done: z.int(),
  /** What the partner did on its clients' deals since it started. */
  activities: z.int(),
  may: z.object({ decide: mayShape }),
});

interface About {
  startedOn: string;
  steps: number;
  done: number;
  activities: number;
}

/** A play in its fourth week or past it, and not decided: plays that run are few. */
export const playDecides: Kind<"play_decides", About> = {
  kind: "play_decides",
  rows: ({ today }) => sql`
    select y.id as subject_id, c.deal_id, coalesce(p.merged_into, p.id) as partner_id, u.id as owner_id,
      ${HEADS} as desk, y.started_on + ${DECIDES_AFTER}::int as since, y.started_on + ${ENDS_AFTER}::int as due,
      null as account_id, jsonb_build_object('startedOn', y.started_on,
        'steps', (select count(*) from joint_steps s where s.play_id = y.id),
        'done', (select count(*) from joint_steps s where s.play_id = y.id and s.done_on is not null),
        'activities', (select count(*) from activities a join selling_play_clients k on k.deal_id = a.deal_id
          where k.play_id = y.id and a.partner_id in (p.id, p.merged_into) and a.occurred_on >= y.started_on)) as about
    from selling_plays y join partners p on p.id = y.partner_id
    left join selling_play_clients c on c.play_id = y.id and c.place = 1
    left join users u on u.id = y.owner_id and u.disabled_at is null
    where y.decision is null and y.started_on <= ${today}::date - ${DECIDES_AFTER}::int
    order by y.started_on, y.id`,
  item: ({ about }, { actor }) => ({
    ...about,
    may: { decide: maySay(mayDecidePlay, actor, { play: { decision: null } }) },
  }),
};
