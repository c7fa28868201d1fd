// Long: every kind of fact is loaded by one statement, told beside what becomes of its rows.
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day, Facts } from "@/lib/attribution/facts";
import type { DealOutcome, Stage } from "@/lib/attribution/vocabulary";
import { type CohortReader, NO_COHORTS, readCohorts, readShares } from "./cohorts";
import { CLAIMS, confirmedOn, partnerHand } from "./partner-hand";
import { addPartners, type KnownPartner, PARENTS, PROGRAMS, partnerOf } from "./partner-history";

/**
 * Loads facts documents (domain.md §2) as they stood on `asOf`, in the order of `dealIds`; unknown ids
 * are left out. A deal that closed after `asOf` is open in it, and decisions about registrations are those of
 * that day. Parents and programs are those of the close, of `asOf` while it is open: what becomes of a partner
 * later is no fact of a closed deal. What else is dated later is handed over, and classification looks away.
 *
 * @param options.cohorts `none` leaves every median null, for a policy that does not ask for it; `judged` takes
 *   what judging has saved of the cohort, which is as of today; else it is read from the facts of `asOf`
 */
export async function loadFacts(
  db: Db,
  dealIds: readonly string[],
  asOf: Day,
  { cohorts = "facts" }: { cohorts?: "facts" | "judged" | "none" } = {},
): Promise<Facts[]> {
  const facts = (await readDocuments(db, dealIds, asOf)).map((document) => document.facts);
  if (facts.length > 0 && cohorts !== "none")
    setMedians(facts, asOf, await readMedians(db, facts, asOf, cohorts));
  return facts;
}

function readMedians(
  db: Db,
  facts: readonly Facts[],
  asOf: Day,
  cohorts: "facts" | "judged",
): Promise<CohortReader> {
  if (cohorts === "judged") return readShares(db, facts, []);
  const days = facts.map(({ deal }) => deal.closedOn ?? asOf).sort();
  const types = [...new Set(facts.map(({ deal }) => deal.type))];
  return readCohorts(db, asOf, { types, from: days[0]!, to: days.at(-1)! });
}

/** Asks for the deals that were there on `asOf`. */
export interface FactsQuery {
  asOf: Day;
  /** Deals in memory at a time; 1000 unless told. */
  batchSize?: number;
  /** A condition on the columns of `deals`. */
  where?: SQL;
  /** False leaves every median null. */
  cohorts?: boolean;
}

/** Streams the facts of all deals, as `eachLoaded` does. */
export async function* eachFacts(db: Db, query: FactsQuery): AsyncGenerator<Facts[]> {
  for await (const batch of eachLoaded(db, query)) yield batch.map(({ facts }) => facts);
}

/**
 * Streams all deals in order of id by code unit, a batch at a time. Deals created after `asOf` are left out,
 * unless they had closed by then as re-keyed ones do (§7). Each batch is read on its own: what is written
 * meanwhile may show in later batches.
 */
export async function* eachLoaded(
  db: Db,
  { asOf, batchSize = 1000, where, cohorts = true }: FactsQuery,
): AsyncGenerator<LoadedDeal[]> {
  const medians = cohorts ? await readCohorts(db, asOf) : NO_COHORTS;
  let after = "";
  for (;;) {
    const rows = await db.execute<{ id: string }>(sql`
      select id from deals
      where id > ${after} and (created_on <= ${asOf}::date or closed_on <= ${asOf}::date)
        ${where ? sql`and (${where})` : sql``}
      order by id limit ${batchSize}`);
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    after = ids.at(-1) as string;
    const batch = await readDocuments(db, ids, asOf);
    setMedians(
      batch.map(({ facts }) => facts),
      asOf,
      medians,
    );
    yield batch;
    if (rows.length < batchSize) return;
  }
}

/** Puts the median of each deal's cohort into its document (§2 cohort). */
export function setMedians(facts: readonly Facts[], asOf: Day, medians: CohortReader): void {
  for (const { deal, cohort } of facts) cohort.medianCycleDays = medians(deal, deal.closedOn ?? asOf);
}

/** A close that has not happened yet. */
export interface Closing {
  closedOn: Day;
  outcome: Exclude<DealOutcome, "open">;
}

type Text = string | null;

/** A row of any table: which one, its deal, and its columns as text in the order the statement gives them. */
interface Row extends Record<string, unknown> {
  kind: string;
  deal_id: string;
  a: string;
  b: string;
  c: Text;
  d: Text;
  e: Text;
  f: Text;
  g: Text;
  h: Text;
  i: Text;
  j: Text;
  k: Text;
  l: Text;
  m: Text;
  n: Text;
}

/** A deal's facts, with what judging and projecting it need besides. */
export interface LoadedDeal {
  facts: Facts;
  account: string | null;
  owner: string;
  noPartnerOn: Day | null;
  /** When its owner expects it to close: no claim, and no rule reads it. */
  expectedOn: Day | null;
  /** As they are in the table, though the day may be after that of the facts. */
  closedOn: Day | null;
  outcome: DealOutcome;
  /** Rows of what the caller asked for besides, by kind. */
  more: { kind: string; a: string; b: string; c: Text; d: Text; e: Text; f: Text }[];
}

