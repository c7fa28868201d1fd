import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Client, Db } from "@/db/connection/client";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { fiscalYear, settings } from "@/db/schema/settings";
import { classify } from "@/lib/attribution/classify";
import type { Day } from "@/lib/attribution/facts";
import { type Difference, firstDifference } from "@/lib/attribution/json-difference";
import { CALENDAR_YEAR } from "@/lib/calendar";
import { projectDeal } from "@/lib/metrics/projected-deal";
import { NO_MONTH, type TalliedDeal, TallyChange, type TallyLine } from "@/lib/metrics/tally-lines";
import { inBatch } from "./batches";
import { type CohortReader, readCohorts } from "./cohorts";
import { type LoadedDeal, readDocuments, setMedians } from "./facts";
import { checkGone, restoreGone } from "./gone";
import { countedAs, heldDocuments } from "./held";
import { judgeStale } from "./judge";
import { type JudgeProgress, judgeAll } from "./judge-all";
import { livingRow } from "./living-row";
import { type PolicyBook, policyBook } from "./policy-book";
import { rowOf } from "./projection-row";
import { projected, reconcile, toldOfClosed } from "./reconciled";
import { packedRowsOf, partnerRowsOf, projectionJson } from "./save";
import { addToTallies, foldTallies } from "./tallies";

const BATCH = 500;
const FETCHED = 2_000;
/** Long enough to read a million deals once. */
const TIMEOUT_MS = 30 * 60_000;

/**
 * Judges every deal afresh and puts the tallies right, while people go on writing: deals a batch at a time, and
 * to the tallies is added what they lack, which holds whatever others add meanwhile.
 *
 * @returns the number of deals judged
 */
export async function rebuild(
  client: Client,
  today: Day,
  onProgress?: (progress: JudgeProgress) => void,
): Promise<number> {
  const judged = await judgeAll(client, today, { onProgress });
  await inBatch(client, { actor: "system:judge", request: randomUUID() }, restoreGone);
  await withTallies(client, addToTallies);
  await foldTallies(client);
  return judged;
}

/**
 * Compares every projection and tally with its recomputation and changes nothing but what time alone has
 * changed by `today`, as any reading does.
 *
 * @returns the first difference, deals in order of id before tallies; null when all is as it should be
 */
export async function checkProjections(client: Client, today: Day): Promise<Difference | null> {
  await judgeStale(client, today);
  const book = await policyBook(client.db);
  const medians = book.comparesCohorts ? await readCohorts(client.db, today) : null;
  for (let after = ""; ; ) {
    const rows = await client.db.execute<{ id: string }>(
      sql`select id from deals where id > ${after} order by id limit ${BATCH}`,
    );
    const ids = [...rows].map(({ id }) => id);
    if (ids.length === 0) break;
    after = ids.at(-1) as string;
    for (const one of await readDocuments(client.db, ids, today, [
      stored(ids),
      shares(ids),
      lines(ids),
      heldDocuments(ids),
      toldOfClosed(ids),
    ])) {
      const found = await checkDeal(client.db, one, today, book, medians);
      if (found) return found;
    }
  }
  const gone = await checkGone(client.db);
  if (gone) return gone;
  return withTallies(client, async (_tx, lacking) => {
    const [line] = lacking;
    if (!line) return null;
    const { kind, month, countsAs, cell, currency, at, deals, amount } = line;
    const where = ["tally", kind, month, countsAs, cell, currency, at].filter(
      (part) => part !== "" && part !== null,
    );
    return { at: where.join(" "), kept: "0", recomputed: `${deals} deals and ${amount} more than kept` };
  });
}

const stored = (ids: readonly string[]): SQL => sql`
  select 'stored', deal_id, (to_jsonb(j) - 'as_of' - 'judged_at')::text, null::text, null::text, null::text,
    null::text, null::text
  from judged_deals j where deal_id = any(${sql.param(ids)}::text[])`;

const shares = (ids: readonly string[]): SQL => sql`
  select 'share', deal_id, partner_id, outcome::text, disputed::text, credit::text, rule,
    created_on || ' ' || state
  from partner_outcomes where deal_id = any(${sql.param(ids)}::text[])`;

const lines = (ids: readonly string[]): SQL => sql`
  select 'line', deal_id, form::text, line, created_on::text, closed_on::text, null::text, null::text
  from packed_facts where deal_id = any(${sql.param(ids)}::text[])`;

