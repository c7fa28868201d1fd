import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { cut, type Place, readPlace } from "../place";
import type { AskedDeals } from "./asked-deals";
import type { DealSource } from "./deal-source";
import { LINE_COLUMNS, type LineRow, versionsOf } from "./deals-page";
import { newestOf, type Way } from "./deals-ways";

interface Sort {
  /** The indexed expression over `d`, and its type. */
  by: SQL;
  type: string;
  /** That it has a value, as its index says it; null where every deal has. */
  has: SQL | null;
}

/** What a list can be sorted by. */
const SORTS = {
  account: { by: sql`lower(d.account)`, type: "text", has: sql`lower(d.account) is not null` },
  amount: { by: sql`d.amount`, type: "bigint", has: null },
  stage: { by: sql`d.stage`, type: "smallint", has: null },
  createdOn: { by: sql`d.created_on`, type: "date", has: null },
  closedOn: { by: sql`d.closed_on`, type: "date", has: sql`d.closed_on is not null` },
  expectedOn: {
    by: sql`d.expected_on`,
    type: "date",
    // Only an open one has it: said besides, since a planner would take the two for rare together.
    has: sql`d.expected_on is not null and d.state = 'open'`,
  },
  outcome: { by: sql`d.outcome`, type: "outcome", has: null },
  status: { by: sql`d.status`, type: "deal_status", has: null },
  owner: { by: sql`lower(d.owner)`, type: "text", has: null },
  /** Of an opened number: its sets apart (see `group`). */
  set: { by: sql`0::smallint`, type: "smallint", has: null },
  id: { by: sql`d.deal_id`, type: "text", has: null },
} as const satisfies Record<string, Sort>;
export type DealSort = keyof typeof SORTS;
export const DEAL_SORTS = Object.keys(SORTS) as [DealSort, ...DealSort[]];

export interface Paging {
  sort: DealSort;
  dir: "asc" | "desc";
  /** A cursor as an earlier page gave it. */
  after: string | undefined;
  limit: number;
  /** Over `d`: what `set` sorts by, where a number is opened. */
  group?: SQL;
}

/** A page, and where the next one begins. */
interface Page {
  rows: LineRow[];
  next: string | null;
}

type KeyedRow = LineRow & { key: string | null };

/**
 * A page of the deals that match, from where the one before it ended: as quick for the last page as for the
 * first. Ties go by id in the same direction, and deals without the key come last in either, by an index
 * walk of their own.
 */
export async function dealsPage(
  db: Db,
  { source, wanted, ways }: Pick<AskedDeals, "source" | "wanted" | "ways">,
  { sort, dir, after, limit, group }: Paging,
): Promise<Page> {
  const place = after === undefined ? null : readPlace(after);
  if (ways && sort === "createdOn") return newestPage(db, source, ways, { dir, place, limit });
  const { type, has, ...known } = SORTS[sort];
  const by = sort === "set" && group ? group : known.by;
  const direction = sql.raw(dir);
  // One more than asked tells whether there is a next page.
  const ask = (among: SQL, order: SQL, most: number) =>
    db.execute<KeyedRow>(sql`
      select ${LINE_COLUMNS}, ${by}::text as key from ${source.table} d ${versionsOf(source)}
      where ${wanted} and ${among} order by ${order} limit ${most}`);
  const rows: KeyedRow[] = [];
  if (place === null || place[0] !== null) {
    const from = beyond(place, { dir, by, id: sql`d.deal_id`, type });
    const order = sql`${by} ${direction}, d.deal_id ${direction}`;
    rows.push(...(await ask(sql`${has ?? sql`true`} and ${from}`, order, limit + 1)));
  }
  if (has && rows.length <= limit) {
    const from =
      place !== null && place[0] === null ? sql`d.deal_id ${sql.raw(BEYOND[dir])} ${place[1]}` : sql`true`;
    rows.push(
      ...(await ask(sql`${by} is null and ${from}`, sql`d.deal_id ${direction}`, limit + 1 - rows.length)),
    );
  }
  return pageOf(rows, limit);
}

/** The same of partners' deals by their creation, from the walk over what is kept of each partner. */
async function newestPage(
  db: Db,
  source: DealSource,
  ways: readonly Way[],
  { dir, place, limit }: { dir: Paging["dir"]; place: Place | null; limit: number },
): Promise<Page> {
  const direction = sql.raw(dir);
  const reach = {
    dir: direction,
    limit: limit + 1,
    beyond: (alias: string) => {
      const [by, id] = [sql.raw(`${alias}.created_on`), sql.raw(`${alias}.deal_id`)];
      return beyond(place, { dir, by: sql`${by}`, id: sql`${id}`, type: "date" });
    },
  };
  const rows = await db.execute<KeyedRow>(sql`
    select ${LINE_COLUMNS}, f.created_on::text as key from (${newestOf(ways, reach)}) f
    join judged_deals d on d.deal_id = f.deal_id ${versionsOf(source)}
    order by f.created_on ${direction}, f.deal_id ${direction}`);
  return pageOf([...rows], limit);
}

const BEYOND = { asc: ">", desc: "<" } as const;

/** That a line comes after a place, in that order. */
function beyond(
  place: Place | null,
  { dir, by, id, type }: { dir: Paging["dir"]; by: SQL; id: SQL; type: string },
): SQL {
  if (place === null) return sql`true`;
  return sql`(${by}, ${id}) ${sql.raw(BEYOND[dir])} (${place[0]}::${sql.raw(type)}, ${place[1]}::text)`;
}

function pageOf(keyed: readonly KeyedRow[], limit: number): Page {
  const { rows, next } = cut(keyed, limit, ({ key }) => key);
  return { rows: rows.map(({ key: _key, ...row }) => row as LineRow), next };
}
