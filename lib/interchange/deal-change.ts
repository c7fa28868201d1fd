import type { Day } from "@/lib/attribution/facts";

/** What a CRM's own history tells of, of a deal. */
export const CHANGED_FIELDS = ["amount", "currency", "type", "close_day", "owner", "stage"] as const;
export type ChangedField = (typeof CHANGED_FIELDS)[number];

/** One change of a deal, as its CRM recorded it (docs/connections.md). */
export interface DealChange {
  /** By which the CRM knows it. */
  key: string;
  dealId: string;
  field: ChangedField;
  /** As the CRM has it: an amount in major units, a day, a name; null where there was none. */
  before: string | null;
  after: string | null;
  /** ISO 8601. */
  at: string;
  /** Who made it there. */
  by: string | null;
  /** The day on which it changed what a close locks of a deal that was closed (domain.md §2 amendedOn), if it did. */
  amends: Day | null;
}
