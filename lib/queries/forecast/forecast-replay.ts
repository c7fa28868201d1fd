import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { closeOf, type WeighedDeal } from "@/lib/metrics/forecast";
import { type QuarterRates, sumMinor, toReporting } from "@/lib/money";
import { inCommit, readBasis, readWeeks } from "@/lib/sealing/forecast-week";
import { sha256 } from "@/lib/sealing/seals";
import { defineQuery } from "../query";
import { dayShape, quarterShape } from "../shapes";
import { closeShape, sumShape } from "./forecast-shapes";

const CAME = ["won", "lost", "open", "not_sourced", "gone"] as const;

type Came = (typeof CAME)[number];

const cameShape = z.object({
  deals: z.int(),
  /** As the week had it, at its probability. */
  committed: z.int(),
  /** As it stands now, by the week's rates; null where one is missing. */
  amount: z.int().nullable(),
});

/** A week's commit against what came (§7 forecast): of its deals, and of sourced ones that were not in it. */
export const forecastReplay = defineQuery({
  name: "forecast-replay",
  summary: "What became of a week's commit: won, lost, still open, and what was won that was not in it.",
  input: z.strictObject({
    /** A Monday whose forecast was taken. */
    week: dayShape,
    close: closeShape.optional(),
  }),
  output: z.object({
    week: dayShape,
    currency: z.string(),
    digest: z.string(),
    /** The document still gives the digest that was kept. */
    verified: z.boolean(),
    /** The close quarters that its deals were expected in. */
    closes: z.array(z.union([quarterShape, z.literal("undated")])),
    committed: sumShape,
    came: z.record(z.enum(CAME), cameShape),
    /** Sourced deals that were won after the week and were not in its commit, of the same quarter where one is asked. */
    elsewhere: z.object({ deals: z.int(), amount: z.int().nullable() }),
    deals: z.array(
      z.object({
        id: z.string(),
        account: z.string().nullable(),
        owner: z.string(),
        came: z.enum(CAME),
        closedOn: dayShape.nullable(),
        committed: z.int(),
        amount: z.int().nullable(),
      }),
    ),
  }),
  async run({ db, today }, { week, close }) {
    const [kept] = await readWeeks(db, week, week);
    if (!kept) return refuse("week", week, "no forecast was taken in the week of this Monday");
    const { document, digest } = kept;
    const { fiscalYear: year, rates: now } = await readBasis(db, today);
    const rates: QuarterRates = {
      ...{ quarter: week, reporting: document.reporting },
      perUnit: {
        ...(now.reporting === document.reporting && now.perUnit),
        ...Object.fromEntries(Object.entries(document.rates).map(([currency, { rate }]) => [currency, rate])),
      },
    };
    const commit = inCommit(document.deals);
    const asked = commit.filter((deal) => close === undefined || closeOf(deal, year) === close);
    const deals = await whatCame(db, asked, rates);
    const others = await wonElsewhere(db, document.takenOn, commit);
    const ofClose = others.filter(
      ({ closedOn }) => close === undefined || closeOf({ expectedCloseOn: closedOn }, year) === close,
    );
    return {
      ...{ week, currency: document.reporting, digest },
      verified: sha256(canonicalJson(document)) === digest,
      closes: [...new Set(commit.map((deal) => closeOf(deal, year)))].sort(),
      committed: {
        deals: asked.length,
        amount: sumMinor(asked.map(({ converted }) => converted)),
        weighted: sumMinor(asked.map(({ weighted }) => weighted)),
      },
      came: byCame(deals),
      elsewhere: {
        deals: ofClose.length,
        amount: sumOrNull(ofClose.map(({ amount, currency }) => converted(Number(amount), currency, rates))),
      },
      deals,
    };
  },
});

function byCame(deals: readonly { came: Came; committed: number; amount: number | null }[]) {
  const of = (one: Came): z.output<typeof cameShape> => {
    const its = deals.filter(({ came }) => came === one);
    const committed = sumMinor(its.map((deal) => deal.committed));
    return { deals: its.length, committed, amount: sumOrNull(its.map(({ amount }) => amount)) };
  };
  return Object.fromEntries(CAME.map((one) => [one, of(one)])) as Record<Came, ReturnType<typeof of>>;
}

const sumOrNull = (amounts: readonly (number | null)[]) =>
  amounts.some((amount) => amount === null) ? null : sumMinor(amounts as readonly number[]);

function converted(amount: number, currency: string, rates: QuarterRates): number | null {
  const known = currency === rates.reporting || Object.hasOwn(rates.perUnit, currency);
  return known ? toReporting(amount, currency, rates) : null;
}

interface Now extends Record<string, unknown> {
  id: string;
  state: "open" | "won" | "lost";
  sourced: boolean;
  closedOn: Day | null;
  amount: string;
  currency: string;
}

async function whatCame(db: Db, asked: readonly WeighedDeal[], rates: QuarterRates) {
  const ids = asked.map(({ id }) => id);
  const rows = await db.execute<Now>(sql`
    select deal_id as id, state::text as state, outcome = 'sourced' as sourced, closed_on::text as "closedOn",
      amount::text as amount, currency from judged_deals where deal_id = any(${sql.param(ids)}::text[])`);
  const now = new Map([...rows].map((row) => [row.id, row]));
  return asked.map(({ id, account, owner, weighted }) => {
    const is = now.get(id);
    const came: Came = !is ? "gone" : is.state === "open" && !is.sourced ? "not_sourced" : is.state;
    const amount = is ? converted(Number(is.amount), is.currency, rates) : 0;
    return {
      ...{ id, account, owner, came, committed: weighted, amount },
      closedOn: is?.closedOn ?? null,
    };
  });
}

async function wonElsewhere(db: Db, since: Day, commit: readonly WeighedDeal[]) {
  const ids = commit.map(({ id }) => id);
  const rows = await db.execute<{ amount: string; currency: string; closedOn: Day }>(sql`
    select amount::text as amount, currency, closed_on::text as "closedOn" from judged_deals
    where state = 'won' and outcome = 'sourced' and closed_on >= ${since}::date
      and deal_id <> all(${sql.param(ids)}::text[])`);
  return [...rows];
}
