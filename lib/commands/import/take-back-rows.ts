import { dealsOfAccounts, restingOnAccounts } from "@/db/account-domains";
import type { Tx } from "@/db/connection/transaction";
import { loadKnown, lockDeals, saveWrites } from "@/db/interchange";
import { membershipOf } from "@/db/partner-programs";
import {
  answeredHere,
  childrenOf,
  type DealStanding,
  frozenSince,
  type LoggedChange,
  removeRows,
  restingOnPartners,
  restorePrograms,
  withoutParents,
} from "@/db/take-back";
import type { Day } from "@/lib/attribution/facts";
import { FINANCE_KINDS, type Kind } from "@/lib/interchange/kinds";
import type { ReadRow } from "@/lib/interchange/read-row";
import type { Known, StoredOfKind, Write } from "@/lib/interchange/stored";
import { closeWithDeals } from "@/lib/judging/exceptions";
import { judgeRemoval } from "@/lib/judging/judge";
import type { WriteContext } from "../verb";
import type { FileEntry } from "./file";
import { dealIdOf, renamed, SUBJECTS, touchFamilies } from "./land";
import { type BackRow, mayGoBack } from "./stays";
import { staysTogether } from "./stays-together";

/** A row that stays as it is, and why. */
export interface Stay {
  id: string;
  row: Readonly<Record<string, unknown>>;
  reason: string;
}

/** What became of the rows of a file, beside the history of its deals. */
export interface RowsBack {
  removed: number;
  restored: number;
  stays: Stay[];
  /** Deals that are gone, and those whose row went back. */
  gone: ReadonlySet<string>;
  back: ReadonlySet<string>;
}

/** Takes back the rows themselves: those that the file made go, those that it changed are what they were. */
export async function takeBackRows<K extends Kind>(
  context: WriteContext,
  kind: K,
  file: FileEntry,
  logged: readonly LoggedChange[],
  deals: ReadonlyMap<string, DealStanding>,
): Promise<RowsBack> {
  const { going, stays, accounts } = await sorted(context, kind, file, logged, deals);
  const gone = going.filter(({ before, current }) => before === null && current !== undefined);
  const restored = going.filter(({ before }) => before !== null);
  await remove(
    context,
    kind,
    gone.map(({ current }) => current as unknown as StoredOfKind[K]),
  );
  if (restored.length > 0) await restore(context, kind, restored, accounts);
  const { kind: subjectKind, idOf } = SUBJECTS[kind];
  for (const { before, after, current } of [...gone, ...restored]) {
    const dealId = dealIdOf(kind, after);
    context.audit({
      subjectKind,
      subjectId: idOf((before ?? after) as never),
      dealId,
      before: current,
      after: before,
    });
    for (const id of [dealId, before && dealIdOf(kind, before)]) if (id) context.touch(id);
  }
  const ids = (list: readonly BackRow[]) => new Set(list.map(({ id }) => id));
  return { removed: gone.length, restored: restored.length, stays, gone: ids(gone), back: ids(restored) };
}

/** The rows that go back, and those that stay with the reason. */
async function sorted<K extends Kind>(
  { tx, today }: WriteContext,
  kind: K,
  file: FileEntry,
  logged: readonly LoggedChange[],
  deals: ReadonlyMap<string, DealStanding>,
): Promise<{ going: BackRow[]; stays: Stay[]; accounts: ReadonlySet<string> }> {
  const { rows, known } = await backRows(tx, kind, logged, today);
  const accounts = new Set(known.accounts?.keys());
  const made = rows.flatMap(({ id, before }) => (before === null ? [id] : []));
  const isOfPartners = kind === "partners";
  const standing = {
    importId: file.id,
    deals,
    answered: await answeredHere(
      tx,
      kind,
      rows.map(({ after }) => String(after.id)),
    ),
    resting: isOfPartners
      ? await restingOnPartners(tx, made)
      : kind === "accounts"
        ? new Map([
            ...(await restingOnAccounts(
              tx,
              made,
              rows.flatMap(({ id, before }) =>
                before ? [{ id, domains: before.domains as readonly string[] }] : [],
              ),
            )),
            ...tookIn(rows, logged),
          ])
        : new Map<string, string>(),
    partners: new Set(known.parents.keys()),
    accounts,
    frozen: isOfQuarters(kind)
      ? await frozenSince(
          tx,
          rows.map(({ after }) => String(after.quarter)),
          file.at,
        )
      : new Set<string>(),
  };
  const alone = new Map(rows.map((row) => [row.id, mayGoBack(kind, row, standing)]));
  const neighbours = {
    stored: known.stored as unknown as readonly BackRow["after"][],
    children: isOfPartners ? await childrenOf(tx, made) : [],
  };
  const together = staysTogether(
    kind,
    rows.filter(({ id }) => alone.get(id) === true),
    neighbours,
  );
  const reasonOf = ({ id }: BackRow) => {
    const said = alone.get(id);
    return said === true ? together.get(id) : said;
  };
  return {
    accounts,
    going: rows.filter((row) => reasonOf(row) === undefined),
    stays: rows.flatMap((row) => {
      const reason = reasonOf(row);
      return reason === undefined ? [] : [{ id: row.id, row: row.after, reason }];
    }),
  };
}

