import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import { classify } from "@/lib/attribution/classify";
import { contestedFacts, factsWithIds, partnerOf } from "@/lib/attribution/contested";
import type { Day } from "@/lib/attribution/facts";
import type { GrayCode } from "@/lib/attribution/vocabulary";
import type { LoadedDeal } from "./facts";
import { calendarIn, logQuarters } from "./log-quarter";
import { dealOf, onlyAdded, type Snapshot } from "./only-added";
import type { PolicyBook } from "./policy-book";
import type { Judged } from "./save";

/** How the judged facts came. */
export interface Finding {
  /** They mirror what another system recorded, each with its day: an import. */
  mirrors: boolean;
}

/** The branch of the deals' loading that brings their exceptions. */
export const knownExceptions = (dealIds: readonly string[]) => sql`
  select 'exception', e.deal_id, e.id, e.kind::text, e.quarter || ' ' || e.falls_on, (e.origin = 'found')::text
      || (case when exists (select from sealed_quarters q where q.quarter = e.quarter) then ' frozen' else '' end),
    e.settlement, e.facts::text
  from exceptions e where e.deal_id = any(${sql.param(dealIds)}::text[])`;

/** An exception of the log, as far as finding asks. */
interface Known {
  id: string;
  kind: GrayCode | "other";
  quarter: string;
  fallsOn: Day;
  found: boolean;
  settlement: string | null;
  /** The quarter it stands in is frozen, so it stays there. */
  frozen: boolean;
  /** The facts that made it one, as they stood when it was opened. */
  facts: Snapshot;
}

/**
 * Keeps the log as judging finds it (domain.md §6, §8.6): opens an exception for each gray area in the
 * quarter of the deal's close, or of today while it is open, past those that are frozen; moves it when that
 * quarter changes; closes it when what was missing was added before the close. Where a fact that made it gray was
 * changed or withdrawn, or after the close, it stays open: the two sides decide. What they decided is not asked again. Nothing where nothing is
 * gray, and at most four statements for any number of deals.
 */
export async function saveExceptions(
  tx: Tx,
  judged: readonly Judged[],
  policies: PolicyBook,
  { mirrors }: Finding,
): Promise<void> {
  const cases = judged.map((one) => ({ one, known: knownOf(one.loaded) }));
  const concerned = cases.filter(({ one, known }) => known.length > 0 || one.result.gray.length > 0);
  if (concerned.length === 0) return;
  const { year, frozen } = calendarIn(judged.map(({ loaded }) => loaded));
  const quarterFor = logQuarters(year, frozen);
  const opened: Opened[] = [];
  const moved: Moved[] = [];
  const closed: { id: string; on: Day }[] = [];
  for (const { one, known } of concerned) {
    const { facts, result } = one;
    const fallsOn = facts.deal.closedOn ?? facts.asOf;
    const quarter = quarterFor(fallsOn);
    for (const {
      id,
      kind,
      quarter: was,
      fallsOn: fell,
      found,
      settlement,
      frozen,
      facts: snapshot,
    } of known) {
      if (settlement !== null) continue;
      if (
        found &&
        !result.gray.includes(kind as GrayCode) &&
        onlyAdded(facts, snapshot, kind as GrayCode) &&
        wasPutRight(one, kind as GrayCode, policies, mirrors)
      )
        closed.push({ id, on: facts.asOf });
      else if (!frozen && (was !== quarter || (facts.deal.closedOn ?? fell) !== fell))
        moved.push({ id, quarter, falls_on: fallsOn });
    }
    for (const code of result.gray) {
      const before = known.filter(({ kind, found }) => found && kind === code);
      if (before.every(({ settlement }) => settlement === "facts"))
        opened.push(openedBy(one, code, { quarter, falls_on: fallsOn }, before.length, policies));
    }
  }
  if (opened.length > 0) await open(tx, opened);
  if (moved.length > 0) await move(tx, moved);
  if (closed.length > 0) await close(tx, mirrors ? await forget(tx, closed) : closed);
}

function knownOf({ more }: LoadedDeal): Known[] {
  return more
    .filter(({ kind }) => kind === "exception")
    .map(({ a: id, b: kind, c: placed, d: found, e: settlement, f: snapshot }) => ({
      id,
      kind: kind as Known["kind"],
      quarter: placed!.split(" ")[0]!,
      fallsOn: placed!.split(" ")[1]!,
      found: found!.startsWith("true"),
      settlement,
      frozen: found!.endsWith("frozen"),
      facts: JSON.parse(snapshot!) as Snapshot,
    }));
}

/**
 * Whether a gray area that is gone was gone by the close. An edit of today to a closed deal came after it;
 * of what an import mirrors, the days of record tell, so the deal is judged as it stood on its close day.
 */
function wasPutRight({ facts }: Judged, code: GrayCode, policies: PolicyBook, mirrors: boolean): boolean {
  const { closedOn } = facts.deal;
  if (closedOn === null) return true;
  if (!mirrors) return false;
  const { policy } = policies.judging(facts.deal, facts.asOf);
  return !classify(policy, { ...facts, asOf: closedOn }).gray.includes(code);
}

