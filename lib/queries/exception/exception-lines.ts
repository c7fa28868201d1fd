import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { clauseOfGray } from "@/lib/attribution/clauses";
import type { Day } from "@/lib/attribution/facts";
import type { DealOutcome, Outcome } from "@/lib/attribution/vocabulary";
import { GRAY_WORDS } from "@/lib/attribution/words";
import { daysBetween, type Quarter } from "@/lib/calendar";
import { readSeals, type Seal } from "@/lib/sealing/seals";
import type { ExceptionLine, Precedent } from "./exception-shapes";

/** The share of closed deals that may be gray before the memo itself is the question (domain.md §8.6). */
export const GRAY_LIMIT = 0.05;

/** Which state an exception `e` is in. */
export const STATE = sql`case when e.settlement = 'facts' then 'put_right'
  when e.settlement = 'withdrawn' then 'withdrawn'
  when e.settlement is not null then 'decided' when e.deferred_to is not null then 'deferred' else 'open' end`;

type Named = { id: string; name: string };
type Stored = { [K in "partner" | "raisedBy" | "owner" | "deferredTo"]: Named | null } & {
  contestedBy: string | null;
};

interface Row extends Record<string, unknown>, Stored {
  id: string;
  quarter: string;
  kind: ExceptionLine["kind"];
  origin: ExceptionLine["origin"];
  dealId: string;
  account: string | null;
  dealOwner: string | null;
  dealState: DealOutcome;
  closedOn: Day | null;
  outcome: Outcome | null;
  amount: string;
  currency: string;
  claim: string | null;
  openedOn: Day;
  deferredUntil: Day | null;
  state: ExceptionLine["state"];
  settlement: NonNullable<ExceptionLine["settled"]>["by"] | null;
  settledOn: Day | null;
  stillGray: boolean;
  version: number;
}

export const named = (
  table: string,
  column: SQL,
) => sql`(select json_build_object('id', named.id, 'name', named.name)
  from ${sql.raw(table)} named where named.id = ${column})`;

/** As the index of the log has it (db/schema/exceptions.ts). */
const LOG_ORDER = sql`(e.settled_at is null) desc, (e.deferred_to is null) desc, e.amount desc, e.id`;
/** As another index has the cases of a kind: whatever becomes of them, they stay where they are. */
const AMOUNT_ORDER = sql`e.amount desc, e.id`;

/** That an exception is in a state, as the index of the log has it where most are. */
export const isInState = (state: ExceptionLine["state"]) => {
  if (state === "open") return sql`e.settled_at is null and e.deferred_to is null`;
  if (state === "deferred") return sql`e.settled_at is null and e.deferred_to is not null`;
  return sql`e.settled_at is not null and ${STATE} = ${state}`;
};

/**
 * Lines of the exceptions log, open ones first, then by amount at stake; or by that alone.
 *
 * @param among a condition on `e`, the exceptions
 */
export async function exceptionLines(
  db: Db,
  today: Day,
  among: SQL,
  {
    limit = 10_000,
    offset = 0,
    order = "log",
  }: { limit?: number; offset?: number; order?: "log" | "amount" } = {},
): Promise<ExceptionLine[]> {
  const by = order === "log" ? LOG_ORDER : AMOUNT_ORDER;
  const rows = await db.execute<Row>(sql`
    select e.id, e.quarter, e.kind::text as kind, e.origin::text as origin, e.deal_id as "dealId",
      d.account, d.owner as "dealOwner", d.outcome::text as "dealState", d.closed_on::text as "closedOn",
      o.outcome::text as outcome, e.amount::text as amount, e.currency, e.claim, e.contested_by as "contestedBy",
      e.opened_on::text as "openedOn", e.deferred_until::text as "deferredUntil", ${STATE} as state,
      e.settlement, e.settled_on::text as "settledOn", e.version,
      coalesce(e.kind::text = any(o.gray::text[]), false) as "stillGray",
      ${named("partners", sql`e.partner_id`)} as partner, ${named("users", sql`e.raised_by`)} as "raisedBy",
      ${named("users", sql`e.owner_id`)} as owner, ${named("users", sql`e.deferred_to`)} as "deferredTo"
    from (select * from exceptions e where ${among} order by ${by} limit ${limit} offset ${offset}) e
      left join deals d on d.id = e.deal_id left join judged_deals o on o.deal_id = e.deal_id
    order by ${by}`);
  const votes = await votesOf(
    db,
    [...rows].map(({ id }) => id),
  );
  return [...rows].map((row) => lineOf(row, votes.get(row.id) ?? [], today));
}

