import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMPANIES } from "@/fixtures/companies.fixture";
import { PRESETS } from "@/lib/attribution/policy";
import { MODELS, type Model } from "@/lib/attribution/vocabulary";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { CALENDAR_YEAR, parseQuarter, type Quarter, quarterOf } from "@/lib/calendar";
import { isRefusal } from "@/lib/errors";
import type { Figure } from "@/lib/metrics/definition";
import { METRICS, type MetricKey, metricOf, partsOf, sheetsOf } from "@/lib/metrics/quarter-numbers";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { askedDeals, dealsAskedShape } from "@/lib/queries/deals/asked-deals";
import { type LookAsked, lookOf } from "@/lib/queries/numbers/look";
import { lookedInputs } from "@/lib/queries/numbers/looked-inputs";
import { numbers, quartersBetween, readSpan, reportOf } from "@/lib/queries/numbers/numbers";
import { answer } from "@/lib/queries/query";
import { type JudgedCompany, judgedCompany } from "./judged-company.fixture";
import { inDollars, type Money, narrowedRows, type Row, straightFigures } from "./straight-figures.fixture";

const KEYS = Object.keys(METRICS) as MetricKey[];
/** Openings of a narrowed quarter that are listed; which, goes round. */
const OPENED_A_LOOK = 3;

let company: JudgedCompany;
/** What was compared under the model, and what did not agree. */
let checked: number;
let off: string[];

const context = () => ({ db: company.client.db, actor: COMMAND_LINE, today: company.today });

function same(where: string, shown: unknown, straight: number | undefined): void {
  checked++;
  const is = typeof shown === "number" ? shown : undefined;
  const agree =
    is === undefined || straight === undefined
      ? is === straight
      : Math.abs(is - straight) <= 1e-9 * Math.max(1, Math.abs(straight));
  if (!agree) off.push(`${where}: ${JSON.stringify(shown)} is not ${straight}`);
}

/** A missing rate is refused by name where a figure is asked for alone. */
function told(value: () => unknown): unknown {
  try {
    return value();
  } catch (error) {
    if (!isRefusal(error) || !error.field.startsWith("rates.")) throw error;
    return undefined;
  }
}

/** Every judged deal with what its partners have on it, read once for all narrowings. */
async function allRows(): Promise<Row[]> {
  const rows = await company.client.db.execute<Record<string, unknown> & Row>(sql`
    select deal_id as id, owner, amount::float8 as amount, currency::text as currency, type::text as type, route::text as route,
      created_on::text as "createdOn", closed_on::text as "closedOn", state::text as state, outcome::text as outcome,
      confirmed_before_close as "confirmedBeforeClose", cycle_days as "cycleDays", engaged_on::text[] as "engagedOn", partners
    from judged_deals`);
  return [...rows];
}

/** Rates and costs by quarter, which no agreement changes. */
let money: Map<string, Promise<Money>>;
function moneyOf(label: string): Promise<Money> {
  const read = money.get(label) ?? readMoney(label);
  money.set(label, read);
  return read;
}

async function readMoney(label: string): Promise<Money> {
  const { db } = company.client;
  const rateRows = await db.execute<{ currency: string; rate: string }>(
    sql`select currency::text as currency, rate::text as rate from rates where quarter = ${label}`,
  );
  const rates = new Map([...rateRows].map(({ currency, rate }) => [currency, rate]));
  const costs: { partner_program: number | null; direct_sales: number | null } = {
    partner_program: null,
    direct_sales: null,
  };
  for (const { side, amount, currency } of await db.execute<{
    side: keyof typeof costs;
    amount: string;
    currency: string;
  }>(
    sql`select side::text as side, amount::text as amount, currency::text as currency from costs where quarter = ${label}`,
  ))
    costs[side] = (costs[side] ?? 0) + inDollars(Number(amount), currency, rates);
  return { rates, costs };
}