interface Placed {
  quarter: string;
  falls_on: Day;
}

interface Moved extends Placed {
  id: string;
}

interface Opened extends Moved {
  deal_id: string;
  kind: GrayCode;
  partner_id: string | null;
  amount: number;
  currency: string;
  facts: unknown;
  opened_on: Day;
}

function openedBy(
  { facts, result }: Judged,
  kind: GrayCode,
  placed: Placed,
  nth: number,
  policies: PolicyBook,
): Opened {
  const { id, amount, currency } = facts.deal;
  const { policy } = policies.judging(facts.deal, facts.asOf);
  const contested = factsWithIds(facts, contestedFacts(kind, facts, { policy, result }));
  return {
    id: foundId(id, kind, nth),
    deal_id: id,
    ...placed,
    kind,
    partner_id: partnerOf(contested),
    amount,
    currency,
    facts: { ...contested, deal: dealOf(facts) } satisfies Snapshot,
    opened_on: facts.asOf,
  };
}

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The id of the nth exception found for a deal and gray area: finding them all anew gives the same ids. */
function foundId(dealId: string, kind: string, nth: number): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([dealId, kind, nth]))
    .digest();
  return `E-${[...digest.subarray(0, 12)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("")}`;
}

/** Whoever looks after the partner owns it, until somebody is assigned. */
async function open(tx: Tx, opened: readonly Opened[]): Promise<void> {
  await tx.execute(sql`
    with found as (
      select * from json_to_recordset(${JSON.stringify(opened)}::text::json) as r (
        id text, deal_id text, quarter text, falls_on date, kind exception_kind, partner_id text, amount bigint,
        currency char(3), facts jsonb, opened_on date)
    ), added as (
      insert into exceptions (id, deal_id, quarter, falls_on, kind, partner_id, origin, amount, currency, facts,
        owner_id, opened_on, demo)
      select f.id, f.deal_id, f.quarter, f.falls_on, f.kind, f.partner_id, 'found', f.amount, f.currency, f.facts,
        p.owner_id, f.opened_on, d.demo
      from found f join deals d on d.id = f.deal_id left join partners p on p.id = f.partner_id
      on conflict do nothing
      returning id, kind
    )
    insert into exception_notes (id, exception_id, kind, text)
    select 'N-' || substr(id, 3) || '-opened', id, 'opened', 'Found in the facts' from added`);
}

async function move(tx: Tx, moved: readonly Moved[]): Promise<void> {
  await tx.execute(sql`
    update exceptions e set quarter = r.quarter, falls_on = r.falls_on,
      version = e.version + (e.quarter <> r.quarter)::int
    from json_to_recordset(${JSON.stringify(moved)}::text::json) as r (id text, quarter text, falls_on date)
    where e.id = r.id`);
}

/**
 * An import lands in parts, and what is gray in some of its facts may not be in all: that was never a case.
 * It leaves the log, unless somebody touched it or a day has passed. Gives back those that stay, to be closed.
 */
async function forget(tx: Tx, closed: readonly { id: string; on: Day }[]) {
  const ids = closed.map(({ id }) => id);
  const rows = await tx.execute<{ id: string }>(sql`
    delete from exceptions e
    where id = any(${sql.param(ids)}::text[]) and origin = 'found' and version = 1
      and opened_at > now() - interval '1 day'
      and not exists (select from exception_votes v where v.exception_id = e.id)
      and not exists (select from exception_notes n where n.exception_id = e.id and n.kind <> 'opened')
      and not exists (select from sealed_quarters q where q.quarter = e.quarter)
    returning id`);
  const gone = new Set([...rows].map(({ id }) => id));
  return closed.filter(({ id }) => !gone.has(id));
}

async function close(tx: Tx, closed: readonly { id: string; on: Day }[]): Promise<void> {
  if (closed.length === 0) return;
  await tx.execute(sql`
    with gone as (
      select * from json_to_recordset(${JSON.stringify(closed)}::text::json) as r (id text, "on" date)
    ), noted as (
      insert into exception_notes (id, exception_id, kind, text)
      select 'N-' || substr(id, 3) || '-closed', id, 'closed_by_facts', 'What was missing was added before the close'
      from gone
    )
    update exceptions e set settled_at = now(), settled_on = g."on", settlement = 'facts',
      version = e.version + 1
    from gone g where e.id = g.id`);
}

/** Closes what is open about deals that leave the CRM: there is nothing left to decide about. */
export async function closeWithDeals(tx: Tx, dealIds: readonly string[], today: Day): Promise<void> {
  await tx.execute(sql`
    with gone as (
      update exceptions set settled_at = now(), settled_on = ${today}::date, settlement = 'facts',
        version = version + 1
      where deal_id = any(${sql.param(dealIds)}::text[]) and settled_at is null
      returning id
    )
    insert into exception_notes (id, exception_id, kind, text)
    select 'N-' || substr(id, 3) || '-deleted', id, 'closed_by_facts', 'The deal was deleted' from gone`);
}