/** The accounts that took in one which a deal's name had made: whose the deals were, nobody could say any more. */
function tookIn(rows: readonly BackRow[], logged: readonly LoggedChange[]): [id: string, why: string][] {
  const gone = logged.flatMap(({ subjectKind, before, after }) =>
    subjectKind === "account" && before && !after ? [String(before.name).toLowerCase()] : [],
  );
  return rows.flatMap(({ id, after: { name } }) =>
    gone.includes(String(name).toLowerCase())
      ? [[id, "it took in the account that its new name had made"]]
      : [],
  );
}

const isOfQuarters = (kind: Kind) => FINANCE_KINDS.includes(kind);

/** Each row that the file wrote, once, however often it did, with what stands of it now. */
async function backRows<K extends Kind>(
  tx: Tx,
  kind: K,
  logged: readonly LoggedChange[],
  today: Day,
): Promise<{ rows: BackRow[]; known: Known<K> }> {
  const { kind: subjectKind, idOf } = SUBJECTS[kind];
  const wrote = new Map<string, Pick<BackRow, "before" | "after">>();
  if (kind !== "stage_history")
    for (const one of logged)
      if (one.subjectKind === subjectKind && one.after)
        wrote.set(one.subjectId, { before: (wrote.get(one.subjectId) ?? one).before, after: one.after });
  const asked = [...wrote.values()].flatMap(({ before, after }) => (before ? [after, before] : [after]));
  const known = await loadKnown(
    tx,
    kind,
    asked.map((row) => ({ line: 0, row }) as unknown as ReadRow<K>),
    today,
  );
  const standing = new Map(known.stored.map((row) => [idOf(row), row as unknown as BackRow["after"]]));
  return {
    rows: [...wrote].map(([id, { before, after }]) => ({ id, before, after, current: standing.get(id) })),
    known,
  };
}

async function remove<K extends Kind>(
  { tx, today }: WriteContext,
  kind: K,
  rows: readonly StoredOfKind[K][],
): Promise<void> {
  if (kind !== "deals") return removeRows(tx, kind, rows);
  const ids = (rows as readonly StoredOfKind["deals"][]).map(({ id }) => id);
  if (ids.length === 0) return;
  await closeWithDeals(tx, ids, today);
  await judgeRemoval(tx, ids, today, () => removeRows(tx, kind, rows));
}

async function restore<K extends Kind>(
  context: WriteContext,
  kind: K,
  rows: readonly BackRow[],
  accounts: ReadonlySet<string>,
): Promise<void> {
  const { tx, demo, today } = context;
  const writes = rows.map(
    (row) =>
      ({
        before: row.current,
        after: kind === "deals" ? inItsAccount(row, accounts) : row.before,
      }) as unknown as Write<StoredOfKind[K]>,
  );
  const renamed = rows.flatMap(({ id, before }): [string, string][] =>
    (kind === "roles" || kind === "accounts") && before!.id !== id ? [[id, before!.id as string]] : [],
  );
  if (kind === "accounts")
    await restoreNames(context, writes as unknown as Write<StoredOfKind["accounts"]>[]);
  if (kind === "partners")
    await restorePartners(context, writes as unknown as Write<StoredOfKind["partners"]>[]);
  await saveWrites(tx, kind, { writes, removed: [], renamed }, { demo, today });
}

/** A deal as it was: in the account where it stands, unless the file moved it, else in the one that is called so now. */
function inItsAccount({ before, after, current }: BackRow, accounts: ReadonlySet<string>): BackRow["before"] {
  const stood = before!.accountId ?? null;
  if (stood === (after.accountId ?? null)) return { ...before, accountId: current!.accountId ?? null };
  return { ...before, accountId: accounts.has(String(stood)) ? stood : null };
}

/** The deals of an account show the name that it had. */
async function restoreNames(
  context: WriteContext,
  writes: readonly Write<StoredOfKind["accounts"]>[],
): Promise<void> {
  const ofAccounts = await dealsOfAccounts(
    context.tx,
    writes.flatMap(({ before }) => before?.id ?? []),
  );
  await lockDeals(
    context.tx,
    ofAccounts.map(({ dealId }) => dealId),
  );
  renamed(context, writes, ofAccounts);
}

/** What hangs on a partner beside its row: its memberships, and who is above it on which day. */
async function restorePartners(
  context: WriteContext,
  writes: readonly Write<StoredOfKind["partners"]>[],
): Promise<void> {
  await touchFamilies(context, writes);
  await withoutParents(
    context.tx,
    writes.flatMap(({ before, after }) => (before?.parentId === after.parentId ? [] : [after.id])),
  );
  const memberships = (row: StoredOfKind["partners"] | null) =>
    (row?.programs ?? []).map((text) => membershipOf(row!.id, text));
  for (const { before, after } of writes) {
    const stands = memberships(after);
    const gone = memberships(before).filter(
      (one) => !stands.some(({ name, from_day }) => name === one.name && from_day === one.from_day),
    );
    await restorePrograms(context.tx, gone, stands);
  }
}
