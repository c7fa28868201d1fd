import { ofItsRecord } from "./merged-records";
import { namesKnown, planKeyed, told } from "./plan-keyed";
import type { ReadRow } from "./read-row";
import type { RowOfKind } from "./rows";
import type { Known, Plan, StoredOfKind } from "./stored";

type Stored = StoredOfKind["registrations"];
type Row = RowOfKind["registrations"];

/**
 * Registrations of deals, and of accounts before there is a deal: an account that nobody is called yet is made where
 * the rows are written, and a deal that somebody said a registration belongs to stays its own (imports.md).
 */
export function planRegistrations(
  rows: readonly ReadRow<"registrations">[],
  known: Known<"registrations">,
): Plan<"registrations"> {
  const plan = planKeyed(
    ofItsRecord(rows, known),
    known,
    ({ id }) => id,
    (row, before) => ({
      ...daysOf(row, before),
      accountId: accountOf(row, before, known),
      domain: told(row.domain, before?.domain, null),
      reason: told(row.reason, before?.reason, null),
    }),
    namesKnown(known),
  );
  const names = new Map(rows.map(({ row }) => [row.id, row.account]));
  const writes = plan.writes.map((write) => {
    const { id, dealId, accountId } = write.after;
    const account = dealId === null && accountId === null ? names.get(id) : null;
    return account ? { ...write, account } : write;
  });
  return { ...plan, writes };
}

function accountOf(row: Row, before: Stored | null, { named }: Known<"registrations">): string | null {
  if (dealOf(row, before) !== null || !row.account) return before?.accountId ?? null;
  return named?.get(row.account) ?? null;
}

const dealOf = ({ dealId }: Row, before: Stored | null) => dealId ?? before?.dealId ?? null;

/**
 * A file that does not say when leaves the days that stand; a new one was then recorded when it was submitted and
 * decided when it was recorded (domain.md §2). A decision made here stands while the file agrees and says of the
 * registration what was decided about.
 */
function daysOf(row: Row, before: Stored | null): Omit<Stored, "accountId" | "domain" | "reason"> {
  const { id, partnerId, submittedOn, status, ...said } = row;
  const dealId = dealOf(row, before);
  const stood = before && before.recordedOn >= submittedOn ? before.recordedOn : submittedOn;
  const recordedOn = said.recordedOn ?? stood;
  const own = { id, dealId, partnerId, submittedOn, recordedOn, status };
  if (status === "pending") return { ...own, decidedOn: null, decidedBy: null };
  const agrees = before?.status === status;
  const claim = ["dealId", "partnerId", "submittedOn", "recordedOn"] as const;
  if (agrees && before.decidedBy !== null && claim.every((name) => before[name] === own[name]))
    return { ...own, decidedOn: before.decidedOn, decidedBy: before.decidedBy };
  const decidedOn = said.decidedOn ?? (agrees ? before.decidedOn : recordedOn);
  return { ...own, decidedOn, decidedBy: null };
}