/** Every narrowing there is, one dimension each, and a few of two. */
async function everyLook(): Promise<LookAsked[]> {
  const values = async (query: string) =>
    [...(await company.client.db.execute<{ value: string }>(query))].map(({ value }) => value);
  const owners = await values("select distinct owner as value from deals order by 1");
  const partners = await values("select id as value from partners where merged_into is null order by 1");
  const kinds = await values("select distinct kind::text as value from partners order by 1");
  const types = await values("select distinct type::text as value from deals order by 1");
  const routes = await values("select distinct route::text as value from deals order by 1");
  return [
    ...owners.map((owner) => ({ owner })),
    ...partners.map((partnerId) => ({ partnerId })),
    ...kinds.map((partnerKind) => ({ partnerKind })),
    ...types.map((type) => ({ type })),
    ...routes.map((route) => ({ route })),
    ...types.map((type, at) => ({ type, route: routes[at % routes.length], owner: owners[at] })),
    ...kinds.map((partnerKind, at) => ({ partnerKind, owner: owners[at % owners.length] })),
  ] as LookAsked[];
}

async function straightLook({ owner, type, route, partnerId, partnerKind }: LookAsked, rows: readonly Row[]) {
  const among = await company.client.db.execute<{ id: string }>(sql`
    select id from partners where (${partnerId ?? null}::text is null or ${partnerId ?? null} in (id, merged_into))
      and (${partnerKind ?? null}::text is null or kind::text = ${partnerKind ?? null})`);
  const named = partnerId !== undefined || partnerKind !== undefined;
  const partnerIds = named ? new Set([...among].map(({ id }) => id)) : undefined;
  return narrowedRows(rows, { owner, type, route, partnerIds });
}

/** The ids that the list shows of an opened figure, by its very conditions, without its pages. */
async function openedIds(
  quarter: string,
  number: MetricKey,
  figure: string,
  parts: readonly string[],
  look?: LookAsked,
) {
  const asked = await askedDeals(
    context(),
    dealsAskedShape.parse({ quarter, number, figure, part: parts.join(","), look: look ?? {} }),
  );
  const rows = await company.client.db.execute<{ id: string }>(
    sql`select d.deal_id as id from ${asked.source.table} d where ${asked.wanted}`,
  );
  return [...rows].map(({ id }) => id).toSorted();
}

async function sameOpening(where: string, ids: Promise<string[]>, rows: readonly Row[]): Promise<void> {
  checked++;
  const wanted = rows.map(({ id }) => id).toSorted();
  if (JSON.stringify(await ids) !== JSON.stringify(wanted)) off.push(`${where}: opens to other deals`);
}

/** The whole quarter: what the pages show, what it opens to, and the same in the views for BI. */
async function checkQuarter(
  quarter: Quarter,
  rows: readonly Row[],
  model: Model,
  views: ReadonlyMap<string, unknown>,
) {
  const { label } = quarter;
  const straight = straightFigures(rows, quarter, { money: await moneyOf(label), model, isNarrowed: false });
  const asked = { today: company.today, reportingCurrency: "USD", fiscalYear: CALENDAR_YEAR };
  const { metrics } = await reportOf(company.client.db, quarter, asked, KEYS);
  let nth = 0;
  for (const metric of Object.values(metrics) as MetricReport[])
    for (const figure of metric.figures) {
      nth++;
      const key = `${metric.key}.${figure.key}`;
      const { value, rows: of } = straight.get(key)!;
      same(`${model} ${label} ${key}`, figure.value, value);
      same(`${model} ${label} ${key} of bi.figures`, views.get(`${label} ${key}`), value);
      // Of a model that is a lens here a fifth of the openings, another fifth in each quarter.
      const isListed = model === "two_bucket" || (nth + Number(label[6])) % 5 === 0;
      if (figure.opens.length === 0 || !isListed) continue;
      const parts = figure.opens.map(({ part }) => part);
      await sameOpening(`${model} ${label} ${key}`, openedIds(label, metric.key, figure.key, parts), of);
    }
}

