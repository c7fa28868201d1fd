import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { policyBook } from "@/lib/judging/policy-book";
import type { InboxKind } from "@/lib/metrics/inbox-kinds";
import { readCompany } from "../company/company";
import { windowOf } from "../partner/standing";
import { type FactsRead, readFacts } from "./facts-read";
import type { Asked, Found } from "./kind";
import { KINDS } from "./kinds";
import { isTheirs, readWhose, type Scope } from "./whose";

/** What items of a kind are asked with, for a person or for all. */
export async function askedBy(
  { db, actor, today }: { db: Db; actor: Actor; today: Day },
  scope: Scope,
  snoozed = false,
): Promise<Asked> {
  const [whose, book, window, company] = await Promise.all([
    readWhose(db, actor, scope),
    policyBook(db),
    windowOf(db, today),
    readCompany(db),
  ]);
  const { policy } = book.onDay(today);
  return { actor, today, whose, policy, window, answerDays: company.registrationAnswerDays, snoozed };
}

/** An item, and its kind's own words for it. */
export type Item = Found & { says: object };

/** Of each kind what was found up to the bound, and whether there is more. */
export interface Items {
  kind: InboxKind;
  items: Item[];
  more: boolean;
}

/**
 * The items of every kind in one statement, each kind up to `bound`, with what the heart says of the few that ask it.
 * A kind is walked in the order of an index; beyond the bound nothing is read.
 */
export async function readItems(db: Db, asked: Asked, bound: number): Promise<Items[]> {
  const bodies = KINDS.map((kind) => sql`(${itemsOf(kind, asked)} limit ${bound + 1})`);
  const found = await named(db, sql.join(bodies, sql` union all `));
  const byKind = new Map(KINDS.map(({ kind }) => [kind, found.filter((one) => one.kind === kind)]));
  const facts = await factsOf(
    db,
    KINDS.flatMap((kind) => (kind.reads ? (byKind.get(kind.kind)?.slice(0, bound) ?? []) : [])),
    asked,
  );
  return KINDS.map(({ kind, item }) => {
    const all = byKind.get(kind) ?? [];
    const items = all.slice(0, bound).flatMap((one) => {
      const says = item(one as Found<never>, asked, facts);
      return says === null ? [] : [{ ...one, says }];
    });
    return { kind, items: items.sort(bySince), more: all.length > bound };
  });
}

/** What is due first, then what waits longest. */
function bySince(one: Item, other: Item): number {
  const [a, b] = [one, other].map(
    ({ dueOn, since, subjectId }) => `${dueOn ?? "9999"} ${since} ${subjectId}`,
  );
  return a! < b! ? -1 : 1;
}

/** A kind's items that are asked for, with to whom each was given and until when it was put off: `x`, `g` and `z`. */
export const itemsOf = ({ kind, rows }: (typeof KINDS)[number], asked: Asked): SQL => sql`
  select ${kind} as kind, x.*, g.to_id, g.by_id, g.delegated_on, z.until from (${rows(asked)}) x
  left join lateral (select n.to_id, n.by_id, n.delegated_on from inbox_delegations n
    join users u on u.id = n.to_id and u.disabled_at is null
    where n.kind = ${kind}::inbox_kind and n.subject_id = x.subject_id
      and n.deal_id is not distinct from x.deal_id) g on true
  left join inbox_snoozes z on z.user_id = ${asked.actor.userId} and z.kind = ${kind}::inbox_kind
    and z.subject_id = x.subject_id and z.until > ${asked.today}::date
  where ${isTheirs(asked.whose)} and z.until is ${asked.snoozed ? sql`not null` : sql`null`}`;

/** Where an item stands among those of a kind, whatever its columns are made of. */
export const PLACE = sql`x.deal_id collate "C", x.subject_id collate "C"`;

/** Items in order of place, with the names and the deal that every kind shows. */
export async function named(db: Db, items: SQL): Promise<Found[]> {
  const found = await db.execute<Found>(sql`
    with x as (${items})
    select x.kind, x.subject_id as "subjectId", x.deal_id as "dealId", x.partner_id as "partnerId",
      case when x.to_id is not null then json_build_object('by', coalesce(b.name, ''), 'on', x.delegated_on) end as given,
      x.until::text as "snoozedUntil", x.since::text as since, x.due::text as "dueOn", x.about, x.desk, p.name as "partnerName",
      coalesce(d.account, c.name) as account,
      case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end as owner,
      case when d.deal_id is not null then json_build_object('owner', d.owner, 'state', d.state, 'closedOn', d.closed_on,
        'monthLocked', exists (select from locked_months m where m.month = to_char(d.closed_on, 'YYYY-MM')),
        'stage', d.stage, 'amount', d.amount, 'currency', d.currency, 'expectedCloseOn', d.expected_on) end as deal
    from x left join judged_deals d on d.deal_id = x.deal_id
    left join accounts c on c.id = x.account_id left join partners p on p.id = x.partner_id
    left join users u on u.id = coalesce(x.to_id, x.owner_id) left join users b on b.id = x.by_id
    order by ${PLACE}`);
  return [...found];
}

/** The facts of what was found of kinds that read them. */
export const factsOf = (db: Db, found: readonly Found[], { today }: Asked): Promise<FactsRead> =>
  readFacts(
    db,
    found.map(({ dealId }) => dealId!),
    today,
  );
