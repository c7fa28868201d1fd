import { sql } from "drizzle-orm";
import { z } from "zod";
import { parseQuarter } from "@/lib/calendar";
import { refuse } from "@/lib/errors";
import { DEAL_STATUSES } from "@/lib/metrics/deal-status";
import { readCompany } from "../company/company";
import { unitShape, valueShape } from "../numbers/metric-shapes";
import { defineQuery } from "../query";
import {
  gradeShape,
  idShape,
  moneyShape,
  outcomeShape,
  quarterShape,
  stageShape,
  stateShape,
} from "../shapes";
import { livingDeals, sourceOf } from "./deal-source";
import { DEAL_SORTS, dealsPage } from "./deals-cursor";
import { conditionOf } from "./deals-filter";
import { listedDealShape, withMay } from "./deals-may";
import { linesOf } from "./deals-page";
import { listTotals } from "./deals-totals";
import { openNumber } from "./opened-number";

const termShape = z.object({ name: z.string(), unit: unitShape, value: valueShape });
const openedShape = z.object({
  key: z.string(),
  name: z.string(),
  unit: unitShape,
  value: valueShape,
  /** Its terms and the signs between them, from left to right; null for what is counted, added up or a median. */
  written: z
    .array(z.union([termShape, z.enum(["÷", "−", "1 −"])]))
    .readonly()
    .nullable(),
  /** What each deal adds to it: its amount, one, or its days from created to closed. */
  adds: z.enum(["amount", "deals", "days"]),
});

/** One page of deals, and with the first one how many match in all and what they add up to. */
export const dealsList = defineQuery({
  name: "deals-list",
  summary: "The deals that match a filter, a page at a time, with their partners and warnings.",
  input: z.strictObject({
    scope: z.enum(["mine", "all"]).default("all"),
    /** In account, deal id, owner or partner name, any case. */
    search: z.string().max(200).optional(),
    outcome: z.array(outcomeShape).optional(),
    /** Who stands behind its outcome; of an opened number, the share of it with that evidence. */
    evidence: gradeShape.optional(),
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
    status: z.array(z.enum(DEAL_STATUSES)).optional(),
    /** The figure of that number whose sum is written out; its headline's when absent. */
    figure: z.string().optional(),
    /** Open, and nobody confirmed yet which partner is involved, or that none is: to decide, or waiting for the AE. */
    needsDecision: z.boolean().optional(),
    /** Open at stage 4 or 5: deals carry no expected close day, so the stage stands for it. */
    closingSoon: z.boolean().optional(),
    disputed: z.boolean().optional(),
    sort: z.enum(DEAL_SORTS).default("createdOn"),
    dir: z.enum(["asc", "desc"]).default("desc"),
    /** The `next` of the page before; the first page when absent. */
    after: z.string().max(2000).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    /** With the first page only, like the sum. */
    total: z.int().nullable(),
    /** There are more than `total`: that many were counted. */
    more: z.boolean(),
    /** Of every match, not of this page. Null when their currencies differ and no number is opened. */
    sum: moneyShape.nullable(),
    /** With the first page of an opened number: its figure, and how it is worked out. */
    opened: openedShape.nullable(),
    rows: z.array(listedDealShape.extend({ set: z.string().nullable() })),
    /** Where the next page begins; null after the last. */
    next: z.string().nullable(),
  }),
  async run(
    { db, actor, today },
    { quarter, number, part, figure, evidence, sort, dir, after, limit, ...filter },
  ) {
    if (number !== undefined && quarter === undefined) {
      refuse("quarter", null, "a number is opened for a quarter; name it");
    }
    const company = await readCompany(db);
    const opened =
      number === undefined
        ? null
        : await openNumber(db, today, { quarter: quarter!, number, part, figure, evidence });
    const source = opened ? await sourceOf(db, quarter!) : livingDeals(db);
    const within = opened || !quarter ? undefined : parseQuarter(quarter, company.fiscalYear);
    const asked = { ...filter, quarter: within, evidence: opened ? undefined : evidence };
    const filtered = await conditionOf(asked, actor, source);
    const wanted = opened ? sql`${opened.condition} and ${filtered}` : filtered;
    const [page, totals] = await Promise.all([
      dealsPage(db, source, wanted, { sort, dir, after, limit, group: opened?.group }),
      after === undefined ? listTotals(db, source, wanted, { filter: asked, opened, company }) : NOT_COUNTED,
    ]);
    const lines = await withMay(db, actor, await linesOf(source, page.rows), source.seal !== null);
    return {
      ...totals,
      opened: opened && after === undefined ? opened.figure : null,
      rows: lines.map((line, at) => ({ ...line, set: opened?.setOf(page.rows[at]!.countsAs) ?? null })),
      next: page.next,
    };
  },
});

const NOT_COUNTED = { total: null, more: false, sum: null };
