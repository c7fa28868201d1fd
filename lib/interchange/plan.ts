import { checkAncestry } from "@/lib/attribution/field-rules";
import { isRefusal, type Refusal, refuse } from "@/lib/errors";
import type { Kind } from "./kinds";
import { planHistory } from "./plan-history";
import { programsTold } from "./programs";
import { type ReadRow, refusedRow } from "./read-row";
import type { RowOfKind } from "./rows";
import type { Known, Plan, StoredOfKind } from "./stored";

/**
 * Compares rows with what is stored: what they create, update, leave, and which of them cannot stand
 * (§10: an unknown deal or partner, a second row of a partner and role on a deal, a partner above itself).
 * Only columns that the file has are taken from it. Source: imports.md, first paragraph.
 */
export function planRows<K extends Kind>(kind: K, rows: readonly ReadRow<K>[], known: Known<K>): Plan<K> {
  return (PLANNERS[kind] as (rows: readonly ReadRow<K>[], known: Known<K>) => Plan<K>)(rows, known);
}

type Planner<K extends Kind> = (rows: readonly ReadRow<K>[], known: Known<K>) => Plan<K>;

const PLANNERS: { [K in Kind]: Planner<K> } = {
  partners: planPartners,
  deals: (rows, known) =>
    planKeyed(rows, known, byId, (row, before) => ({
      id: row.id,
      account: told(row.account, before?.account, null),
      owner: row.owner,
      amount: row.amount,
      currency: row.currency,
      type: row.type,
      route: row.route,
      createdOn: row.createdOn,
      closedOn: row.closedOn,
      outcome: row.outcome,
      firstEngagedOn: told(row.firstEngagedOn, before?.firstEngagedOn, null),
      recreatedFrom: told(row.recreatedFrom, before?.recreatedFrom, null),
    })),
  stage_history: (rows, known) => planHistory(rows, known.stored, known.deals),
  registrations: (rows, known) =>
    planKeyed(
      rows,
      known,
      byId,
      (row, before) => ({ ...daysOf(row, before), reason: told(row.reason, before?.reason, null) }),
      namesKnown(known),
    ),
  roles: planRoles,
  activities: (rows, known) =>
    planKeyed(
      rows,
      known,
      byId,
      (row, before) => ({ ...row, proof: told(row.proof, before?.proof, null) }),
      namesKnown(known),
    ),
  costs: (rows, known) =>
    planKeyed(
      rows,
      known,
      ({ quarter, side, category, currency }) => [quarter, side, category, currency].join("\u001f"),
      (row) => row,
    ),
  rates: (rows, known) =>
    planKeyed(
      rows,
      known,
      ({ quarter, currency }) => `${quarter} ${currency}`,
      (row) => row,
    ),
};

const byId = ({ id }: { id: string }) => id;

/** What the file tells, else what is stored, else `otherwise`. */
function told<T>(value: T | undefined, stored: T | undefined, otherwise: T): T {
  return value !== undefined ? value : stored !== undefined ? stored : otherwise;
}

function planKeyed<K extends Kind>(
  rows: readonly ReadRow<K>[],
  known: Known<K>,
  keyOf: (row: RowOfKind[K] | StoredOfKind[K]) => string,
  merge: (row: RowOfKind[K], before: StoredOfKind[K] | null) => StoredOfKind[K],
  check: (row: RowOfKind[K], before: StoredOfKind[K] | null) => void = () => {},
): Plan<K> {
  const stored = new Map(known.stored.map((row) => [keyOf(row), row]));
  const seen = new Set<string>();
  const plan: Plan<K> = { created: 0, updated: 0, unchanged: 0, refused: [], writes: [] };
  for (const { line, row } of rows) {
    const key = keyOf(row);
    const before = stored.get(key) ?? null;
    try {
      // A file's reader sees to this for the whole file; a batch may come from anywhere.
      if (seen.has(key)) refuse("", key.replaceAll("\u001f", " "), "stands on an earlier line already");
      check(row, before);
    } catch (error) {
      plan.refused.push(refusedRow(line, error));
      continue;
    }
    seen.add(key);
    const after = merge(row, before);
    if (before && isSame(before, after)) {
      plan.unchanged++;
      continue;
    }
    if (before) plan.updated++;
    else plan.created++;
    plan.writes.push({ before, after });
  }
  return plan;
}

function isSame<S extends object>(before: S, after: S): boolean {
  for (const name in after) {
    const was = before[name];
    const is = after[name];
    if (was === is) continue;
    if (!Array.isArray(was) || !Array.isArray(is)) return false;
    if (was.length !== is.length || was.some((member, at) => member !== is[at])) return false;
  }
  return true;
}

