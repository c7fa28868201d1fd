import { PRESETS } from "@/lib/attribution/policy";
import { CALENDAR_YEAR, lastQuarters, quarterOf } from "@/lib/calendar";
import { startBacktest } from "@/lib/queries/policy/backtest";
import { copyOut } from "./company/judge";
import type { Company } from "./company/open";
import { FIRST_PROGRESS } from "./goals";
import { measure } from "./measure";
import type { Report } from "./report";

const RUNS = { part: "backtest", most: 5, budgetMs: 6_000 } as const;

/** Holding triple_tier against what judges now, over eight quarters. The floor: copying every fact out. */
export async function measureBacktest(companies: readonly Company[], report: Report): Promise<void> {
  const at = companies.map((company) => ({ company }));
  await measure(report, at, {
    ...RUNS,
    name: "triple_tier over eight quarters",
    work: ({ company }) => run(company),
    floor: { name: "copying the facts out, in binary form", work: ({ company }) => copyOut(company.url) },
  });
  await measure(report, at, {
    ...RUNS,
    name: FIRST_PROGRESS,
    work: ({ company }) => run(company, true),
  });
}

/** To the end, or to the first deals that were judged; whoever stops listening has cancelled it. */
async function run({ client, today }: Company, cancel = false): Promise<void> {
  const quarters = lastQuarters(8, quarterOf(today), CALENDAR_YEAR).map(({ label }) => label);
  const policy = { document: PRESETS.triple_tier };
  const events = await startBacktest(client.db, today, { policy, quarters });
  for await (const event of events) {
    if (event.event === "result" || (cancel && event.judged > 0)) return;
  }
  throw new Error("the backtest ended without a result");
}