function lineOf(row: Row, votes: ExceptionLine["votes"], today: Day): ExceptionLine {
  const { dealOwner, dealState, closedOn, outcome, deferredTo, deferredUntil, settlement, settledOn } = row;
  const [one, other] = votes;
  const until = settledOn ?? today;
  return {
    id: row.id,
    quarter: row.quarter,
    kind: row.kind,
    label: kindLabel(row.kind),
    origin: row.origin,
    dealId: row.dealId,
    account: row.account,
    deal:
      dealOwner === null
        ? null
        : { owner: dealOwner, state: dealState, closedOn, outcome: outcome ?? "none" },
    amount: Number(row.amount),
    currency: row.currency,
    partner: row.partner,
    claim: row.claim,
    raisedBy: row.raisedBy,
    contestedBy: row.contestedBy,
    owner: row.owner,
    openedOn: row.openedOn,
    ageDays: Math.max(0, daysBetween(row.openedOn, until)),
    state: row.state,
    deferred: deferredTo && deferredUntil ? { to: deferredTo, until: deferredUntil } : null,
    votes,
    split: settlement === null && one !== undefined && other !== undefined,
    settled: settlement && settledOn ? { by: settlement, on: settledOn } : null,
    stillGray: row.stillGray,
    clause: row.kind === "other" ? null : clauseOfGray(row.kind),
    version: row.version,
  };
}

/** What a kind of case is called. */
export const kindLabel = (kind: ExceptionLine["kind"]) =>
  kind === "other" ? "Other" : GRAY_WORDS[kind].label;

type Vote = ExceptionLine["votes"][number];

async function votesOf(db: Db, ids: readonly string[]): Promise<Map<string, Vote[]>> {
  const votes = new Map<string, Vote[]>();
  if (ids.length === 0) return votes;
  const rows = await db.execute<
    Omit<Vote, "at"> & { exceptionId: string; at: string } & Record<string, unknown>
  >(sql`
    select v.exception_id as "exceptionId", v.side::text as side, v.decision::text as decision,
      v.outcome::text as outcome, v.reason, ${named("users", sql`v.user_id`)} as by,
      ${named("partners", sql`v.partner_id`)} as partner, v.voted_at as at
    from exception_votes v where v.exception_id = any(${sql.param(ids)}::text[])
    order by v.exception_id, v.side`);
  for (const { exceptionId, ...vote } of rows) {
    const all = votes.get(exceptionId) ?? [];
    votes.set(exceptionId, [...all, { ...vote, at: new Date(vote.at).toISOString() }]);
  }
  return votes;
}

/**
 * How many of the deals closed in a quarter had a gray area, found or raised, against the limit (§8.6); a frozen
 * one's from its seal. What was put right before the close or withdrawn was none.
 */
export async function grayShare(db: Db, quarter: Quarter) {
  const seal = (await readSeals(db, [quarter.label])).get(quarter.label);
  const { gray, closed } = seal ? await sealedGray(db, seal) : await livingGray(db, quarter);
  return { gray, closed, share: closed === 0 ? null : gray / closed, limit: GRAY_LIMIT };
}

const NO_CASE: readonly (string | null)[] = ["facts", "withdrawn"];

async function sealedGray(db: Db, seal: Seal) {
  const { from, to } = seal.header.quarter;
  const gray = seal.header.exceptions
    .filter(({ settlement }) => !NO_CASE.includes(settlement))
    .map(({ dealId }) => dealId);
  const [row] = await db.execute<{ gray: number; closed: number }>(sql`
    select count(*)::int as closed, count(*) filter (where deal_id = any(${sql.param(gray)}::text[]))::int as gray
    from sealed_deals where quarter = ${seal.quarter} and closed_on between ${from}::date and ${to}::date`);
  return row ?? { gray: 0, closed: 0 };
}

