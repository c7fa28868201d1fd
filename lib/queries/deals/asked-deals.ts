import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import { firstOfMonth, lastOfMonth, monthIndex, parseQuarter, quarterOf } from "@/lib/calendar";
import { refuse } from "@/lib/errors";
import { DEAL_STATUSES } from "@/lib/metrics/deal-status";
import { type Company, readCompany } from "../company/company";
import { lookOf, lookShape } from "../numbers/look";
import { yearOfMonths } from "../partner/standing";
import type { ReadContext } from "../query";
import {
  gradeShape,
  idShape,
  monthShape,
  outcomeShape,
  quarterShape,
  stageShape,
  stateShape,
} from "../shapes";
import { type DealSource, livingDeals, sourceOf } from "./deal-source";
import { conditionOf, type DealsFilter, type OfPartner } from "./deals-filter";
import type { Way } from "./deals-ways";
import { lookedSource } from "./looked-source";
import { type OpenedNumber, openNumber } from "./opened-number";

/** What narrows a list of deals, or opens a number to its own. */
export const dealsAskedShape = z.strictObject({
  scope: z.enum(["mine", "all"]).default("all"),
  /**
   * In account, deal id, owner or partner name, any case; one or two letters, where a word begins with them. A deal's
   * whole id of six letters and more, a digit among them, finds that deal alone.
   */
  search: z.string().max(200).optional(),
  outcome: z.array(outcomeShape).optional(),
  /** Who stands behind its outcome; of an opened number, the share of it with that evidence. */
  evidence: gradeShape.optional(),
  state: stateShape.optional(),
  stage: z.array(stageShape).optional(),
  partnerId: idShape.optional(),
  /** What that partner itself has on them; with `partnerId`, like the four that follow. */
  partnerOutcome: z.array(outcomeShape).optional(),
  partnerEvidence: gradeShape.optional(),
  partnerDisputed: z.boolean().optional(),
  /** A month in which it did something on them, YYYY-MM. */
  partnerActed: monthShape.optional(),
  /** Something that it did on them within the last twelve months has proof, or has none. */
  partnerProof: z.enum(["proven", "missing"]).optional(),
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
  /** How that number is looked at: narrowed, or as of a past day. */
  look: lookShape.optional(),
  /** Open, and nobody confirmed yet which partner is involved, or that none is: to decide, or waiting for the AE. */
  needsDecision: z.boolean().optional(),
  /** Open, and expected to close within 30 days or before today; where nobody said when, at stage 4 or 5. */
  closingSoon: z.boolean().optional(),
  disputed: z.boolean().optional(),
});

/** The deals that somebody asks for: where they are read, and which of them. */
export interface AskedDeals {
  source: DealSource;
  /** Over `d`, the deals of the source. */
  wanted: SQL;
  /** How they are found soonest, where partners decide which. */
  ways: readonly Way[] | null;
  /** What narrows them; evidence left out where the number itself is of it. */
  filter: DealsFilter;
  opened: OpenedNumber | null;
  company: Company;
  /** The quarter with whose rates several currencies are added up: the one asked for, else today's. */
  ratesOf: string;
}

/** Finds how the deals asked for are read. Refuses a number without its quarter, and one that does not exist. */
export async function askedDeals(
  { db, actor, today }: ReadContext,
  {
    quarter,
    number,
    part,
    figure,
    evidence,
    closingSoon,
    look: lookedAt,
    ...given
  }: z.output<typeof dealsAskedShape>,
): Promise<AskedDeals> {
  const { ofPartner, ...asked } = partnerAsked(given, today, number !== undefined);
  if (number !== undefined && quarter === undefined) {
    refuse("quarter", null, "a number is opened for a quarter; name it");
  }
  if (number === undefined && lookedAt !== undefined) refuse("look", lookedAt, "is of a number; name it");
  const [company, look] = await Promise.all([readCompany(db), lookOf(db, lookedAt, today)]);
  const opened =
    number === undefined
      ? null
      : await openNumber(db, today, { quarter: quarter!, number, part, figure, evidence, look });
  const source = !opened
    ? livingDeals(db)
    : look
      ? await lookedSource(db, parseQuarter(quarter!, company.fiscalYear), look)
      : await sourceOf(db, quarter!);
  const within = opened || !quarter ? undefined : parseQuarter(quarter, company.fiscalYear);
  const filter = {
    ...asked,
    ofPartner,
    closing: closingSoon,
    quarter: within,
    evidence: opened ? undefined : evidence,
  };
  const { condition, ways } = await conditionOf(filter, actor, source);
  const wanted = opened ? sql`${opened.condition} and ${condition}` : condition;
  const ratesOf = quarter ?? quarterOf(today, company.fiscalYear).label;
  return { source, wanted, ways: opened ? null : ways, filter, opened, company, ratesOf };
}

/** What is asked of one partner, apart from the rest. Refused without the partner, and of an opened number what no seal keeps. */
function partnerAsked<T extends Partial<z.output<typeof dealsAskedShape>>>(
  given: T,
  today: Day,
  opens: boolean,
) {
  const { partnerOutcome, partnerEvidence, partnerDisputed, partnerActed, partnerProof, ...asked } = given;
  const about = { partnerOutcome, partnerEvidence, partnerDisputed, partnerActed, partnerProof };
  for (const [field, value] of Object.entries(about)) {
    if (value === undefined) continue;
    if (given.partnerId === undefined) refuse(field, value, "is of one partner; name it as partnerId");
    if (opens && (field === "partnerActed" || field === "partnerProof"))
      refuse(field, value, "narrows no number: what a number counts is as its quarter has it");
  }
  if (Object.values(about).every((value) => value === undefined)) return { ...asked, ofPartner: undefined };
  const month = partnerActed === undefined ? undefined : monthIndex(`${partnerActed}-01`);
  const ofPartner: OfPartner = {
    outcome: partnerOutcome,
    evidence: partnerEvidence,
    disputed: partnerDisputed,
    acted: month === undefined ? undefined : { from: firstOfMonth(month), to: lastOfMonth(month) },
    proof: partnerProof && { is: partnerProof, from: yearOfMonths(today) },
  };
  return { ...asked, ofPartner };
}
