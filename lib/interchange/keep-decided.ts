import type { Difference } from "./connection";
import type { Kind } from "./kinds";
import type { Known, Plan, StoredOfKind, Write } from "./stored";

/** The kinds whose rows a connection is remembered by; an entry of stage history has no id, and is only added. */
export type RememberedKind = Exclude<Kind, "stage_history" | "costs" | "rates">;

type Row = Readonly<Record<string, unknown>>;

/** What the source says of a record now, and what of it a person decided otherwise. */
export interface SourceRecord {
  key: string;
  dealId: string | null;
  said: Row;
  /** Empty: it says nothing otherwise, or nothing that was not settled. Null: what differed before still does. */
  differs: Difference[] | null;
}

/** What is known besides what stands. */
export interface Decided {
  /** What the source said last, by key. */
  said: ReadonlyMap<string, Row>;
  /** What of that was found to differ and is not settled, by key. */
  differs: ReadonlyMap<string, readonly Difference[]>;
  /** Role rows that the AE refused. */
  refused: ReadonlySet<string>;
}

/** Who stands behind a row is not what a source says of it. */
const NOT_SAID = ["importId", "changedBy", "vouchedOn", "vouchedBy", "confirmedBy", "decidedBy", "ofName"];

/** Columns of a deal that mean something only together. */
const TOGETHER: Partial<Record<Kind, readonly (readonly string[])[]>> = {
  deals: [
    ["outcome", "closedOn"],
    ["amount", "currency"],
    ["account", "accountId"],
  ],
  activities: [["nextStep", "nextStepDueOn"]],
};

/** What a person withdrew stays away; a deal that was removed here is told before it is planned (imports.md). */
const STAYS_AWAY: readonly Kind[] = ["roles", "registrations", "activities"];

/**
 * Keeps what people decided here from being overwritten by a connection (connections.md, "What people decided"): the
 * plan without it, and of every row what the source says now. A claim that a person stands behind is kept whole, of
 * other records the columns that a person changed since the source last spoke. Pure.
 */
export function keepDecided<K extends RememberedKind>(
  kind: K,
  plan: Plan<K>,
  known: Pick<Known<K>, "stored">,
  { said, differs, refused }: Decided,
): { plan: Plan<K>; records: SourceRecord[] } {
  const records: SourceRecord[] = [];
  const writes: Write<StoredOfKind[K]>[] = [];
  const kept = { created: 0, updated: 0 };
  for (const write of plan.writes) {
    const before = write.before as Row | null;
    const after = write.after as unknown as Row & { id: string };
    const last = said.get(after.id);
    const now = saidOf(after);
    const stands = before && standsBehind(kind, before, refused.has(after.id));
    const away = before === null && last !== undefined && STAYS_AWAY.includes(kind);
    const merged = stands || away ? before : last && before ? unlessChanged(kind, before, now, last) : after;
    if (merged === null || (before !== null && isEqual(saidOf(merged), saidOf(before)))) {
      if (before === null) kept.created++;
      else kept.updated++;
    } else writes.push({ ...write, after: { ...write.after, ...merged } });
    records.push({
      ...recordOf(kind, after, now),
      differs: differencesOf(kind, { before, merged, now, last, shown: differs.get(after.id) ?? [] }),
    });
  }
  const told = new Set([
    ...plan.writes.map(({ after }) => idOf(after)),
    ...plan.refused.map(({ value }) => value),
  ]);
  for (const row of known.stored as unknown as (Row & { id: string })[])
    if (!told.has(row.id)) records.push({ ...recordOf(kind, row, saidOf(row)), differs: [] });
  const counts = {
    created: plan.created - kept.created,
    updated: plan.updated - kept.updated,
    unchanged: plan.unchanged + kept.created + kept.updated,
  };
  return { plan: { ...plan, ...counts, writes }, records };
}

const idOf = (row: unknown) => (row as { id: string }).id;

const recordOf = (kind: Kind, row: Row & { id: string }, said: Row) => ({
  key: row.id,
  dealId: kind === "deals" ? row.id : ((row.dealId as string | undefined) ?? null),
  said,
});

/** Those columns of a row that differ, with what means something only together with them. */
export const withTheirOthers = (kind: Kind, columns: readonly string[]): string[] => [
  ...new Set(columns.flatMap((name) => TOGETHER[kind]?.find((group) => group.includes(name)) ?? [name])),
];

/** What of a row a source can say. */
export function saidOf(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([name]) => !NOT_SAID.includes(name) && !(name === "confirmedOn" && row.confirmedBy),
    ),
  );
}

/** Whether a person decided about this claim: rewrote it, confirmed it, refused it, decided it or vouched for it. */
function standsBehind(kind: Kind, row: Row, isRefused: boolean): boolean {
  if (isRefused) return true;
  if (kind === "roles") return row.changedBy != null || row.confirmedBy != null;
  if (kind === "registrations") return row.decidedBy != null;
  return kind === "activities" && (row.changedBy != null || row.vouchedBy != null);
}

/** What the source says, but for the columns that a person changed since it last spoke. */
function unlessChanged(kind: Kind, before: Row, now: Row, last: Row): Row {
  const groups = TOGETHER[kind] ?? [];
  const inGroups = new Set(groups.flat());
  const all = [
    ...groups,
    ...Object.keys(now)
      .filter((name) => !inGroups.has(name))
      .map((name) => [name]),
  ];
  const merged: Record<string, unknown> = {};
  for (const names of all) {
    const isChanged = names.some((name) => name in last && !isEqual(before[name], last[name]));
    for (const name of names) merged[name] = isChanged ? before[name] : now[name];
  }
  return merged;
}

/**
 * What stands here otherwise than the source has said anew, or said before and nobody has settled; null: as it was. What
 * means something only together is told together.
 */
function differencesOf(
  kind: Kind,
  {
    before,
    merged,
    now,
    last,
    shown,
  }: {
    before: Row | null;
    merged: Row | null;
    now: Row;
    last: Row | undefined;
    shown: readonly Difference[];
  },
): Difference[] | null {
  if (merged === null) return last && isEqual(last, now) ? null : [{ field: "", here: null, there: now }];
  if (before === null) return [];
  const here = Object.keys(now).filter((name) => !isEqual(merged[name], now[name]));
  const told = here.filter(
    (name) =>
      last === undefined || !isEqual(last[name], now[name]) || shown.some(({ field }) => field === name),
  );
  const together = withTheirOthers(kind, told);
  return here
    .filter((name) => together.includes(name))
    .map((field) => ({ field, here: merged[field] ?? null, there: now[field] ?? null }));
}

function isEqual(one: unknown, other: unknown): boolean {
  if (one === other || (one ?? null) === (other ?? null)) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isEqual((one as Row)[name], (other as Row)[name]));
}
