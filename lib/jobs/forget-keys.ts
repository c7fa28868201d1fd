import { sql } from "drizzle-orm";
import { forgets } from "./forgets";

/** Empties idempotency keys whose days are over, a week unless the company says otherwise: a repeat after that is a write of its own. */
export const forgetKeys = forgets({
  name: "forget-keys",
  everyMs: 60 * 60_000,
  batch: 5_000,
  from: ["idempotency_keys", "key"],
  over: sql`select key from idempotency_keys
    where created_at < now() - make_interval(days => (select kept_repeat_days from settings))`,
});
