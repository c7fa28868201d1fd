import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { costs, rates } from "@/db/schema/finance";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { type MaySay, maySay } from "@/lib/commands/guard";
import {
  mayAcceptRestatement,
  mayDeclineRestatement,
  mayProposeRestatement,
  type OfRestatement,
} from "@/lib/commands/review/guards";
import { refuse } from "@/lib/errors";
import { type PolicyBook, policyBook } from "@/lib/judging/policy-book";
import { projectDeal } from "@/lib/metrics/projected-deal";
import {
  HEADLINE_METRICS,
  metricOf,
  numbersOrReason,
  type QuarterNumbers,
} from "@/lib/metrics/quarter-numbers";
import { QuarterTally } from "@/lib/metrics/tally";
import type { Value } from "@/lib/metrics/value";
import type { QuarterRates } from "@/lib/money";
import { acceptedDocuments } from "@/lib/sealing/journal";
import { isOfQuarter, type SealedDocument, type SealHeader, sealedCounting } from "@/lib/sealing/seal";
import { dealDocuments, eachSealedDeal, quarterDocuments, readSeals, type Seal } from "@/lib/sealing/seals";
import { defineQuery } from "../query";
import { quarterShape } from "../shapes";
import { sealState } from "./quarter-standing";
import { changesOf, movesNumbers, standOf } from "./restated";
import { changeInWords } from "./restated-words";
import { type Restatements, restatementsShape } from "./review-shapes";

type Row = Restatements["rows"][number];
type Found = Omit<Row, "may" | "waiting">;

/** What differs from a frozen quarter's seal by now: the sealed number stays the number (§8.7). */
export const restatements = defineQuery({
  name: "restatements",
  summary: "Where the deals of a frozen quarter differ from its seal by now: what, why and who.",
  input: z.strictObject({
    quarter: quarterShape,
    /** Only those by which the numbers would differ. */
    movesNumbers: z.boolean().optional(),
    offset: z.int().min(0).max(1_000_000).default(0),
    limit: z.int().min(1).max(5000).default(1000),
  }),
  output: restatementsShape,
  async run({ db, actor, today }, { quarter: label, movesNumbers: moving, offset, limit }) {
    const seal = (await readSeals(db, [label])).get(label);
    if (!seal) refuse("quarter", label, "is not frozen: its numbers are as of now");
    const { rows: all, tally } = await findRestated(db, seal, today);
    const rows = moving === undefined ? all : all.filter((row) => row.movesNumbers === moving);
    const count = (kind: Row["kind"]) => all.filter((row) => row.kind === kind).length;
    const page = rows.slice(offset, offset + limit);
    const ids = page.map(({ dealId }) => dealId);
    const [by, waiting, accepted] = await Promise.all([
      readWriters(db, seal, ids),
      readWaiting(db, label),
      readAccepted(db, label),
    ]);
    return {
      quarter: label,
      seal: sealState(seal),
      total: rows.length,
      counts: {
        changed: count("changed"),
        deleted: count("deleted"),
        added: count("added"),
        movesNumbers: all.filter((row) => row.movesNumbers).length,
      },
      numbers: await numbersBeside(db, seal, tally),
      rows: page.map((row) => ({
        ...row,
        by: by.get(row.dealId) ?? [],
        ...answersOf(actor, label, waiting.get(row.dealId) ?? null),
      })),
      accepted,
    };
  },
});

/**
 * In order of deal. A deal that was open when it was sealed goes on, which is no restatement: it is held
 * against what is known of the day of the seal; a closed one against what is known today.
 */
