import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { THE_HOUSE } from "@/lib/auth/actor";
import { mondayOf } from "@/lib/calendar";
import { perform } from "../door";
import { takeForecastSnapshot } from "./take-forecast-snapshot";

/**
 * Takes the week's forecast for the house itself, once something is in commit (§7 forecast); refuses a missing rate.
 *
 * @returns whether this call took it
 */
export async function takeDueForecast(client: Client, today: Day): Promise<boolean> {
  const [due] = await client.db.execute<{ due: boolean }>(sql`
    select exists (select from judged_deals where state = 'open' and outcome = 'sourced')
      and not exists (select from forecast_snapshots where week = ${mondayOf(today)}::date) as due`);
  if (!due?.due) return false;
  const { answer } = await perform(takeForecastSnapshot, {}, { actor: THE_HOUSE, client, today });
  return answer.taken;
}
