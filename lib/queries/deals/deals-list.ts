import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { parseQuarter } from "@/lib/calendar";
import { refuse } from "@/lib/errors";
import { readCompany } from "../company/company";
import { defineQuery } from "../query";
import { idShape, moneyShape, outcomeShape, quarterShape, stageShape, stateShape } from "../shapes";
import { conditionOf, stageOn } from "./deals-filter";
import { dealLineShape, dealLines } from "./deals-page";
import { type OpenedNumber, openNumber } from "./opened-number";
import { DEAL_SORTS, type DealSort, sealedDeals } from "./sealed-deals";

/** One page of deals, with how many match in all and what they add up to. */
export const dealsList = defineQuery({
  name: "deals-list",
  summary: "The deals that match a filter, a page at a time, with their partners and warnings.",
  input: z.strictObject({
    scope: z.enum(["mine", "all"]).default("all"),
    /** In account, deal id, owner or partner name, any case. */
    search: z.string().max(200).optional(),
    outcome: z.array(outcomeShape).optional(),
    state: stateShape.optional(),
    stage: z.array(stageShape).optional(),
    partnerId: idShape.optional(),
    owner: z.string().optional(),
    /** Created or closed in this fiscal quarter; with `number`, the quarter whose number is opened. */
    quarter: quarterShape.optional(),
    /** A number of the dashboard; the answer is exactly the deals it is made of. Needs `quarter`. */
    number: z.string().optional(),
    /** Parts of that number, as its definition names them, with commas between; its headline's when absent. */
    part: z.string().optional(),
    /** Open, and nobody confirmed yet which partner is involved, or that none is. */
    needsDecision: z.boolean().optional(),
    /** Open at stage 4 or 5: deals carry no expected close day, so the stage stands for it. */
    closingSoon: z.boolean().optional(),
    disputed: z.boolean().optional(),
    sort: z.enum(DEAL_SORTS).default("createdOn"),
    dir: z.enum(["asc", "desc"]).default("desc"),
    offset: z.int().min(0).max(10_000_000).default(0),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    total: z.int(),
    /** Of every match, not of this page. Null when their currencies differ and no number is opened. */
    sum: moneyShape.nullable(),
    rows: z.array(dealLineShape),
  }),
  async run({ db, actor, today }, { quarter, number, part, sort, dir, offset, limit, ...filter }) {
    const company = await readCompany(db);
    if (number !== undefined && quarter === undefined) {
      refuse("quarter", null, "a number is opened for a quarter; name it");
    }
    const opened =
      number === undefined ? null : await openNumber(db, today, { quarter: quarter!, number, part });
    if (opened?.sealed) {
      const paging = { sort, dir, offset, limit };
      return sealedDeals(db, quarter!, { ...opened, sealed: opened.sealed }, { filter, paging, actor });
    }
    const within = opened || !quarter ? undefined : parseQuarter(quarter, company.fiscalFirstMonth);
    const wanted = conditionOf({ ...filter, quarter: within, ids: opened?.ids }, actor, today);
    const from = sql`from deals d left join deal_outcomes o on o.deal_id = d.id where ${wanted}`;
    const direction = sql.raw(dir === "asc" ? "asc" : "desc");
    const [page, totals] = await Promise.all([
      // The id settles ties, so that a deal is on exactly one page.
      db.execute<{ id: string }>(sql`
        select d.id ${from} order by ${sortOf(sort, today)} ${direction} nulls last, d.id
        limit ${limit} offset ${offset}`),
      opened ? openedTotals(db, from, opened) : listedTotals(db, from, company.reportingCurrency),
    ]);
    const rows = await dealLines(
      db,
      [...page].map(({ id }) => id),
      today,
    );
    return { ...totals, rows };
  },
});

function sortOf(sort: DealSort, today: Day): SQL {
  switch (sort) {
    case "account":
      return sql`lower(d.account)`;
    case "owner":
      return sql`lower(d.owner)`;
    case "amount":
      return sql`d.amount`;
    case "stage":
      return stageOn(today);
    case "createdOn":
      return sql`d.created_on`;
    case "closedOn":
      return sql`d.closed_on`;
    case "outcome":
      return sql`o.outcome`;
    case "id":
      return sql`d.id`;
  }
}

interface Totals {
  total: number;
  sum: { amount: number; currency: string } | null;
}

async function openedTotals(db: Db, from: SQL, opened: OpenedNumber): Promise<Totals> {
  const rows = await db.execute<{ id: string }>(sql`select d.id ${from}`);
  return { total: rows.length, sum: opened.sumOf([...rows].map(({ id }) => id)) };
}

async function listedTotals(db: Db, from: SQL, reportingCurrency: string): Promise<Totals> {
  const rows = await db.execute<{ currency: string; deals: number; amount: string }>(sql`
    select d.currency, count(*)::int as deals, sum(d.amount)::text as amount ${from} group by d.currency`);
  const total = [...rows].reduce((deals, row) => deals + row.deals, 0);
  const [only] = rows;
  if (!only) return { total, sum: { amount: 0, currency: reportingCurrency } };
  const exact = rows.length === 1 && Number.isSafeInteger(Number(only.amount));
  return { total, sum: exact ? { amount: Number(only.amount), currency: only.currency } : null };
}
