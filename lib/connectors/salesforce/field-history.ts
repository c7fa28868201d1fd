import type { Day } from "@/lib/attribution/facts";
import type { ChangedField, DealChange } from "@/lib/interchange/deal-change";
import { oneId } from "@/lib/interchange/ids";
import { dayOf, type ReadBy, timeOf } from "./read";
import type { OpportunityFieldHistory, OpportunityHistory } from "./records";

/** The fields whose changes are kept, by the org's names of them. */
const FIELDS: Readonly<Record<string, ChangedField>> = {
  Amount: "amount",
  CurrencyIsoCode: "currency",
  Type: "type",
  CloseDate: "close_day",
  Owner: "owner",
  StageName: "stage",
};

export const FIELDS_KEPT = Object.keys(FIELDS);

/** What a close locks (domain.md §8.3). A stage is locked as won or lost alone. */
const LOCKED: readonly ChangedField[] = ["amount", "currency", "type", "close_day"];

/**
 * The changes that field history tells of. A change of a lookup has two rows, one with the names and one with the ids:
 * the names are read. `history` is all of the deals' own, in order, by which a deal was closed.
 */
export function changesOf(
  records: readonly OpportunityFieldHistory[],
  history: readonly OpportunityHistory[],
  by: ReadBy,
): DealChange[] {
  return records.flatMap((record): DealChange[] => {
    const field = Object.hasOwn(FIELDS, record.Field) ? FIELDS[record.Field]! : null;
    if (field === null || record.DataType === "EntityId" || record.IsDeleted) return [];
    const [before, after] = [textOf(record.OldValue), textOf(record.NewValue)];
    if (before === after) return [];
    const closedOn = closedAgain(history, record.OpportunityId, by);
    const on = dayOf(record.CreatedDate, by);
    const isLocked = LOCKED.includes(field) || (field === "stage" && isAnotherEnd(before, after, by));
    return [
      {
        ...{ key: record.Id, dealId: oneId(record.OpportunityId), field, before, after },
        ...{ at: timeOf(record.CreatedDate), by: record.CreatedBy?.Name ?? null },
        // What is put right on the day of the close belongs to the close.
        amends: isLocked && closedOn !== null && on > closedOn ? on : null,
      },
    ];
  });
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined || value === "" ? null : String(value);

const outcomeOf = (stage: string | null, { settings }: Pick<ReadBy, "settings">) =>
  stage !== null && Object.hasOwn(settings.stages, stage) ? settings.stages[stage]!.outcome : "open";

/** From won to lost, or the other way. */
function isAnotherEnd(before: string | null, after: string | null, by: ReadBy): boolean {
  const [was, is] = [outcomeOf(before, by), outcomeOf(after, by)];
  return was !== "open" && is !== "open" && was !== is;
}

/** The day of the close that stands: of a deal that was opened again, the last one. Null while it is open. */
function closedAgain(history: readonly OpportunityHistory[], deal: string, by: ReadBy): Day | null {
  let closed: string | null = null;
  for (const { OpportunityId, StageName, CreatedDate } of history) {
    if (OpportunityId !== deal) continue;
    closed = outcomeOf(StageName, by) === "open" ? null : (closed ?? CreatedDate);
  }
  return closed === null ? null : dayOf(closed, by);
}
