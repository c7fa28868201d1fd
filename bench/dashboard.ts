import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { dealsList } from "@/lib/queries/deals/deals-list";
import { numbers } from "@/lib/queries/numbers/numbers";
import { medianMs, reportTime } from "./machine";

/** Time to answer the dashboard and a page of deals. The floor: reading every judged deal's two columns. */
export async function benchDashboard({ db }: Client, today: string): Promise<void> {
  const floor = {
    name: "reading the outcomes",
    ms: await medianMs(15, () =>
      db.execute(sql`select d.amount, o.outcome from deals d join judged_deals o on o.deal_id = d.id`),
    ),
  };
  const context = { db, actor: COMMAND_LINE, today };
  const dashboard = await medianMs(15, () => numbers.run(context, {}));
  reportTime("dashboard at 10,000 deals", dashboard, floor);
  const list = await medianMs(15, () => dealsList.run(context, dealsList.input.parse({ scope: "all" })));
  reportTime("first page of 10,000 deals", list, floor);
}