async function findRestated(db: Db, seal: Seal, today: Day): Promise<{ rows: Found[]; tally: QuarterTally }> {
  const { header } = seal;
  const [book, accepted] = await Promise.all([policyBook(db), acceptedDocuments(db, seal.quarter)]);
  const rows: Found[] = [];
  const tally = new QuarterTally(header.quarter, await ratesNow(db, header));
  const count = (document: SealedDocument) =>
    isOfQuarter(document.facts.deal, header.quarter) && tally.add(projectDeal(document));
  const known = new Set<string>();
  for await (const batch of eachSealedDeal(db, seal.quarter)) {
    const sealed = batch.map(({ document }) => JSON.parse(document) as SealedDocument);
    const current = await currentOf(db, sealed, header.asOf, today, book);
    for (const document of sealed) {
      const { id } = document.facts.deal;
      known.add(id);
      const now = current.get(id);
      if (now) count(now);
      // What was accepted stands in place of what was sealed: it is no difference any more.
      const stands = accepted.has(id) ? accepted.get(id)! : JSON.stringify(document);
      if (stands !== null) rows.push(...restated(seal, JSON.parse(stands) as SealedDocument, now));
    }
  }
  for await (const batch of quarterDocuments(db, header.quarter, today, book)) {
    for (const document of batch) {
      const { id } = document.facts.deal;
      if (known.has(id)) continue;
      count(document);
      const stands = accepted.get(id);
      if (!stands) rows.push(added(document));
      else rows.push(...restated(seal, JSON.parse(stands) as SealedDocument, document));
    }
  }
  rows.sort((one, other) => (one.dealId < other.dealId ? -1 : 1));
  return { rows, tally };
}

async function currentOf(
  db: Db,
  sealed: readonly SealedDocument[],
  asOf: Day,
  today: Day,
  book: PolicyBook,
): Promise<Map<string, SealedDocument>> {
  const idsOf = (open: boolean) =>
    sealed.filter(({ facts }) => (facts.deal.closedOn === null) === open).map(({ facts }) => facts.deal.id);
  const [open, closed] = await Promise.all([
    dealDocuments(db, idsOf(true), asOf, book),
    dealDocuments(db, idsOf(false), today, book),
  ]);
  return new Map([...open, ...closed].map((document) => [document.facts.deal.id, document]));
}

function restated({ header }: Seal, sealed: SealedDocument, current: SealedDocument | undefined): Found[] {
  const dealId = sealed.facts.deal.id;
  const stand = { dealId, sealed: standOf(sealed), by: [] };
  if (!current) {
    return [{ ...stand, kind: "deleted", movesNumbers: true, current: null, reason: [], words: [] }];
  }
  const reason = changesOf(sealed, current);
  if (reason.length === 0) return [];
  return [
    {
      ...stand,
      kind: "changed",
      movesNumbers: movesNumbers(header.quarter, sealed, current),
      current: standOf(current),
      reason,
      words: reason.map((change) => changeInWords(change, sealed, current)),
    },
  ];
}

function added(document: SealedDocument): Found {
  return {
    dealId: document.facts.deal.id,
    kind: "added",
    movesNumbers: true,
    sealed: null,
    current: standOf(document),
    reason: [],
    words: [],
    by: [],
  };
}

/** Who wrote to the deals since the seal, oldest first, at most the last twenty entries of each. */
async function readWriters(
  db: Db,
  { at }: Seal,
  dealIds: readonly string[],
): Promise<Map<string, Row["by"]>> {
  const rows = await db.execute<{
    dealId: string;
    at: string;
    actor: string;
    name: string;
    action: string;
  }>(sql`
    select "dealId", at, actor, action, coalesce(u.name, actor) as name from (
      select l.deal_id as "dealId", l.at, l.actor, l.action, l.id,
        row_number() over (partition by l.deal_id order by l.id desc) as nth
      from audit_log l where l.deal_id = any(${sql.param(dealIds)}::text[]) and l.at > ${at}::timestamptz) as since
    left join users u on 'user:' || u.id = actor
    where nth <= 20 order by since.id`);
  const writers = new Map<string, Row["by"]>();
  for (const { dealId, ...entry } of rows) {
    const known = writers.get(dealId) ?? [];
    known.push({ ...entry, at: new Date(entry.at).toISOString() });
    writers.set(dealId, known);
  }
  return writers;
}