/**
 * The day on which a second person stood behind a row: `by` did so on `on` and is not its author: who changed it
 * last, else whoever brought the file (`i`) that says it, else who recorded it. What nobody is known to have
 * recorded has no second hand.
 */
const handOf = (by: string, on: string, changedBy: string, recordedBy: string) =>
  sql.raw(`case when 'user:' || ${by} <> ${authorOf(changedBy, recordedBy)} then ${on} end`);

const authorOf = (changedBy: string, recordedBy: string) =>
  `coalesce('user:' || ${changedBy}, i.imported_by, 'user:' || ${recordedBy})`;

/** The system that witnessed a row (§1): one whose connection finance has accepted by then, while no person said it otherwise. */
const witnessOf = (row: string, changedBy: string, asOf: Day) => sql`coalesce(${sql.raw(row)}.source, (
  select i.source from connections c where c.id = i.connection_id and c.accepted_on <= ${asOf}::date
    and ${sql.raw(changedBy)} is null))`;

/** A row that its AE has not confirmed is nobody's word yet, whatever the partner says. */
const ROLE_HAND = sql`(select greatest(r.confirmed_on, h.said_on) from (
  select ${partnerHand("r", CLAIMS.role("r"), authorOf("r.changed_by", "r.recorded_by"))} as said_on) h
  where r.confirmed_on is not null and h.said_on is not null)`;

/** What the partner itself told is its own word already: no second one. */
const ACTIVITY_HAND = sql`case when a.statement_id is null then
  ${partnerHand("a", CLAIMS.activity("a"), authorOf("a.changed_by", "a.recorded_by"))} end`;

/**
 * One statement over all fact tables in narrow columns, merged here: 10 × faster than json_agg a deal.
 *
 * @param more branches that add rows of kinds of their own: `kind, deal_id, a … f` and nothing else
 * @param closing reads them as if they had closed so, which is what the stage gate asks
 */
export async function readDocuments(
  db: Db,
  dealIds: readonly string[],
  asOf: Day,
  more: readonly SQL[] = [],
  closing?: Closing,
): Promise<LoadedDeal[]> {
  if (dealIds.length === 0) return [];
  const ids = sql`any(${sql.param(dealIds)}::text[])`;
  const nulls = (count: number) => sql.raw(", null".repeat(count));
  const rows = await db.execute<Row>(sql`
    with recursive confirmed as materialized (${confirmedOn(ids)}), reg as materialized (
      select g.deal_id, g.id, g.partner_id, g.submitted_on, g.recorded_on, ${witnessOf("g", "g.decided_by", asOf)} as source,
        coalesce(e.status, g.status) as status, coalesce(e.decided_on, g.decided_on) as decided_on,
        least(${handOf("coalesce(e.decided_by, g.decided_by)", "coalesce(e.decided_on, g.decided_on)", "null", "g.recorded_by")},
          case when coalesce(e.decided_by, g.decided_by) is null then i.accepted_on end) as hand
      from registrations g left join imports i on i.id = g.import_id left join lateral (
        select status, decided_on, decided_by from registration_decisions d
        where g.decided_on > ${asOf}::date and d.registration_id = g.id and d.decided_on <= ${asOf}::date
        order by d.decided_on desc, d.at desc limit 1) e on true
      where g.deal_id = ${ids}
    ), rol as materialized (
      select r.deal_id, r.id, r.partner_id, r.role, r.touch_stage, r.touched_on, r.recorded_on, r.confirmed_on,
        ${witnessOf("r", "r.changed_by", asOf)} as source, least(${handOf("r.confirmed_by", "r.confirmed_on", "r.changed_by", "r.recorded_by")},
          case when r.changed_by is null then i.accepted_on end, ${ROLE_HAND}) as hand
      from role_rows r left join imports i on i.id = r.import_id
      where r.deal_id = ${ids} and (r.refused_on is null or r.refused_on > ${asOf}::date)
    ), act as materialized (
      select a.deal_id, a.id, a.partner_id, a.type, a.stage, a.occurred_on, a.recorded_on, a.proof, a.involvement,
        ${witnessOf("a", "a.changed_by", asOf)} as source, least(${handOf("a.vouched_by", "a.vouched_on", "a.changed_by", "a.recorded_by")},
          case when a.changed_by is null then i.accepted_on end, ${ACTIVITY_HAND}) as hand
      from activities a left join imports i on i.id = a.import_id where a.deal_id = ${ids}
    ), rul as materialized (
      select deal_id, id, partner_id, model, outcome, decided_on from rulings where deal_id = ${ids}
    ), family (id, kind, parent_id) as (
      select id, kind, parent_id from partners where id in (
        select partner_id from reg union select partner_id from rol
        union select partner_id from act union select partner_id from rul)
      union
      select above.id, above.kind, above.parent_id
        from family join partners above on above.id = family.parent_id
          or above.id in (select parent_id from partner_parents where partner_id = family.id)
    )
    select 'deal' as kind, id as deal_id, amount::text as a, currency::text as b, type::text as c,
      route::text as d, created_on::text as e, closed_on::text as f, outcome::text as g,
      first_engaged_on::text as h, recreated_from as i, owner as j, account as k, no_partner_on::text as l,
      amended_on::text as m, expected_close_on::text as n from deals where id = ${ids}
    union all select 'stage', deal_id, stage::text, entered_on::text, seq::text${nulls(11)}
      from stage_entries where deal_id = ${ids}
    union all select 'registration', deal_id, id, partner_id, submitted_on::text, recorded_on::text, status::text,
      decided_on::text, source::text, hand::text${nulls(6)} from reg
    union all select 'role', deal_id, id, partner_id, role::text, touch_stage::text, touched_on::text,
      recorded_on::text, confirmed_on::text, source::text, hand::text${nulls(5)} from rol
    union all select 'activity', deal_id, id, partner_id, type, stage::text, occurred_on::text,
      recorded_on::text, proof, involvement::text, source::text, hand::text${nulls(4)} from act
    union all select 'ruling', deal_id, id, partner_id, model::text, outcome::text, decided_on::text${nulls(9)} from rul
    union all select 'partner', '', id, kind::text, parent_id, ${PROGRAMS}, ${PARENTS}${nulls(9)} from family
    ${
      more.length === 0
        ? sql``
        : sql.join(
            more.map((branch) => sql`union all select *${nulls(8)} from (${branch}) b`),
            sql` `,
          )
    }`);
  return assemble(rows, dealIds, asOf, closing);
}

