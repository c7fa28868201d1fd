import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { recordsOf } from "@/db/merged-partners";
import { CLOSING_STAGES } from "@/lib/metrics/projected-deal";
import { readSeals, type Seal } from "@/lib/sealing/seals";
import { like } from "./like";

/** Where deals are read from: as they are judged now, or as a frozen quarter's seal has them. Same columns, same SQL. */
export interface DealSource {
  /** What stands after `from`, to be named `d`. */
  table: SQL;
  seal: Seal | null;
  /** They are those of a past day: what is shown is not what may be edited. */
  past?: boolean;
  /** Partner id → what it is called, as it is now or as it was sealed. */
  namesOf(partnerIds: readonly string[]): Promise<ReadonlyMap<string, Called>>;
  /** Ids of the partners whose names, each after a space, hold a text, any case. */
  partnersNamed(text: string): Promise<string[]>;
  /** The id of the deal that a text is the whole id of, any case; null when there is none. */
  dealCalled(text: string): Promise<string | null>;
  /** A partner's records: its own, and those that became it, which closed and frozen deals go on naming. */
  recordsOf(partnerId: string): Promise<string[]>;
  /** Ids of the partners whose relationship a person owns. */
  partnersOf(userId: string): Promise<string[]>;
}

/** A partner's name: of a record that became another one, the other's, and the one that the deal was closed with. */
export interface Called {
  name: string;
  recordedAs?: string;
}

/** The names of these partners as they are now. */
export async function partnersCalled(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Called>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{ id: string; name: string; recordedAs: string | null }>(sql`
    select p.id, coalesce(m.name, p.name) as name, case when m.name <> p.name then p.name end as "recordedAs"
    from partners p left join partners m on m.id = p.merged_into where p.id = any(${sql.param(ids)}::text[])`);
  return new Map(
    [...rows].map(({ id, name, recordedAs }) => [id, { name, ...(recordedAs && { recordedAs }) }]),
  );
}

/** The deals as judging keeps them. */
export function livingDeals(db: Db): DealSource {
  return {
    table: sql`judged_deals`,
    seal: null,
    namesOf: (ids) => partnersCalled(db, ids),
    // By the old name as well, which people remember.
    partnersNamed: (text) =>
      partnerIds(
        db,
        sql`' ' || name ilike ${like(text)}
          or merged_into in (select m.id from partners m where ' ' || m.name ilike ${like(text)})`,
      ),
    dealCalled: (text) => dealCalled(db, sql`judged_deals`, text),
    recordsOf: (partnerId) => recordsOf(db, partnerId),
    partnersOf: (userId) => partnerIds(db, ownedBy(userId)),
  };
}

/** Whoever looks after a partner looks after all its records. */
const ownedBy = (userId: string) =>
  sql`coalesce(merged_into, id) in (select id from partners where owner_id = ${userId})`;

async function partnerIds(db: Db, among: SQL): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`select id from partners where ${among}`);
  return [...rows].map(({ id }) => id);
}

/** Of what is past nothing is kept of when somebody expected a deal to close: it closes soon by its stage alone. */
export const UNEXPECTED = sql`null::date as expected_on,
  state = 'open' and stage in (${sql.raw(CLOSING_STAGES.join(", "))}) as closes_soon`;

function sealedDeals(db: Db, seal: Seal): DealSource {
  const names = new Map(Object.entries(seal.header.partners));
  const table = sql`(select *, ${UNEXPECTED} from sealed_deals where quarter = ${seal.quarter})`;
  return {
    table,
    seal,
    namesOf: async () => new Map([...names].map(([id, name]) => [id, { name }])),
    partnersNamed: async (text) =>
      [...names]
        .filter(([, name]) => ` ${name}`.toLowerCase().includes(text.toLowerCase()))
        .map(([id]) => id),
    dealCalled: (text) => dealCalled(db, table, text),
    recordsOf: (partnerId) => recordsOf(db, partnerId),
    partnersOf: (userId) => partnerIds(db, ownedBy(userId)),
  };
}

async function dealCalled(db: Db, table: SQL, text: string): Promise<string | null> {
  const written = [text, text.toUpperCase(), text.toLowerCase()];
  const [row] = await db.execute<{ id: string }>(
    sql`select d.deal_id as id from ${table} d where d.deal_id = any(${sql.param(written)}::text[]) limit 1`,
  );
  return row?.id ?? null;
}

/** The source of a quarter's numbers: its seal once it is frozen. */
export async function sourceOf(db: Db, quarter: string): Promise<DealSource> {
  const seal = (await readSeals(db, [quarter])).get(quarter);
  return seal ? sealedDeals(db, seal) : livingDeals(db);
}