/** The rates as they are now; where one is gone, the sealed one. */
async function ratesNow(
  db: Db,
  { quarter, reportingCurrency, rates: sealed }: SealHeader,
): Promise<QuarterRates> {
  const rows = await db.select().from(rates).where(eq(rates.quarter, quarter.label));
  const now = Object.fromEntries(rows.map(({ currency, rate }) => [currency, rate]));
  return { quarter: quarter.label, reporting: reportingCurrency, perUnit: { ...sealed, ...now } };
}

/** The four numbers as sealed, beside what they would be now; a rate that is missing now is named, and is no error. */
async function numbersBeside(
  db: Db,
  { header }: Seal,
  tally: QuarterTally,
): Promise<Restatements["numbers"]> {
  const { quarter } = header;
  const costRows = await db.select().from(costs).where(eq(costs.quarter, quarter.label));
  const counting = { ...sealedCounting(header), costs: costRows, rates: await ratesNow(db, header) };
  const current = numbersOrReason({ ...counting, tally }, quarter);
  return HEADLINE_METRICS.flatMap((metric) => {
    const figuresOf = (numbers: QuarterNumbers) => numbers[metric] as unknown as Record<string, Value>;
    return Object.entries(metricOf(metric).figures).flatMap(([figure, { name, unit }]) => {
      const sealed = figuresOf(header.numbers)[figure];
      const now = "undefined" in current ? current : figuresOf(current)[figure];
      return sealed === undefined || now === undefined
        ? []
        : [{ metric, figure, name, unit, sealed, current: now }];
    });
  });
}

interface Waiting extends Record<string, unknown>, OfRestatement {
  id: string;
  dealId: string;
  reason: string;
  by: { id: string; name: string };
  on: Day;
}

/** The restatements of a quarter that wait for their second person, by deal. */
async function readWaiting(db: Db, quarter: string): Promise<Map<string, Waiting>> {
  const rows = await db.execute<Waiting>(sql`
    select r.id, r.deal_id as "dealId", r.reason, r.proposed_on::text as on, r.proposed_by as "proposedBy",
      r.by_finance as "byFinance", null as ended, json_build_object('id', u.id, 'name', u.name) as by
    from restatements r join users u on u.id = r.proposed_by
    where r.quarter = ${quarter} and r.accepted_at is null and r.declined_on is null`);
  return new Map([...rows].map((row) => [row.dealId, row]));
}

/** What this person may do about a deal that differs, and who waits for a second one. */
function answersOf(actor: Actor, quarter: string, waiting: Waiting | null): Pick<Row, "may" | "waiting"> {
  const propose = maySay(mayProposeRestatement, actor, { quarter, frozen: true, waiting: waiting !== null });
  if (!waiting)
    return {
      waiting: null,
      may: { propose, accept: "Nobody has proposed it", decline: "Nobody has proposed it" },
    };
  const { id, reason, by, on } = waiting;
  const [accept, decline] = [mayAcceptRestatement, mayDeclineRestatement].map((guard) =>
    maySay(guard, actor, waiting),
  ) as [MaySay, MaySay];
  return { waiting: { id, reason, by, on }, may: { propose, accept, decline } };
}

/** The corrections of a frozen quarter that were accepted, oldest first. */
async function readAccepted(db: Db, quarter: string): Promise<Restatements["accepted"]> {
  const rows = await db.execute<Restatements["accepted"][number] & Record<string, unknown>>(sql`
    select r.id, r.deal_id as "dealId", r.kind, r.reason, r.journal, r.accepted_on::text as "acceptedOn",
      coalesce(r.document::jsonb ->> 'account', s.account) as account,
      (select u.name from users u where u.id = r.proposed_by) as "proposedBy",
      (select u.name from users u where u.id = r.accepted_by) as "acceptedBy"
    from restatements r left join sealed_deals s on s.quarter = r.quarter and s.deal_id = r.deal_id
    where r.quarter = ${quarter} and r.accepted_at is not null order by r.accepted_at, r.id`);
  return [...rows];
}