async function checkDeal(
  db: Db,
  loaded: LoadedDeal,
  today: Day,
  book: PolicyBook,
  medians: CohortReader | null,
): Promise<Difference | null> {
  const { facts, account, owner, noPartnerOn, more } = loaded;
  const { id } = facts.deal;
  if (medians) setMedians([facts], today, medians);
  const { policy, hash: policyHash } = book.judging(facts.deal, today);
  const result = classify(policy, facts);
  const counted = countedAs(loaded, { facts, result, policyHash, account, owner, noPartnerOn });
  const deal = projectDeal(counted);
  const [reconciled = null] = await reconcile(db, [{ loaded, policy, result }]);
  const row = { ...rowOf(deal), ...livingRow(loaded, deal, projected(loaded, reconciled)) };
  const kept = more.find(({ kind }) => kind === "stored");
  if (!kept) return { at: id, kept: "absent", recomputed: result.outcome };
  const partners = partnerRowsOf(counted).map(({ partner_id, outcome, disputed, credit, rule, ...of }) => [
    partner_id,
    [outcome, disputed, String(credit), rule, `${of.created_on} ${of.state}`],
  ]);
  const keptPartners = more
    .filter(({ kind }) => kind === "share")
    .map(({ a: partnerId, b: outcome, c: disputed, d: credit, e: rule, f: of }) => [
      partnerId,
      [outcome, disputed, credit, rule, of],
    ]);
  const { form, line, created_on, closed_on } = packedRowsOf([loaded])[0]!;
  const read = more.find(({ kind }) => kind === "line");
  const keptLine = read ? [read.a, read.b, read.c, read.d] : null;
  return (
    firstDifference(`${id} facts`, keptLine, [String(form), line, created_on, closed_on]) ??
    firstDifference(id, JSON.parse(kept.a), row) ??
    firstDifference(`${id} partners`, Object.fromEntries(keptPartners), Object.fromEntries(partners))
  );
}

/**
 * Gives `work` what the tallies lack beside the projections and the log's cases, all read through one cursor and so as of one
 * moment, in memory that grows with the tallies alone. The fiscal year, which they are kept by, holds still meanwhile.
 */
async function withTallies<T>(
  client: Client,
  work: (tx: Tx, lacking: TallyLine[]) => Promise<T>,
): Promise<T> {
  const context = { actor: "system:judge", request: randomUUID(), timeoutMs: TIMEOUT_MS };
  return guardedTransaction(client, context, async (tx) => {
    const [company] = await tx.select({ fiscalYear }).from(settings).for("share");
    await tx.execute(sql`
      declare everything no scroll cursor for
      select 'deal' as kind, ${projectionJson}::text as a from judged_deals
      union all select 'case', json_build_array(case_standing(settlement, deferred_to), case_place(quarter, kind))::text
        from exceptions
      union all select 'line', ${keptRow("t")}::text from tallies t
      union all select 'change', ${keptRow("c")}::text from tally_changes c`);
    const change = new TallyChange(company?.fiscalYear ?? CALENDAR_YEAR);
    for (;;) {
      const rows = await tx.execute<{ kind: string; a: string }>(sql.raw(`fetch ${FETCHED} from everything`));
      for (const { kind, a } of rows) {
        if (kind === "deal") change.add(JSON.parse(a) as TalliedDeal);
        else if (kind === "case") {
          const [countsAs, cell] = JSON.parse(a) as [string, string];
          change.move({ kind: "cases", month: NO_MONTH, countsAs, cell, currency: "", at: null }, 1, 0n, 0n);
        } else
          for (const { deals, amount, squares, ...key } of keptLines(JSON.parse(a) as KeptRow))
            change.move(key, -deals, -amount, -squares);
      }
      if (rows.length < FETCHED) break;
    }
    return work(tx, change.lines());
  });
}

/** A stored row as JSON, its sums as text: as numbers they would lose what a double has no room for. */
const keptRow = (row: string) =>
  sql.raw(
    `(to_jsonb(${row}) || jsonb_build_object('amount', ${row}.amount::text, 'squares', ${row}.squares::text))`,
  );

interface KeptRow {
  kind: TallyLine["kind"];
  month: Day;
  counts_as: string;
  cell: string;
  currency: string;
  deals: number;
  amount: string;
  squares: string;
  at: number | number[] | null;
  at_deals?: number[];
}

/** The lines that a stored row stands for: one, or one a value of its distribution. */
function keptLines(row: KeptRow): TallyLine[] {
  const { kind, month, counts_as: countsAs, cell, deals } = row;
  const key = { kind, month, countsAs, cell, currency: row.currency.trim() };
  const sums = { deals, amount: BigInt(row.amount), squares: BigInt(row.squares) };
  if (!Array.isArray(row.at)) return [{ ...key, at: row.at, ...sums }];
  if (row.at.length === 0) return [{ ...key, at: null, ...sums }];
  return row.at.map((at, index) => ({
    ...key,
    at,
    deals: row.at_deals?.[index] ?? 0,
    amount: 0n,
    squares: 0n,
  }));
}
