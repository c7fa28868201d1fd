import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { COMPANIES } from "@/fixtures/companies.fixture";
import { amountBand } from "@/lib/attribution/cohort";
import { PRESETS } from "@/lib/attribution/policy";
import { MODELS, type Model } from "@/lib/attribution/vocabulary";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { parseQuarter, previousQuarter } from "@/lib/calendar";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { PASSWORD } from "@/lib/commands/commands.fixture";
import { createUser } from "@/lib/commands/company/create-user";
import { perform } from "@/lib/commands/door";
import { agreedForYears } from "@/lib/commands/review/freeze.fixture";
import { companyDay } from "@/lib/company-day";
import { judgeAll } from "@/lib/judging/judge";
import type { FigureReport, MetricReport } from "@/lib/metrics/quarter-report";
import { askedDeals, dealsAskedShape } from "@/lib/queries/deals/asked-deals";
import type { LookAsked } from "@/lib/queries/numbers/look";
import { numbers } from "@/lib/queries/numbers/numbers";
import { answer } from "@/lib/queries/query";
import { runCommand } from "./run-command.fixture";

const today = companyDay(Date.now(), "UTC");
const SIGNERS = { cro: "carl", finance: "fay", head_of_partnerships: "hope" } as const;
const ROLES = { carl: "cro", fay: "finance", hope: "head_of_partnerships" } as const;

let client: Client;
let url: string;
const context = () => ({ db: client.db, actor: COMMAND_LINE, today });

interface Row {
  set: string | null;
  amount: number;
  currency: string;
  type: string;
  cycleDays: number | null;
}