async function livingGray(db: Db, quarter: Quarter) {
  const within = sql`between ${quarter.from}::date and ${quarter.to}::date`;
  const [row] = await db.execute<{ gray: number; closed: number }>(sql`
    select (select coalesce(sum(deals), 0)::int from (
        select deals from tallies where kind = 'closed' and month ${within}
        union all select deals from tally_changes where kind = 'closed' and month ${within}) t) as closed, (
      select count(*)::int from (select distinct e.deal_id from exceptions e where e.quarter = ${quarter.label}
          and (e.settlement is null or e.settlement <> all(${sql.param([...NO_CASE])}::text[]))) e
        where exists (select from judged_deals d where d.deal_id = e.deal_id and d.closed_on ${within})) as gray`);
  return row ?? { gray: 0, closed: 0 };
}

/** How cases of each kind were decided in earlier quarters, most often first: what a new one is held against. */
export async function precedents(db: Db, before: string): Promise<Precedent[]> {
  const counts = new Map<string, Precedent>();
  for (const { quarter, kind, standing, cases } of await readCases(db)) {
    if (quarter >= before || STATES[standing] !== "decided") continue;
    const known = counts.get(`${kind} ${standing}`)?.count ?? 0;
    const decision = standing as Precedent["decision"];
    counts.set(`${kind} ${standing}`, { kind, decision, count: known + cases });
  }
  return [...counts.values()].sort(
    (one, other) => other.count - one.count || (one.decision < other.decision ? -1 : 1),
  );
}

export const NO_STATES = { open: 0, deferred: 0, decided: 0, put_right: 0, withdrawn: 0 } as const;

/** How many exceptions of each quarter are in each state, by label. */
export async function countStates(db: Db) {
  const counts = new Map<string, Record<ExceptionLine["state"], number>>();
  for (const { quarter, standing, cases } of await readCases(db)) {
    const known = counts.get(quarter) ?? NO_STATES;
    const state = STATES[standing];
    counts.set(quarter, { ...known, [state]: known[state] + cases });
  }
  return counts;
}

/** How many of a quarter's cases of each kind are in each state, of those kinds that it has. */
export async function countKinds(db: Db, quarter: string): Promise<KindCount[]> {
  const kinds = new Map<ExceptionLine["kind"], KindCount>();
  for (const { kind, standing, cases, ...one } of await readCases(db)) {
    if (one.quarter !== quarter) continue;
    const known = kinds.get(kind) ?? { kind, open: 0, deferred: 0, settled: 0 };
    const state = standing === "open" || standing === "deferred" ? standing : "settled";
    kinds.set(kind, { ...known, [state]: known[state] + cases });
  }
  return [...kinds.values()].sort((one, other) => (one.kind < other.kind ? -1 : 1));
}

export interface KindCount {
  kind: ExceptionLine["kind"];
  open: number;
  deferred: number;
  settled: number;
}

/** How a case stands, as its tally says it, and the state that people know it in. */
const STATES = {
  open: "open",
  deferred: "deferred",
  facts: "put_right",
  withdrawn: "withdrawn",
  rule_upheld: "decided",
  ruling: "decided",
  learning: "decided",
} as const satisfies Record<string, ExceptionLine["state"]>;

interface Cases {
  quarter: string;
  kind: ExceptionLine["kind"];
  standing: keyof typeof STATES;
  cases: number;
}

/** The log's cases as the database keeps count of them: a few lines a quarter, however many cases. */
async function readCases(db: Db): Promise<Cases[]> {
  const rows = await db.execute<Cases & Record<string, unknown>>(sql`
    select split_part(cell, '/', 1) as quarter, split_part(cell, '/', 2) as kind, counts_as as standing,
      sum(deals)::int as cases from (
        select cell, counts_as, deals from tallies where kind = 'cases'
        union all select cell, counts_as, deals from tally_changes where kind = 'cases') t
    group by 1, 2, 3 having sum(deals) > 0`);
  return [...rows];
}