function assemble(rows: Iterable<Row>, ids: readonly string[], asOf: Day, closing?: Closing): LoadedDeal[] {
  const documents = new Map<string, LoadedDeal>();
  const partners = new Map<string, KnownPartner>();
  const others: Row[] = [];
  for (const row of rows) {
    if (row.kind === "deal") documents.set(row.deal_id, openDocument(row, asOf, closing));
    else if (row.kind === "partner") partners.set(row.a, partnerOf(row));
    else others.push(row);
  }
  const stages: Row[] = [];
  for (const row of others) {
    const document = documents.get(row.deal_id);
    if (!document) continue;
    if (row.kind === "stage") stages.push(row);
    else if (!addFact(document.facts, row)) document.more.push(row);
  }
  stages.sort((one, other) => Number(one.c) - Number(other.c));
  for (const { deal_id, a, b } of stages) {
    documents.get(deal_id)?.facts.stages.push({ stage: Number(a) as Stage, enteredOn: b });
  }
  const found = ids.flatMap((id) => documents.get(id) ?? []);
  for (const { facts } of found) {
    sortFacts(facts);
    addPartners(facts, partners);
  }
  return found;
}

function openDocument(row: Row, asOf: Day, closing?: Closing): LoadedDeal {
  const closed = row.f !== null && row.f <= asOf;
  const deal = {
    id: row.deal_id,
    amount: Number(row.a),
    currency: row.b,
    type: row.c,
    route: row.d,
    createdOn: row.e,
    closedOn: closed ? row.f : null,
    outcome: closed ? row.g : "open",
    firstEngagedOn: row.h,
    recreatedFrom: row.i,
    // A later one too: classification looks away from it, and the deal is judged again on its day.
    amendedOn: row.m,
    ...closing,
  } as Facts["deal"];
  const facts: Facts = {
    asOf,
    deal,
    stages: [],
    partners: [],
    registrations: [],
    roles: [],
    activities: [],
    rulings: [],
    cohort: { medianCycleDays: null },
  };
  const stored = { closedOn: row.f, outcome: row.g as DealOutcome, expectedOn: row.n };
  return { facts, owner: row.j ?? "", account: row.k, noPartnerOn: row.l, ...stored, more: [] };
}

/** Adds what is a fact; the enums and constraints of the tables vouch for the types. */
function addFact(facts: Facts, { kind, a: id, b: partnerId, c, d, e, f, g, h, i, j }: Row): boolean {
  const own = { id, partnerId };
  if (kind === "registration") {
    const decided = { submittedOn: c, recordedOn: d, status: e, decidedOn: f, source: g, secondHandOn: h };
    facts.registrations.push({ ...own, ...decided } as Facts["registrations"][number]);
  } else if (kind === "role") {
    const row = { role: c, touchStage: Number(d), touchedOn: e, recordedOn: f, confirmedOn: g };
    facts.roles.push({ ...own, ...row, source: h, secondHandOn: i } as Facts["roles"][number]);
  } else if (kind === "activity") {
    const done = { type: c, stage: Number(d), occurredOn: e, recordedOn: f, proof: g, involvement: h };
    facts.activities.push({ ...own, ...done, source: i, secondHandOn: j } as Facts["activities"][number]);
  } else if (kind === "ruling") {
    facts.rulings.push({ ...own, model: c, outcome: d, decidedOn: e } as Facts["rulings"][number]);
  } else return false;
  return true;
}

/** By id, so that a document is the same however its rows lie in the tables. */
function sortFacts(facts: Facts): void {
  for (const list of [facts.registrations, facts.roles, facts.activities, facts.rulings]) {
    if (list.length > 1) list.sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}
