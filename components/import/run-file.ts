import { client } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { fileRefusal, type Reading } from "@/lib/connectors/csv/reader";
import { isRefusal } from "@/lib/errors";
import { oneId } from "@/lib/interchange/ids";
import type { InterchangeRow, Kind, RefusedRow } from "@/lib/interchange/kinds";
import { unmappedIn } from "@/lib/interchange/unmapped";
import { dayInWords } from "@/lib/text/days";
import { capital } from "@/lib/text/words";
import { fixedFile } from "./fixes";
import { type Change, type Fix, NEW, type Outcome, type QueuedFile, sourceOf } from "./queue";
import { answersOf } from "./reading";

/** Ids that files of this queue bring, by the field that names them. */
export class Coming {
  private readonly ids = {
    accounts: new Set<string>(),
    partners: new Set<string>(),
    deals: new Set<string>(),
  };

  bring(kind: Kind, rows: readonly InterchangeRow[], refused: ReadonlySet<number>): void {
    if (kind !== "accounts" && kind !== "partners" && kind !== "deals") return;
    for (const { line, values } of rows)
      if (values.id && !refused.has(line)) this.ids[kind].add(oneId(values.id.trim()));
  }

  /** Whether a row is refused only because what it names has not landed yet. */
  settles({ field, value }: RefusedRow): boolean {
    if (field === "deal_id" || field === "recreated_from") return this.ids.deals.has(value);
    if (field === "account_id" || field === "accounts") return this.ids.accounts.has(value);
    if (field === "partner_id" || field === "parent_id") return this.ids.partners.has(value);
    return false;
  }
}

/** Refusals come from the reader and from the server; people read them down the file. */
function inLines<O extends { rows: readonly RefusedRow[] }>(outcome: O): O {
  outcome.rows = [...outcome.rows].sort((a, b) => a.line - b.line);
  return outcome;
}

const nothing = () => ({
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  refused: 0,
  leftOut: 0,
  waiting: 0,
  importId: null as string | null,
  rows: [] as RefusedRow[],
  notes: [] as string[],
  changes: { all: 0, rows: [] as Change[], fields: new Map<string, number>() },
});

/** Of so many rows it is kept what would change in them; more than anybody pages through. */
const MOST_CHANGES = 5_000;

/** The fields that a row changes; an amount's currency only stands beside it. */
const fieldsOf = ({ before, after }: Change) =>
  before === null ? [NEW] : Object.keys(after).filter((name) => before[name] !== after[name]);

function noteChanges({ changes: known }: ReturnType<typeof nothing>, more: readonly Change[]): void {
  known.all += more.length;
  for (const change of more) {
    if (known.rows.length < MOST_CHANGES) known.rows.push(change);
    for (const name of fieldsOf(change)) known.fields.set(name, (known.fields.get(name) ?? 0) + 1);
  }
}

/** What a file that replaces takes away is told entry by entry, as far as anybody reads. */
function noteRemoved(
  outcome: { notes: string[] },
  removed: readonly { dealId: string; stage: number; enteredOn: string }[],
): void {
  for (const { dealId, stage, enteredOn } of removed)
    outcome.notes.push(
      `Deal ${dealId}: stage ${stage} of ${dayInWords(enteredOn)} goes, for the file does not hold it`,
    );
}

interface Run {
  file: QueuedFile;
  /** The company's: instants become days in it. */
  zone: string;
  onProgress(done: number): void;
  /** Asked between batches. */
  isStopped(): boolean;
}

/** A run that ended before the file did, with what it came to until then. */
export class CutOff extends Error {
  constructor(
    readonly reason: string,
    readonly outcome: Outcome,
  ) {
    super(reason);
    this.name = "CutOff";
  }
}

/** What a second person accepts the file by; a page that is not served safely has no way to make it. */
async function digestOf(file: File): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const askedOf = ({ kind, replaces, bringsBack }: QueuedFile) => ({
  kind: kind!,
  replace: replaces,
  bringBack: bringsBack,
});

const sendable = (rows: readonly InterchangeRow[]) =>
  rows.map(({ line, values }) => ({ line, values: { ...values } }));

/**
 * What landing the file would do now, batch by batch. Rows that name what an earlier file of the queue
 * brings are counted as waiting. Throws `CutOff` for a file that is refused whole, or when stopped.
 */
