import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { type PolicyBook, policyBook } from "@/lib/judging/policy-book";
import {
  HEADLINE_METRICS,
  metricOf,
  type QuarterNumbers,
  quarterNumbers,
} from "@/lib/metrics/quarter-numbers";
import type { Value } from "@/lib/metrics/value";
import { quarterInputs } from "@/lib/sealing/quarter-inputs";
import type { SealedDocument } from "@/lib/sealing/seal";
import { dealDocuments, eachSealedDeal, quarterDocuments, readSeals, type Seal } from "@/lib/sealing/seals";
import { defineQuery } from "../query";
import { quarterShape } from "../shapes";
import { sealState } from "./quarter-standing";
import { changesOf, movesNumbers, standOf } from "./restated";
import { type Restatements, restatementsShape } from "./review-shapes";

type Row = Restatements["rows"][number];

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
  async run({ db, today }, { quarter: label, movesNumbers: moving, offset, limit }) {
    const seal = (await readSeals(db, [label])).get(label);
    if (!seal) refuse("quarter", label, "is not frozen: its numbers are as of now");
    const all = await findRestated(db, seal, today);
    const rows = moving === undefined ? all : all.filter((row) => row.movesNumbers === moving);
    const count = (kind: Row["kind"]) => all.filter((row) => row.kind === kind).length;
    const page = rows.slice(offset, offset + limit);
    const by = await readWriters(
      db,
      seal,
      page.map(({ dealId }) => dealId),
    );
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
      numbers: await numbersBeside(db, seal, today),
      rows: page.map((row) => ({ ...row, by: by.get(row.dealId) ?? [] })),
    };
  },
});

/**
 * In order of deal. A deal that was open when it was sealed goes on, which is no restatement: it is held
 * against what is known of the day of the seal; a closed one against what is known today.
 */
async function findRestated(db: Db, seal: Seal, today: Day): Promise<Row[]> {
  const { header } = seal;
  const book = await policyBook(db);
  const rows: Row[] = [];
  const sealedIds = new Set<string>();
  for await (const batch of eachSealedDeal(db, seal.quarter)) {
    const sealed = batch.map(({ document }) => JSON.parse(document) as SealedDocument);
    for (const { facts } of sealed) sealedIds.add(facts.deal.id);
    const current = await currentOf(db, sealed, header.asOf, today, book);
    for (const document of sealed)
      rows.push(...restated(seal, document, current.get(document.facts.deal.id)));
  }
  for await (const batch of quarterDocuments(db, header.quarter, today, book)) {
    for (const document of batch) {
      if (!sealedIds.has(document.facts.deal.id)) rows.push(added(document));
    }
  }
  return rows.sort((one, other) => (one.dealId < other.dealId ? -1 : 1));
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

function restated({ header }: Seal, sealed: SealedDocument, current: SealedDocument | undefined): Row[] {
  const dealId = sealed.facts.deal.id;
  const stand = { dealId, sealed: standOf(sealed), by: [] };
  if (!current) {
    return [{ ...stand, kind: "deleted", movesNumbers: true, current: null, reason: [] }];
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
    },
  ];
}

function added(document: SealedDocument): Row {
  return {
    dealId: document.facts.deal.id,
    kind: "added",
    movesNumbers: true,
    sealed: null,
    current: standOf(document),
    reason: [],
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

/** The four numbers as sealed, beside what they would be now. */
async function numbersBeside(db: Db, { header }: Seal, today: Day): Promise<Restatements["numbers"]> {
  const { quarter, reportingCurrency } = header;
  const inputOf = await quarterInputs(db, [quarter], {
    today,
    reportingCurrency,
    metrics: HEADLINE_METRICS,
    unsealed: true,
  });
  const current = quarterNumbers(inputOf(quarter), quarter);
  return HEADLINE_METRICS.flatMap((metric) => {
    const figuresOf = (numbers: QuarterNumbers) => numbers[metric] as unknown as Record<string, Value>;
    return Object.entries(metricOf(metric).figures).flatMap(([figure, { name, unit }]) => {
      const sealed = figuresOf(header.numbers)[figure];
      const now = figuresOf(current)[figure];
      return sealed === undefined || now === undefined
        ? []
        : [{ metric, figure, name, unit, sealed, current: now }];
    });
  });
}
