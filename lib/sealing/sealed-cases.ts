import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { ContestedFacts } from "@/lib/attribution/contested";
import { readDiscussions } from "./discussion";
import type { SealedException, SealedVote } from "./seal";

/** Id and name of a row, as JSON; null where there is none. */
const named = (table: "users" | "partners", column: string) =>
  sql.raw(`(select json_build_object('id', n.id, 'name', n.name) from ${table} n where n.id = ${column})`);

interface CaseRow
  extends Record<string, unknown>,
    Omit<SealedException, "votes" | "discussion" | "contested" | "deal" | "deferred"> {
  deal: SealedException["deal"];
  deferred: SealedException["deferred"];
  facts: unknown;
}

/** The exceptions of a quarter as they stand, with the names that they have now, in order of id. */
export async function readCases(db: Db, quarter: string): Promise<SealedException[]> {
  const rows = await db.execute<CaseRow>(sql`
    select e.id, e.deal_id as "dealId", d.account, e.kind::text as kind, e.origin::text as origin,
      case when d.id is not null then json_build_object('owner', d.owner, 'state', d.outcome,
        'closedOn', d.closed_on, 'outcome', coalesce(o.outcome, 'none')) end as deal,
      e.amount::float8 as amount, e.currency, e.claim, e.opened_on::text as "openedOn", e.settlement,
      e.settled_on::text as "settledOn", e.version, e.facts, e.became,
      coalesce(e.kind::text = any(o.gray::text[]), false) as "stillGray",
      case when e.deferred_to is not null then json_build_object('to', ${named("users", "e.deferred_to")},
        'until', e.deferred_until) end as deferred,
      ${named("partners", "e.partner_id")} as partner, ${named("users", "e.raised_by")} as "raisedBy",
      ${named("users", "e.owner_id")} as owner
    from exceptions e left join deals d on d.id = e.deal_id left join judged_deals o on o.deal_id = e.deal_id
    where e.quarter = ${quarter} order by e.id`);
  const votes = await db.execute<SealedVote & { exceptionId: string } & Record<string, unknown>>(sql`
    select v.exception_id as "exceptionId", v.side::text as side, ${named("users", "v.user_id")} as by,
      v.decision::text as decision, ${named("partners", "v.partner_id")} as partner, v.model::text as model,
      v.outcome::text as outcome, v.reason,
      to_char(v.voted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from exception_votes v join exceptions e on e.id = v.exception_id
    where e.quarter = ${quarter} order by v.exception_id, v.side`);
  const votesOf = new Map<string, SealedVote[]>();
  for (const { exceptionId, ...vote } of votes)
    votesOf.set(exceptionId, [...(votesOf.get(exceptionId) ?? []), vote]);
  const discussions = await readDiscussions(db, sql`e.quarter = ${quarter}`);
  return [...rows].map(({ facts, ...row }) => ({
    ...row,
    contested: contestedFacts(facts),
    votes: votesOf.get(row.id) ?? [],
    discussion: discussions.get(row.id) ?? [],
  }));
}

/** The contested facts of a case as its row keeps them. */
export function contestedFacts(stored: unknown): Omit<ContestedFacts, "ids"> {
  const { registrations = [], roles = [], activities = [], rulings = [] } = stored as Partial<ContestedFacts>;
  return { registrations, roles, activities, rulings };
}

/** Names of the partners that the contested facts are about, by id. */
export async function contestedPartners(
  db: Db,
  cases: readonly Pick<SealedException, "contested">[],
): Promise<Record<string, string>> {
  const ids = cases.flatMap(({ contested }) =>
    Object.values(contested)
      .flat()
      .map((fact) => fact.partnerId),
  );
  const rows = await db.execute<{ id: string; name: string }>(
    sql`select id, name from partners where id = any(${sql.param([...new Set(ids)])}::text[])`,
  );
  return Object.fromEntries([...rows].map(({ id, name }) => [id, name]));
}

/** Closed deals of a quarter that somebody or the facts contested, whatever it came to but facts put right (§8.6). */
export function grayOf(
  cases: readonly SealedException[],
  closedIds: Pick<ReadonlySet<string>, "has" | "size">,
): { gray: number; closed: number } {
  const stood = cases.filter(({ settlement }) => settlement !== "facts" && settlement !== "withdrawn");
  const gray = new Set(stood.map(({ dealId }) => dealId).filter((id) => closedIds.has(id)));
  return { gray: gray.size, closed: closedIds.size };
}
