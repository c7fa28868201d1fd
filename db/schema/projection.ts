import { sql } from "drizzle-orm";
import { boolean, char, customType, integer, jsonb, smallint, text } from "drizzle-orm/pg-core";
import type { ProjectedPartner } from "../../lib/metrics/projected-deal";
import { day, minorUnits } from "./columns";
import { dealOutcome, dealStatus, dealType, grade, grayCode, outcome, proofState, route } from "./enums";

/** Ids in order of code unit, as they stand in the array. */
const ids = customType<{ data: string[]; driverData: string }>({ dataType: () => "text[]" });
const days = customType<{ data: string[]; driverData: string }>({ dataType: () => "date[]" });

/**
 * The columns of the one row a deal that lists, filters, sorts, numbers and seals read: of the living in
 * judged_deals, of the frozen in sealed_deals. What they hold: lib/metrics/projected-deal.ts.
 */
export const projectionColumns = () => ({
  account: text("account"),
  owner: text("owner").notNull(),
  amount: minorUnits("amount").notNull(),
  currency: char("currency", { length: 3 }).notNull(),
  type: dealType("type").notNull(),
  route: route("route").notNull(),
  createdOn: day("created_on").notNull(),
  closedOn: day("closed_on"),
  /** Open, won or lost, as of the day the facts were read as of. */
  state: dealOutcome("state").notNull(),
  stage: smallint("stage").notNull(),
  /** What the policy says partners earned on it. */
  outcome: outcome("outcome").notNull(),
  /** Who stands behind it; null exactly without credit. */
  evidence: grade("evidence"),
  disputed: boolean("disputed").notNull(),
  gray: grayCode("gray").array().notNull().default(sql`'{}'`),
  confirmed: boolean("confirmed").notNull(),
  confirmedBeforeClose: boolean("confirmed_before_close").notNull(),
  /** How it stands with its partner decision (lib/metrics/deal-status.ts). */
  status: dealStatus("status").notNull(),
  proof: proofState("proof").notNull(),
  partners: jsonb("partners").$type<ProjectedPartner[]>().notNull(),
  partnerIds: ids("partner_ids").notNull(),
  engagedOn: days("engaged_on").notNull(),
  /** How numbers count it, and in which cell (lib/metrics/deal-class.ts, tally.ts). */
  countsAs: text("counts_as").notNull(),
  cell: text("cell").notNull(),
  cycleDays: integer("cycle_days"),
  /** SHA-256 of the policy that judged. */
  policyHash: char("policy_hash", { length: 64 }).notNull(),
});
