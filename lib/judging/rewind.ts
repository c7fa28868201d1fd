/** A row as the database names its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** What the audit log says of one thing that was written. */
export interface Logged {
  subjectKind: string;
  subjectId: string;
  dealId: string | null;
  /** Whole, or what changed of it; null where it was not there. */
  before: Row | null;
  after: Row | null;
}

/**
 * Takes back what was written, the latest first, of rows that are known by an id: what each was before; null where it
 * was not there. A file may have given a row another id, which is then told by its `before`.
 */
export function rewindRows(
  current: ReadonlyMap<string, Row>,
  entries: readonly Logged[],
): Map<string, Row | null> {
  const rows = new Map<string, Row | null>();
  for (const { subjectId, before } of entries) {
    const now = rows.has(subjectId) ? rows.get(subjectId) : current.get(subjectId);
    rows.set(subjectId, null);
    if (before) rows.set(String(before.id ?? subjectId), { ...now, ...before });
  }
  return rows;
}

/** A file says `10:00`, the database `10:00:00`. */
const timeOf = ({ entered_time: time }: Row) =>
  typeof time === "string" ? time.replace(/:00(\.0+)?$/, "") : null;

const isEntry = (one: Row, other: Row) =>
  one.stage === other.stage && one.entered_on === other.entered_on && timeOf(one) === timeOf(other);

/** The same of a deal's entries of stage history: known by what they say, since another entry may move their place. */
export function rewindEntries(
  current: ReadonlyMap<string, readonly Row[]>,
  entries: readonly Logged[],
): Map<string, readonly Row[]> {
  const lists = new Map(current);
  for (const { dealId, before, after } of entries) {
    if (!dealId) continue;
    const list = [...(lists.get(dealId) ?? [])];
    const at = after ? list.findLastIndex((one) => isEntry(one, after)) : -1;
    const now = at < 0 ? undefined : list.splice(at, 1)[0];
    if (before) {
      const row: Row = { ...now, deal_id: dealId, ...before };
      const next = list.findIndex((one) => Number(one.seq) > Number(row.seq));
      list.splice(next < 0 ? list.length : next, 0, row);
    }
    lists.set(dealId, list);
  }
  return lists;
}

/** What was said of a partner's programs: one of them, or all that stood before. */
export interface LoggedProgram {
  partnerId: string;
  all?: readonly Row[];
  before?: Row | null;
  after?: Row | null;
}

const isProgram = (one: Row, other: Row) =>
  one.name === other.name && (one.from_day ?? null) === (other.from_day ?? null);

/** The same of the programs of partners. */
export function rewindPrograms(
  current: ReadonlyMap<string, readonly Row[]>,
  entries: readonly LoggedProgram[],
): Map<string, readonly Row[]> {
  const lists = new Map(current);
  for (const { partnerId, all, before, after } of entries) {
    const rest = (lists.get(partnerId) ?? []).filter(
      (one) => !(before && isProgram(one, before)) && !(after && isProgram(one, after)),
    );
    lists.set(partnerId, all ?? (before ? [...rest, before] : rest));
  }
  return lists;
}
