import { COMMAND_LINE } from "@/lib/auth/actor";
import { addDays, CALENDAR_YEAR, lastQuarters, quarterOf } from "@/lib/calendar";
import { HEADLINE_METRICS } from "@/lib/metrics/quarter-numbers";
import { isDefined, type Value } from "@/lib/metrics/value";
import { forecast } from "@/lib/queries/forecast/forecast";
import { numbers } from "@/lib/queries/numbers/numbers";
import { ranking } from "@/lib/queries/numbers/ranking";
import { review } from "@/lib/queries/review/review";
import { frozenQuarter, quarterBefore } from "./company/calendar";
import type { Company } from "./company/open";
import { AE } from "./company/people";
import { groupedNumbers } from "./grouped";
import { measure } from "./measure";
import type { Report } from "./report";

const QUARTERS = 8;

/** The dashboard's answer. The floor: grouping the deals and their outcomes by quarter, for the same four numbers. */
export async function measureDashboard(companies: readonly Company[], report: Report): Promise<void> {
  const sizes = companies.map((company) => ({ company }));
  for (const { company } of sizes) await mustAgree(company);
  const context = ({ client, today }: Company) => ({ db: client.db, actor: COMMAND_LINE, today });
  const grouping = {
    name: "the raw group-by of eight quarters",
    work: ({ company }: { company: Company }) => groupedNumbers(company, quartersOf(company)),
  };
  const asked: [string, (company: Company) => Promise<unknown>][] = [
    ["numbers of the quarter under way", (at) => numbers.run(context(at), {})],
    ["numbers of the quarter before", (at) => numbers.run(context(at), { quarter: quarterBefore(at, 1) })],
    ["numbers of a frozen quarter", (at) => numbers.run(context(at), { quarter: frozenQuarter(at) })],
    ["review of the quarter before", (at) => review.run(context(at), { quarter: quarterBefore(at, 1) })],
    ["narrowed to an owner", (at) => numbers.run(context(at), { look: { owner: AE.ownerName! } })],
    ["narrowed to a partner", (at) => numbers.run(context(at), { look: { partnerId: "P-3" } })],
    ["narrowed to a kind of deals", (at) => numbers.run(context(at), { look: { type: "renewal" } })],
    ["as of a month ago", (at) => numbers.run(context(at), { look: { asOf: addDays(at.today, -30) } })],
    ["partners ranked", (at) => ranking.run(context(at), { by: "partner" })],
    ["the forecast", (at) => forecast.run(context(at), forecast.input.parse({}))],
  ];
  for (const [name, ask] of asked) {
    await measure(report, sizes, {
      part: "dashboard",
      name,
      work: ({ company }) => ask(company),
      floor: grouping,
      most: 9,
      budgetMs: 6_000,
    });
  }
}

function quartersOf({ today }: Company) {
  return lastQuarters(QUARTERS, quarterOf(today), CALENDAR_YEAR);
}

/** A floor that counted something else would say nothing: its four numbers of eight quarters are the dashboard's. */
async function mustAgree(company: Company): Promise<void> {
  const { client, today } = company;
  const answer = await numbers.run({ db: client.db, actor: COMMAND_LINE, today }, {});
  const grouped = await groupedNumbers(company, quartersOf(company));
  for (const [place, key] of HEADLINE_METRICS.entries()) {
    const shown = answer.headline[place]!.series;
    for (const [at, row] of grouped.entries()) {
      const value = shown[at]!.value as Value;
      const floor = row[key];
      const same = isDefined(value) ? floor !== null && Math.abs(value - floor) < 1e-9 : floor === null;
      if (!same) throw new Error(`${key} of ${row.quarter}: ${JSON.stringify(value)}, grouped ${floor}`);
    }
  }
}