/** One narrowing over every quarter at once; some of what it opens to, and what the page answers in one quarter. */
async function checkLook(
  nth: number,
  look: LookAsked,
  quarters: readonly Quarter[],
  rows: readonly Row[],
  model: Model,
) {
  const { db } = company.client;
  const asked = { today: company.today, reportingCurrency: "USD", metrics: KEYS };
  const inputOf = await lookedInputs(db, quarters, asked, (await lookOf(db, look, company.today))!);
  const narrowed = await straightLook(look, rows);
  for (const [at, quarter] of quarters.entries()) {
    const input = inputOf(quarter);
    const straight = straightFigures(narrowed, quarter, {
      money: await moneyOf(quarter.label),
      model,
      isNarrowed: true,
    });
    const sheets = sheetsOf(input, quarter);
    const where = `${model} ${quarter.label} ${JSON.stringify(look)}`;
    for (const key of KEYS)
      for (const [name, figure] of Object.entries(metricOf(key).figures) as [string, Figure<string>][])
        same(
          `${where} ${key}.${name}`,
          told(() => figure.value(sheets(key))),
          straight.get(`${key}.${name}`)!.value,
        );
    if (at !== nth % quarters.length) continue;
    const shown = await answer(numbers, numbers.input.parse({ quarter: quarter.label, look }), context());
    const figures = [...shown.headline, ...shown.beside].flatMap((metric) =>
      metric.figures.map((figure) => ({ metric: metric.key, ...figure })),
    );
    for (const { metric, key, value } of figures)
      same(`${where} ${metric}.${key} of the page`, value, straight.get(`${metric}.${key}`)!.value);
    const opening = figures.filter(({ opens }) => opens.length > 0);
    for (let one = 0; one < OPENED_A_LOOK; one++) {
      const { metric, key } = opening[(nth * OPENED_A_LOOK + one) % opening.length]!;
      const parts = partsOf(metricOf(metric).figures[key] as Figure<string>, input.policy);
      const ids = openedIds(quarter.label, metric, key, parts, look);
      await sameOpening(`${where} ${metric}.${key}`, ids, straight.get(`${metric}.${key}`)!.rows);
    }
  }
}

describe.each(COMPANIES)("every figure of $name", ({ folder, name }) => {
  let quarters: Quarter[];
  beforeAll(async () => {
    company = await judgedCompany(folder);
    money = new Map();
    const { first, last } = await readSpan(company.client.db, company.today);
    quarters = quartersBetween(first, last, CALENDAR_YEAR)
      .map((label) => parseQuarter(label))
      .reverse();
    const busy = await company.client.db.execute<{ day: string }>(
      sql`select created_on::text as day from deals union select closed_on::text from deals where closed_on is not null`,
    );
    const labels = new Set([...busy].map(({ day }) => quarterOf(day).label));
    quarters = quarters.filter(({ label }) => labels.has(label));
  }, 240_000);
  afterAll(() => company?.client.close());

  it.each(MODELS)(
    "is the sum, ratio or median of its rows under %s, in every quarter and narrowing",
    async (model) => {
      await company.agree(PRESETS[model]);
      [checked, off] = [0, []];
      const rows = await allRows();
      const owner = postgres(company.url, { max: 1, onnotice: () => {} });
      const labels = quarters.map(({ label }) => label);
      const viewed =
        await owner`select quarter, metric, figure, value from bi.figures where quarter = any(${labels})`;
      await owner.end();
      const views = new Map(
        viewed.map(({ quarter, metric, figure, value }) => [`${quarter} ${metric}.${figure}`, value]),
      );
      for (const quarter of quarters) await checkQuarter(quarter, rows, model, views);
      // Of the larger company each narrowing under the first model and under one of the others.
      for (const [nth, look] of (await everyLook()).entries())
        if (
          name === COMPANIES[0]!.name ||
          model === MODELS[0] ||
          nth % MODELS.length === MODELS.indexOf(model)
        )
          await checkLook(nth, look, quarters, rows, model);
      expect(off).toEqual([]);
      expect(checked).toBeGreaterThan(1_000);
    },
    600_000,
  );
});
