import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { PRESETS } from "@/lib/attribution/policy";
import { lastQuarters, quarterOf } from "@/lib/calendar";
import { startBacktest } from "@/lib/queries/policy/backtest";
import { medianMs, reportTime } from "./machine";

/** Time to hold triple_tier against what judges now, over eight quarters. The floor: reading every fact. */
export async function benchBacktest({ db }: Client, today: string): Promise<void> {
  const floor = {
    name: "reading the facts",
    ms: await medianMs(3, async () => {
      for (const table of ["deals", "stage_entries", "role_rows", "activities", "registrations"]) {
        await db.execute(sql.raw(`select * from ${table}`));
      }
    }),
  };
  const quarters = lastQuarters(8, quarterOf(today)).map(({ label }) => label);
  const ms = await medianMs(3, async () => {
    const events = await startBacktest(db, today, { policy: { document: PRESETS.triple_tier }, quarters });
    for await (const event of events) if (event.event === "result") return;
    throw new Error("the backtest ended without a result");
  });
  reportTime("backtest of 10,000 deals", ms, floor);
}
