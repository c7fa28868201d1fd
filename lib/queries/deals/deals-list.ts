import { z } from "zod";
import { unitShape, valueShape } from "../numbers/metric-shapes";
import { defineQuery } from "../query";
import { moneyShape } from "../shapes";
import { askedDeals, dealsAskedShape } from "./asked-deals";
import { listTotals, ratesShape } from "./count-deals";
import { DEAL_SORTS, dealsPage } from "./deals-cursor";
import { listedDealShape, withMay } from "./deals-may";
import { linesOf } from "./deals-page";

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
    ...dealsAskedShape.shape,
    sort: z.enum(DEAL_SORTS).default("createdOn"),
    dir: z.enum(["asc", "desc"]).default("desc"),
    /** The `next` of the page before; the first page when absent. */
    after: z.string().max(2000).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    /** With the first page only, like the sum. */
    total: z.int().nullable(),
    /** There are more than `total`: that many were counted; `deals-totals` counts them all. */
    more: z.boolean(),
    /** Of every match, not of this page, several currencies in the reporting one. Null without a rate, and with `more`. */
    sum: moneyShape.nullable(),
    /** With whose rates several currencies were added up, and which of them have none. */
    rates: ratesShape.nullable(),
    /** With the first page of an opened number: its figure, and how it is worked out. */
    opened: openedShape.nullable(),
    rows: z.array(listedDealShape.extend({ set: z.string().nullable() })),
    /** Where the next page begins; null after the last. */
    next: z.string().nullable(),
  }),
  async run(context, { sort, dir, after, limit, ...input }) {
    const { db, actor } = context;
    const asked = await askedDeals(context, input);
    const { source, opened } = asked;
    const page = await dealsPage(db, asked, { sort, dir, after, limit, group: opened?.group });
    const [lines, totals] = await Promise.all([
      linesOf(source, page.rows).then((all) => withMay(db, actor, all, source)),
      after === undefined ? listTotals(db, asked, page) : NOT_COUNTED,
    ]);
    return {
      ...totals,
      opened: opened && after === undefined ? opened.figure : null,
      rows: lines.map((line, at) => ({ ...line, set: opened?.setOf(page.rows[at]!.countsAs) ?? null })),
      next: page.next,
    };
  },
});

const NOT_COUNTED = { total: null, more: false, sum: null, rates: null };
