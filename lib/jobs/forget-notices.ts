import { sql } from "drizzle-orm";
import { forgets } from "./forgets";

/** Forgets what people were told when its days are over (§8.9); what it told of stays in the audit log. */
export const forgetNotices = forgets({
  name: "forget-notices",
  everyMs: 6 * 60 * 60_000,
  batch: 5_000,
  from: ["notices", "id"],
  over: sql`select id from notices
    where state <> 'waiting' and created_at < now() - make_interval(days => (select kept_notice_days from settings))
    order by created_at`,
});