type StoredRegistration = StoredOfKind["registrations"];

/**
 * A file that does not say when leaves the days that stand; a new one was then recorded when it was submitted and
 * decided when it was recorded (domain.md §2). A decision made here stands while the file agrees.
 */
function daysOf(
  { id, dealId, partnerId, submittedOn, status, ...told }: RowOfKind["registrations"],
  before: StoredRegistration | null,
): Omit<StoredRegistration, "reason"> {
  const stood = before && before.recordedOn >= submittedOn ? before.recordedOn : submittedOn;
  const recordedOn = told.recordedOn ?? stood;
  const own = { id, dealId, partnerId, submittedOn, recordedOn, status };
  if (status === "pending") return { ...own, decidedOn: null, decidedBy: null };
  const agrees = before?.status === status;
  if (agrees && before.decidedBy !== null)
    return { ...own, decidedOn: before.decidedOn, decidedBy: before.decidedBy };
  const decidedOn = told.decidedOn ?? (agrees ? before.decidedOn : recordedOn);
  return { ...own, decidedOn, decidedBy: null };
}

function namesKnown({ deals, parents }: Known<Kind>) {
  return ({ dealId, partnerId }: { dealId: string; partnerId: string }) => {
    if (!deals.has(dealId)) refuse("deal_id", dealId, "there is no deal with this id");
    if (!parents.has(partnerId)) refuse("partner_id", partnerId, "there is no partner with this id");
  };
}

/** A parent may stand later in the batch; a new partner below one that is refused is refused with it. */
function planPartners(rows: readonly ReadRow<"partners">[], known: Known<"partners">): Plan<"partners"> {
  const misplaced = misplacedPartners(rows, known.parents);
  return planKeyed(
    rows,
    known,
    byId,
    (row, before) => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      parentId: told(row.parentId, before?.parentId, null),
      programs: row.programs ? programsTold(row.programs, before?.programs ?? []) : (before?.programs ?? []),
    }),
    (row) => {
      const refusal = misplaced.get(row);
      if (refusal) throw refusal;
    },
  );
}

/** The rows whose parent is unknown or below them. Each one found may leave others without their parent. */
function misplacedPartners(
  rows: readonly ReadRow<"partners">[],
  standing: ReadonlyMap<string, string | null>,
): Map<RowOfKind["partners"], Refusal> {
  const misplaced = new Map<RowOfKind["partners"], Refusal>();
  for (let found = -1; found < misplaced.size; ) {
    found = misplaced.size;
    const placed = rows.map(({ row }) => row).filter((row) => !misplaced.has(row));
    const ids = new Set([...standing.keys(), ...placed.map(({ id }) => id)]);
    const parents = new Map(standing);
    for (const row of placed) {
      const { id, parentId } = row;
      if (parentId === undefined) continue;
      try {
        if (parentId !== null && !ids.has(parentId))
          refuse("parent_id", parentId, "there is no partner with this id");
        checkAncestry("parent_id", id, parentId, (above) => parents.get(above) ?? null);
        parents.set(id, parentId);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        misplaced.set(row, error);
      }
    }
  }
  return misplaced;
}

function planRoles(rows: readonly ReadRow<"roles">[], known: Known<"roles">): Plan<"roles"> {
  const place = (row: { dealId: string; partnerId: string; role: string }) =>
    [row.dealId, row.partnerId, row.role].join("\u001f");
  // A place that a row leaves stays taken until the batch is in: the table would see two rows there.
  const holders = new Map(known.stored.map((row) => [place(row), row.id]));
  const mustBeKnown = namesKnown(known);
  return planKeyed(
    rows,
    known,
    byId,
    (row, before) => ({ ...row, ...confirmationOf(row, before) }),
    (row) => {
      mustBeKnown(row);
      const holder = holders.get(place(row));
      if (holder !== undefined && holder !== row.id)
        refuse("role", row.role, `row ${holder} has this partner and role on the deal already`);
      holders.set(place(row), row.id);
    },
  );
}

type StoredRole = StoredOfKind["roles"];

/** A confirmation given here stands while what was confirmed does; else the file says. */
function confirmationOf(
  row: RowOfKind["roles"],
  before: StoredRole | null,
): Pick<StoredRole, "confirmedOn" | "confirmedBy"> {
  const claim = ["dealId", "partnerId", "role", "touchStage", "touchedOn"] as const;
  const stands = before !== null && claim.every((name) => before[name] === row[name]);
  if (before?.confirmedBy && stands)
    return { confirmedOn: before.confirmedOn, confirmedBy: before.confirmedBy };
  return { confirmedOn: told(row.confirmedOn, stands ? before.confirmedOn : null, null), confirmedBy: null };
}
