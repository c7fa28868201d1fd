import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { cut, readPlace } from "../place";
import type { DealSource } from "./deal-source";
import { LINE_COLUMNS, type LineRow, versionsOf } from "./deals-page";

/** What a list can be sorted by: the indexed expression over `d`, its type, and whether it may be null. */
const SORTS = {
  account: { by: sql`lower(d.account)`, type: "text", nullable: true },
  amount: { by: sql`d.amount`, type: "bigint", nullable: false },
  stage: { by: sql`d.stage`, type: "smallint", nullable: false },
  createdOn: { by: sql`d.created_on`, type: "date", nullable: false },
  closedOn: { by: sql`d.closed_on`, type: "date", nullable: true },
  expectedOn: { by: sql`v.expected_close_on`, type: "date", nullable: true },
  outcome: { by: sql`d.outcome`, type: "outcome", nullable: false },
  status: { by: sql`d.status`, type: "deal_status", nullable: false },
  owner: { by: sql`lower(d.owner)`, type: "text", nullable: false },
  /** Of an opened number: its sets apart (see `group`). */
  set: { by: sql`0::smallint`, type: "smallint", nullable: false },
  id: { by: sql`d.deal_id`, type: "text", nullable: false },
} as const;
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

type KeyedRow = LineRow & { key: string | null };

/**
 * A page of the deals that match, from where the one before it ended: as quick for the last page as for the
 * first. Ties go by id in the same direction, and deals without the key come last in either, by an index
 * walk of their own.
 */
export async function dealsPage(
  db: Db,
  source: DealSource,
  wanted: SQL,
  { sort, dir, after, limit, group }: Paging,
): Promise<{ rows: LineRow[]; next: string | null }> {
  const { type, nullable, ...known } = SORTS[sort];
  const by = sort === "set" && group ? group : known.by;
  const place = after === undefined ? null : readPlace(after);
  const direction = sql.raw(dir);
  const beyond = sql.raw(dir === "asc" ? ">" : "<");
  // One more than asked tells whether there is a next page.
  const ask = (among: SQL, order: SQL, most: number) =>
    db.execute<KeyedRow>(sql`
      select ${LINE_COLUMNS}, ${by}::text as key from ${source.table} d ${versionsOf(source)}
      where ${wanted} and ${among} order by ${order} limit ${most}`);
  const rows: KeyedRow[] = [];
  if (place === null || place[0] !== null) {
    const has = nullable ? sql`${by} is not null` : sql`true`;
    const from =
      place === null
        ? sql`true`
        : sql`(${by}, d.deal_id) ${beyond} (${place[0]}::${sql.raw(type)}, ${place[1]}::text)`;
    rows.push(
      ...(await ask(sql`${has} and ${from}`, sql`${by} ${direction}, d.deal_id ${direction}`, limit + 1)),
    );
  }
  if (nullable && rows.length <= limit) {
    const from = place !== null && place[0] === null ? sql`d.deal_id ${beyond} ${place[1]}` : sql`true`;
    rows.push(
      ...(await ask(sql`${by} is null and ${from}`, sql`d.deal_id ${direction}`, limit + 1 - rows.length)),
    );
  }
  const page = cut(rows, limit, ({ key }) => key);
  return { rows: page.rows.map(({ key: _key, ...row }) => row as LineRow), next: page.next };
}