/** Every row that a figure opens to, by the very conditions of the list, without its pages. */
async function rowsOf(quarter: string, metric: MetricReport, figure: FigureReport, look: LookAsked) {
  const asked = await askedDeals(
    context(),
    dealsAskedShape.parse({
      ...{ quarter, look, number: metric.key, figure: figure.key },
      part: figure.opens.map(({ part }) => part).join(","),
    }),
  );
  const rows = await client.db.execute<Record<string, unknown> & Row & { countsAs: string }>(sql`
    select d.amount::float8 as amount, d.currency::text as currency, d.type::text as type,
      d.cycle_days as "cycleDays", d.counts_as as "countsAs"
    from ${asked.source.table} d where ${asked.wanted}`);
  return [...rows].map((row): Row => ({ ...row, set: asked.opened!.setOf(row.countsAs) }));
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
/** In the reporting currency, half up. */
function inDollars(amount: number, currency: string, rates: ReadonlyMap<string, string>): number {
  if (currency === "USD") return amount;
  const [whole = "", decimals = ""] = rates.get(currency)!.split(".");
  const unit = 10n ** BigInt(decimals.length);
  return Number((2n * BigInt(amount) * BigInt(whole + decimals) + unit) / (2n * unit));
}

const median = (values: readonly number[]) => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

interface Money {
  /** Reporting currency per unit, as text. */
  rates: ReadonlyMap<string, string>;
  costs: Readonly<Record<"partner_program" | "direct_sales", number>>;
}

/** The figure from its rows alone, by what §7 says of it; undefined where it divides by nothing. */
function recomputed(metric: MetricReport, figure: FigureReport, rows: readonly Row[], money: Money) {
  const usd = ({ amount, currency }: Row) => inDollars(amount, currency, money.rates);
  const total = (some: readonly Row[]) => sum(some.map(usd));
  const days = (some: readonly Row[]) => some.map(({ cycleDays }) => cycleDays!);
  const names = figure.opens.map(({ name }) => name);
  const among = (...sets: (string | undefined)[]) =>
    rows.filter(({ set }) => sets.includes(set ?? undefined));
  const rate = (over: number, under: number) => (under === 0 ? undefined : over / under);
  const { partner_program: program, direct_sales: direct } = money.costs;
  switch (`${metric.key}.${figure.key}`) {
    case "sourcedPipeline.share":
    case "influencedWinRate.shareOfWonRevenue":
      return rate(total(among(names[0])), total(rows));
    case "influencedWinRate.ratio": {
      const one = rate(among(names[0]).length, among(names[0], names[1]).length);
      const other = rate(among(names[2]).length, among(names[2], names[3]).length);
      return one === undefined || !other ? undefined : one / other;
    }
    case "cycleReduction.days":
    case "cycleReduction.percent": {
      const [direct, credited] = [days(among(names[0])), days(among(names[1]))];
      if (direct.length === 0 || credited.length === 0) return undefined;
      const saved = median(direct) - median(credited);
      return figure.key === "days" ? saved : rate(saved, median(direct));
    }
    case "cycleReduction.matchedDays": {
      const cellOf = (row: Row) => `${row.type} ${row.currency} ${amountBand(row.amount, row.currency)}`;
      const cells = [...new Set(rows.map(cellOf))].map((cell) => rows.filter((row) => cellOf(row) === cell));
      const weighed = cells.map((cell) => {
        const side = (name: string | undefined) => days(cell.filter(({ set }) => set === name));
        const [direct, credited] = [side(names[0]), side(names[1])];
        return [(median(direct) - median(credited)) * credited.length, credited.length] as const;
      });
      return rate(sum(weighed.map(([by]) => by)), sum(weighed.map(([, deals]) => deals)));
    }
    case "costPerPartnerDollar.perAttributed":
    case "costPerPartnerDollar.perSourced":
      return rate(program, total(rows));
    case "costPerPartnerDollar.direct":
      return rate(direct, total(rows));
    case "costPerPartnerDollar.belowDirect": {
      const [one, other] = [rate(program, total(among(names[0]))), rate(direct, total(among(names[1])))];
      return one === undefined || !other ? undefined : 1 - one / other;
    }
    case "creditedVersusDirect.creditedDealSize":
    case "creditedVersusDirect.directDealSize":
      return rows.length === 0 ? undefined : median(rows.map(usd));
  }
  if (figure.unit === "share") return rate(among(names[0]).length, rows.length);
  if (figure.unit === "days") return rows.length === 0 ? undefined : median(days(rows));
  return figure.unit === "deals" ? rows.length : total(rows);
}

/** The agreement under which everything is judged; the guards let nobody sign for the past twice. */
async function agree(model: Model): Promise<void> {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  await owner.begin(async (own) => {
    await own`set local session_replication_role = replica`;
    await own`update policies set demo = true`;
    await own`delete from signatures`;
    await own`delete from policies`;
  });
  await owner.end();
  await agreedForYears(url, SIGNERS, PRESETS[model]);
  await judgeAll(client, today);
}

describe.each(COMPANIES)("every figure of $name", ({ folder, quarter, name }) => {
  const isSmall = name.includes("made");
  beforeAll(async () => {
    ({ url } = await testDatabase());
    client = connect(url, { max: 4 });
    const { status, said } = await runCommand(url, "import", folder);
    expect(status, said).toBe(0);
    for (const [id, role] of Object.entries(ROLES)) {
      const person = { id, role, name: id, ownerName: null, email: `${id}@company.example` };
      await perform(createUser, person, { actor: COMMAND_LINE, client, today });
      await setFirstPassword(client, id, PASSWORD);
    }
  }, 240_000);
  afterAll(() => client?.close());

  /** One of each that there is to narrow to, the most frequent. */
  async function looks(): Promise<LookAsked[]> {
    const most = async (of: string, from: string) => {
      const rows = await client.db.execute<{ value: string }>(
        `select ${of} as value from ${from} group by 1 order by count(*) desc, 1 limit 1`,
      );
      return rows[0]!.value;
    };
    const partnerId = await most("p", "judged_deals, unnest(partner_ids) p");
    const owner = await most("owner", "deals");
    return [
      {},
      { owner },
      { partnerId },
      {
        partnerKind: (await most(
          "k.kind::text",
          "judged_deals, unnest(partner_ids) p join partners k on k.id = p",
        )) as never,
      },
      { type: (await most("type::text", "deals")) as never },
      { route: (await most("route::text", "deals")) as never, partnerId },
    ];
  }

  it("is the sum, ratio or median of the rows that it opens to", async () => {
    const off: string[] = [];
    let checked = 0;
    const quarters = [quarter, previousQuarter(parseQuarter(quarter)).label];
    for (const model of MODELS) {
      await agree(model);
      const all = await looks();
      for (const [nth, label] of quarters.entries())
        for (const look of isSmall || nth === 0 ? all : all.slice(0, 3)) {
          const money = await moneyOf(label);
          const asked = numbers.input.parse({ quarter: label, look });
          const { headline, beside } = await answer(numbers, asked, context());
          for (const metric of [...headline, ...beside] as MetricReport[])
            for (const figure of metric.figures.filter(({ opens }) => opens.length > 0)) {
              const isCost = Object.keys(look).length > 0 && /per|belowDirect|^direct$/.test(figure.key);
              if (isCost && metric.key === "costPerPartnerDollar") {
                expect(figure.value).toEqual({ undefined: "costs_not_narrowed" });
                continue;
              }
              const found = recomputed(metric, figure, await rowsOf(label, metric, figure, look), money);
              const { value } = figure;
              checked++;
              const same =
                typeof value === "number"
                  ? found !== undefined && Math.abs(found - value) <= 1e-9 * Math.max(1, Math.abs(value))
                  : found === undefined || found === 0 || value.undefined === "not_in_model";
              if (!same)
                off.push(
                  `${model} ${label} ${JSON.stringify(look)} ${metric.key}.${figure.key}: ${JSON.stringify(value)} is not ${found}`,
                );
            }
        }
    }
    expect(off).toEqual([]);
    expect(checked).toBeGreaterThan(1_000);
  }, 600_000);

  async function moneyOf(label: string): Promise<Money> {
    const rateRows = await client.db.execute<{ currency: string; rate: string }>(
      `select currency, rate::text as rate from rates where quarter = '${label}'`,
    );
    const rates = new Map([...rateRows].map(({ currency, rate }) => [currency, rate]));
    const costs = { partner_program: 0, direct_sales: 0 };
    for (const { side, amount, currency } of await client.db.execute<{
      side: keyof typeof costs;
      amount: string;
      currency: string;
    }>(
      `select side::text as side, amount::text as amount, currency::text from costs where quarter = '${label}'`,
    ))
      costs[side] += inDollars(Number(amount), currency, rates);
    return { rates, costs };
  }
});