export async function checkFile(
  { file, zone, onProgress, isStopped }: Run,
  coming: Coming,
): Promise<Outcome> {
  const outcome = nothing();
  const step = async ({ rows, refused, leftOut }: Reading) => {
    const answer =
      rows.length > 0 ? await client.importPreview({ ...askedOf(file), rows: sendable(rows) }) : null;
    const [waiting, lost] = partition(answer?.refused ?? [], (row) => coming.settles(row));
    coming.bring(file.kind!, rows, new Set(lost.map(({ line }) => line)));
    outcome.read += rows.length + refused.length + leftOut;
    outcome.leftOut += leftOut;
    noteRemoved(outcome, answer?.removed ?? []);
    noteChanges(outcome, answer?.changes ?? []);
    outcome.created += answer?.create ?? 0;
    outcome.updated += answer?.update ?? 0;
    outcome.unchanged += answer?.unchanged ?? 0;
    outcome.waiting += waiting.length;
    for (const row of [...refused, ...lost]) outcome.rows.push(row);
    outcome.refused = outcome.rows.length;
    onProgress(outcome.read);
  };
  await run(file, zone, outcome, isStopped, step);
  if (file.fixes.length > 0) await run(fixedFile(file, file.fixes), zone, outcome, isStopped, step);
  return inLines(outcome);
}

/**
 * Lands the file through the import verb, batch by batch, each in a transaction of its own. The last
 * batch says that it is the last, so one is always held back.
 */
async function landFile({ file, zone, onProgress, isStopped }: Run): Promise<Outcome> {
  const outcome = nothing();
  const sha256 = await digestOf(file.file);
  const entry = {
    name: file.file.name,
    bytes: file.file.size,
    sha256,
    source: sourceOf(file) ?? undefined,
  };
  let held: InterchangeRow[] | null = null;
  let unsent: RefusedRow[] = [];
  const send = async (rows: readonly InterchangeRow[], isLast: boolean) => {
    const [refused, unmapped] = [unsent.length, unmappedIn(unsent)];
    unsent = [];
    const importId = outcome.importId ?? undefined;
    const batch = {
      ...askedOf(file),
      rows: sendable(rows),
      file: { ...entry, importId, refused, unmapped, isLast },
    };
    const { answer } = await client.importBatch(batch);
    outcome.importId = answer.importId;
    outcome.read += answer.read;
    outcome.created += answer.created;
    outcome.updated += answer.updated;
    outcome.unchanged += answer.unchanged;
    noteRemoved(outcome, answer.removed);
    for (const row of answer.refused) outcome.rows.push(row);
    outcome.refused = outcome.rows.length;
    onProgress(outcome.read);
  };
  await run(file, zone, outcome, isStopped, async ({ rows, refused, leftOut }) => {
    if (held) await send(held, false);
    held = [...rows];
    outcome.read += refused.length + leftOut;
    outcome.leftOut += leftOut;
    for (const row of refused) {
      unsent.push(row);
      outcome.rows.push(row);
    }
    outcome.refused = outcome.rows.length;
  });
  await cutOff(outcome, () => send(held ?? [], true));
  return inLines(outcome);
}

/** Lands the file, then the rows of it that were written anew: a file of their own, with a digest of its own. */
export async function landWithFixes(landing: Run): Promise<Outcome> {
  const report = await landFile(landing);
  return landing.file.fixes.length > 0 ? landFixes(landing, report, landing.file.fixes, 0) : report;
}

/** What a landed file came to once these rows of it have landed anew; `told` of them its report has already. */
export async function landFixes(
  landing: Run,
  report: Outcome,
  fixes: readonly Fix[],
  told: number,
): Promise<Outcome> {
  const more = await landFile({ ...landing, file: fixedFile(landing.file, fixes) });
  const anew = new Set(fixes.map(({ line }) => line));
  const rows = [...report.rows.filter(({ line }) => !anew.has(line)), ...more.rows];
  const sum = (name: "created" | "updated" | "unchanged") => report[name] + more[name];
  return inLines({
    ...report,
    ...{ created: sum("created"), updated: sum("updated"), unchanged: sum("unchanged") },
    read: report.read + more.read - told,
    refused: rows.length,
    rows,
  });
}

async function run(
  { file, kind, mapping, replaces, fixes, fixed }: QueuedFile,
  zone: string,
  outcome: Outcome & { notes: string[] },
  isStopped: () => boolean,
  step: (reading: Reading) => Promise<void>,
): Promise<Outcome> {
  return cutOff(outcome, async () => {
    const asked = { file, kind: kind!, mapping, zone, replaces, fixed };
    const anew = fixes.map(({ line }) => line);
    for await (const batch of answersOf("batches", { ...asked, anew })) {
      for (const { text } of batch.notes) outcome.notes.push(capital(text));
      await step(batch);
      if (isStopped()) throw new CutOff("Stopped by you", outcome);
    }
    return outcome;
  });
}

/** Any failure as a `CutOff`: of the file itself by its rule, else of the call. */
async function cutOff<T>(outcome: Outcome, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === "CutOff") throw error;
    inLines(outcome);
    if (isRefusal(error)) {
      const { field, value, reason } = fileRefusal(error);
      const about = [field === "file" || field === "header" ? "" : field, value && `“${value}”`];
      throw new CutOff(capital([...about, reason].filter(Boolean).join(" ")), outcome);
    }
    throw new CutOff(capital(problemOf(error).rule), outcome);
  }
}

function partition<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const one of all) (test(one) ? yes : no).push(one);
  return [yes, no];
}
