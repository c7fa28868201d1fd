import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { classify } from "@/lib/attribution/classify";
import type { Day } from "@/lib/attribution/facts";
import type { Grade, Outcome } from "@/lib/attribution/vocabulary";
import { GRADE_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";
import type { Source } from "@/lib/connectors/source";
import type { WrittenBack } from "@/lib/interchange/connection";
import { factsAndPolicy } from "@/lib/queries/deal/deal-facts";
import { dealPath } from "@/lib/text/addresses";
import { list } from "@/lib/text/words";
import { type Taken, whoIs } from "./connection-taken";

const DEALS_A_STEP = 200;
/** What a CRM's text field holds. A receipt is longer, and whole or nothing: its field is a long one. */
const LONGEST = 255;

interface Due extends Record<string, unknown> {
  id: string;
  version: number;
  outcome: Outcome;
  evidence: Grade | null;
  partners: string[];
  receipt: string | null;
  written: Record<string, string> | null;
}

/**
 * Writes back what was decided here of deals that the connection brought, to the fields that the company named, and only
 * what is not written so already.
 *
 * @returns how many deals it wrote to
 */
export async function writeBack(client: Client, one: Taken, source: Source, today: Day): Promise<number> {
  const named = Object.entries(one.settings.writeBack) as [WrittenBack, string][];
  if (named.length === 0) return 0;
  const base = await addressOf(client);
  let written = 0;
  for (;;) {
    const due = await dueOf(client, one);
    if (due.length === 0) return written;
    const told: Told[] = [];
    for (const deal of due) told.push({ deal, fields: await fieldsOf(client, deal, named, { base, today }) });
    const changed = told.filter(({ deal, fields }) => !isWritten(fields, deal.written ?? {}));
    const writings = changed.map(({ deal, fields }) => ({ dealId: deal.id, fields }));
    const refused = writings.length > 0 ? await source.write(writings) : new Map<string, string>();
    written += writings.length - refused.size;
    await note(client, one, told, refused);
  }
}

interface Told {
  deal: Due;
  fields: Record<string, string>;
}

const isWritten = (fields: Record<string, string>, written: Record<string, string>) =>
  Object.entries(fields).every(([name, value]) => written[name] === value);

/** Deals that have changed since they were looked at for writing. */
async function dueOf({ db }: Client, { id }: Taken): Promise<Due[]> {
  const rows = await db.execute<Due>(sql`
    select s.key as id, d.version, j.outcome, j.evidence, d.gate_receipt as receipt, s.written,
      array(select p.name from partner_outcomes o join partners p on p.id = o.partner_id
        where o.deal_id = d.id and o.outcome = j.outcome order by p.name) as partners
    from source_records s join deals d on d.id = s.key join judged_deals j on j.deal_id = d.id
    where s.connection_id = ${id} and s.kind = 'deals' and s.said is not null
      and s.written_version is distinct from d.version
    order by s.key limit ${DEALS_A_STEP}`);
  return [...rows];
}

async function fieldsOf(
  { db }: Client,
  deal: Due,
  named: readonly [WrittenBack, string][],
  { base, today }: { base: string | null; today: Day },
): Promise<Record<string, string>> {
  const { facts, inForce } = await factsAndPolicy(db, deal.id, today);
  const result = classify(inForce.policy, facts);
  const decided = result.partners.find(({ outcome }) => outcome === result.outcome);
  const values: Record<WrittenBack, string | null> = {
    outcome: OUTCOME_WORDS[deal.outcome].label,
    partner: list(deal.partners).slice(0, LONGEST),
    evidence: deal.evidence === null ? "" : GRADE_WORDS[deal.evidence].label,
    reason: (decided?.rule ?? "").slice(0, LONGEST),
    receipt: deal.receipt ?? "",
    link: base === null ? null : base + dealPath(deal.id),
  };
  return Object.fromEntries(
    named.flatMap(([name, field]) => (values[name] === null ? [] : [[field, values[name] as string]])),
  );
}

async function addressOf({ db }: Client): Promise<string | null> {
  const [row] = await db.execute<{ address: string | null }>(
    sql`select public_address as address from settings`,
  );
  return (row?.address ?? process.env.NEXTAUTH_URL ?? null)?.replace(/\/+$/, "") ?? null;
}

/** What was written, and why the rest could not be: a deal that was refused is tried again once it changes. */
async function note(
  client: Client,
  { id }: Taken,
  told: readonly Told[],
  refused: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = told.map(({ deal, fields }) => {
    const why = refused.get(deal.id);
    return {
      ...{ key: deal.id, version: deal.version, written: why === undefined ? fields : null },
      refused: why === undefined ? null : { key: deal.id, field: "write-back", value: "", reason: why },
    };
  });
  await guardedTransaction(client, whoIs(id), (tx) =>
    tx.execute(sql`
      update source_records s set written_version = r.version, written = coalesce(r.written, s.written),
        refused = case when r.refused is not null then r.refused
          when s.refused ->> 'field' = 'write-back' then null else s.refused end
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as r (key text, version integer, written jsonb, refused jsonb)
      where s.connection_id = ${id} and s.kind = 'deals' and s.key = r.key`),
  );
}
