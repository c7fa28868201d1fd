import type { Connection } from "jsforce";
import { oneId } from "@/lib/interchange/ids";
import { dayInWords } from "@/lib/text/days";
import { type Cursor, type GoneRecord, type Page, SourceProblem } from "../source";
import { among, calling, queryAll } from "./client";
import { changesOf, FIELDS_KEPT } from "./field-history";
import { dayOf, type ReadBy, timeOf } from "./read";
import type { OpportunityFieldHistory, OpportunityHistory } from "./records";

/** What an org lets go of after a while, and is taken before. */

const CHANGES_A_PAGE = 1_000;
/** Ids that one query names: more make its address too long. */
const IDS_A_QUERY = 200;

const CHANGES = `SELECT Id, OpportunityId, Field, OldValue, NewValue, DataType, CreatedDate, CreatedBy.Name, IsDeleted FROM OpportunityFieldHistory WHERE Field IN ${among(FIELDS_KEPT)}`;

/** The next changes of deals, from the last one on. */
export async function changesSince(
  connection: Connection,
  cursor: Cursor | null,
  historyOf: (deals: readonly { Id: string }[]) => Promise<OpportunityHistory[]>,
  by: ReadBy,
): Promise<Page> {
  const { since, id } = (cursor ?? { since: null, id: "" }) as { since: string | null; id: string };
  const after =
    since === null ? "" : ` AND (CreatedDate > ${since} OR (CreatedDate = ${since} AND Id > '${id}'))`;
  const records = await queryAll<OpportunityFieldHistory>(
    connection,
    `${CHANGES}${after} ORDER BY CreatedDate, Id LIMIT ${CHANGES_A_PAGE}`,
  );
  const last = records.at(-1);
  if (!last) return { batches: [], gone: [], next: cursor ?? { since, id }, isDone: true };
  const deals = [...new Set(records.map(({ OpportunityId }) => OpportunityId))];
  const history: OpportunityHistory[] = [];
  for (let from = 0; from < deals.length; from += IDS_A_QUERY)
    history.push(...(await historyOf(deals.slice(from, from + IDS_A_QUERY).map((Id) => ({ Id })))));
  return {
    ...{ batches: [], gone: [], changes: changesOf(records, history, by) },
    next: { since: timeOf(last.CreatedDate), id: last.Id },
    isDone: records.length < CHANGES_A_PAGE,
  };
}

/** For how long an org tells what was deleted, less what its clock may be off. */
const TOLD_FOR_MS = 30 * 86_400_000 - 3_600_000;
/** How long a place is good for where nothing was deleted: well within what is told. */
const RENEWED_MS = 86_400_000;
/** A role row of ours is a Partner of theirs. */
const ASKED = [
  ["Opportunity", "deals"],
  ["Partner", "roles"],
] as const;

interface Deleted {
  deletedRecords: { id: string; deletedDate: string }[];
  earliestDateAvailable: string;
  latestDateCovered: string;
}

/**
 * What was deleted since, for good too: a record that has left the bin is in no query any more. Where more time has
 * passed than the org tells of, that is said.
 */
export async function deletedSince(connection: Connection, cursor: Cursor | null, by: ReadBy): Promise<Page> {
  const now = Date.now();
  const through = cursor === null ? null : Date.parse(String(cursor.through));
  const earliest = now - TOLD_FOR_MS;
  const start = Math.max(through ?? earliest, earliest);
  const answers = [];
  for (const [object, kind] of ASKED)
    answers.push({ kind, ...(await deletedOf(connection, object, start, now)) });
  const gone: GoneRecord[] = [];
  for (const { kind, deletedRecords } of answers)
    gone.push(
      ...(await stillGone(
        connection,
        kind,
        deletedRecords.map(({ id }) => id),
      )),
    );
  const covered = Math.min(...answers.map(({ latestDateCovered }) => Date.parse(timeOf(latestDateCovered))));
  const isFresh = through !== null && covered - through < RENEWED_MS && gone.length === 0;
  const known = Math.max(earliest, ...answers.map((one) => Date.parse(timeOf(one.earliestDateAvailable))));
  return {
    ...{ batches: [], gone, isDone: true },
    next: isFresh ? cursor! : { through: new Date(Math.max(covered, through ?? 0)).toISOString() },
    ...(through !== null && known > through && { missed: missedWords(through, known, by) }),
  };
}

function missedWords(from: number, to: number, by: ReadBy): string {
  const day = (at: number) => dayInWords(dayOf(new Date(at).toISOString(), by));
  return `Salesforce does not tell any more what was deleted between ${day(from)} and ${day(to)}: a deal or a partner of that time may still stand here`;
}

async function deletedOf(connection: Connection, object: string, from: number, to: number): Promise<Deleted> {
  return calling(async () => {
    const found = (await connection.deleted(object, new Date(from), new Date(to))) as Deleted | undefined;
    if (!Array.isArray(found?.deletedRecords) || !found.latestDateCovered)
      throw new SourceProblem("Salesforce's answer was cut");
    return found;
  });
}

/** Those that nobody has brought back from the bin since. */
async function stillGone(
  connection: Connection,
  kind: "deals" | "roles",
  ids: readonly string[],
): Promise<GoneRecord[]> {
  if (kind === "roles") return ids.map((id) => ({ kind, key: oneId(id) }));
  const back = new Set<string>();
  for (let from = 0; from < ids.length; from += IDS_A_QUERY) {
    const some = among(ids.slice(from, from + IDS_A_QUERY));
    const found = await queryAll<{ Id: string }>(
      connection,
      `SELECT Id FROM Opportunity WHERE IsDeleted = false AND Id IN ${some}`,
    );
    for (const { Id } of found) back.add(oneId(Id));
  }
  return ids
    .map(oneId)
    .filter((key) => !back.has(key))
    .map((key) => ({ kind, key, why: "deleted in Salesforce" }));
}
