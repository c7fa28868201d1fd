import { sql } from "drizzle-orm";
import { PRESETS } from "@/lib/attribution/policy";
import { CALENDAR_YEAR, lastQuarters, quarterOf } from "@/lib/calendar";
import { startBacktest } from "@/lib/queries/policy/backtest";
import type { Company } from "./company/open";
import { measure } from "./measure";
import type { Report } from "./report";

const FACTS = ["deals", "stage_entries", "role_rows", "activities", "registrations"];

/** Holding triple_tier against what judges now, over eight quarters. The floor: reading every fact. */
export async function measureBacktest(companies: readonly Company[], report: Report): Promise<void> {
  await measure(
    report,
    companies.map((company) => ({ company })),
    {
      part: "backtest",
      name: "triple_tier over eight quarters",
      work: ({ company }) => run(company),
      floor: {
        name: "reading the facts into the program",
        work: async ({ company }) => {
          for (const table of FACTS) await company.client.db.execute(sql.raw(`select * from ${table}`));
        },
      },
      most: 3,
      budgetMs: 6_000,
    },
  );
}

async function run({ client, today }: Company): Promise<void> {
  const quarters = lastQuarters(8, quarterOf(today), CALENDAR_YEAR).map(({ label }) => label);
  const policy = { document: PRESETS.triple_tier };
  const events = await startBacktest(client.db, today, { policy, quarters });
  for await (const event of events) if (event.event === "result") return;
  throw new Error("the backtest ended without a result");
}
