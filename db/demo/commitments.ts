import { desc, sql } from "drizzle-orm";
import { forecastSnapshots } from "@/db/schema/forecasts";
import type { Day } from "@/lib/attribution/facts";
import { addDays, mondayOf } from "@/lib/calendar";
import { draftCompensationPlan } from "@/lib/commands/compensation/draft-compensation-plan";
import { payCompensation } from "@/lib/commands/compensation/pay-compensation";
import { signCompensationPlan } from "@/lib/commands/compensation/sign-compensation-plan";
import { perform } from "@/lib/commands/door";
import { signForecast } from "@/lib/commands/forecast/sign-forecast";
import { takeForecastSnapshot } from "@/lib/commands/forecast/take-forecast-snapshot";
import { setTarget } from "@/lib/commands/target/set-target";
import type { Client } from "../connection/client";
import { demoCall } from "./act";
import { SIGNERS } from "./agreement";
import { actorOf, passwordOf } from "./people";
import type { Plot } from "./plot";

const FINANCE = "U-ruth";
const SALES = "U-viktor";
const MANAGERS = ["U-dana", "U-kofi"] as const;
/** So many weeks of the forecast were taken before the day of telling. */
const WEEKS = 4;

/** Takes a week's forecast as the story comes past its Monday, and at its end lets finance sign the newest. */
export class DemoForecasts {
  private readonly due: Day[];

  constructor(
    private readonly client: Client,
    private readonly today: Day,
  ) {
    const monday = mondayOf(today);
    this.due = Array.from({ length: WEEKS }, (_, at) => addDays(monday, (at - WEEKS) * 7));
  }

  /** Everything of the days before this one has happened. */
  async takeBefore(day: Day): Promise<void> {
    while (this.due[0] !== undefined && this.due[0] < day) {
      const week = this.due.shift() as Day;
      await perform(takeForecastSnapshot, {}, demoCall(this.client, actorOf(FINANCE), week));
    }
  }

  async signNewest(): Promise<void> {
    const [newest] = await this.client.db
      .select({ week: forecastSnapshots.week, digest: forecastSnapshots.digest })
      .from(forecastSnapshots)
      .orderBy(desc(forecastSnapshots.week))
      .limit(1);
    if (!newest) return;
    const signed = { ...newest, password: passwordOf(FINANCE) };
    await perform(signForecast, signed, demoCall(this.client, actorOf(FINANCE), this.today));
  }
}

/** What the last two quarters of the story are to bring: what the ones before brought, and an eighth more, to the next ten thousand. */
export async function setTargets(client: Client, { quarters, today }: Plot): Promise<void> {
  const sales = demoCall(client, actorOf(SALES), today);
  for (const [before, quarter] of [quarters.slice(-3, -1), quarters.slice(-2)].map(([one, other]) => [
    one!,
    other!,
  ])) {
    const rows = await client.db.execute<{ line: "sourced" | "influenced"; won: string }>(sql`
      select case when outcome = 'sourced' then 'sourced' else 'influenced' end as line, sum(amount)::text as won
      from judged_deals where state = 'won' and outcome in ('sourced', 'influenced')
        and closed_on between ${before!.from}::date and ${before!.to}::date group by 1 order by 1`);
    for (const { line, won } of rows) {
      const amount = nextTenThousand((Number(won) * 9) / 8);
      await perform(setTarget, { quarter: quarter!.label, line, ownerId: null, amount }, sales);
      for (const [at, ownerId] of MANAGERS.entries()) {
        const share = nextTenThousand(amount * (at === 0 ? 0.6 : 0.4));
        await perform(setTarget, { quarter: quarter!.label, line, ownerId, amount: share }, sales);
      }
    }
  }
}

const nextTenThousand = (cents: number) => Math.ceil(cents / 1_000_000) * 1_000_000;

/** How credit is paid: drafted by finance, signed by the three who signed the memo, paid for what is frozen. */
export async function payCredit(client: Client, { today, frozen }: Plot): Promise<void> {
  const finance = demoCall(client, actorOf(FINANCE), today);
  const plan = {
    title: "What credit pays partner managers",
    paidTo: "partner_manager",
    from: frozen[0]!.label,
    to: null,
    lines: {
      sourced: { pays: { of: "rate", basisPoints: 150 }, capPerDeal: 500_000, capPerQuarter: 2_500_000 },
      influenced: { pays: { of: "fixed", amount: 40_000 }, capPerDeal: null, capPerQuarter: null },
    },
  } as const;
  const { answer: draft } = await perform(draftCompensationPlan, plan, finance);
  for (const id of SIGNERS) {
    const signature = { ...draft, password: passwordOf(id) };
    await perform(signCompensationPlan, signature, demoCall(client, actorOf(id), today));
  }
  for (const { label: quarter } of frozen) {
    const paid = { planId: draft.planId, quarter, password: passwordOf(FINANCE) };
    await perform(payCompensation, paid, finance);
  }
}
