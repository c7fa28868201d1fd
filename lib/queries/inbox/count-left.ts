import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { THE_HOUSE } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import type { InboxKind } from "@/lib/metrics/inbox-kinds";
import type { Asked } from "./kind";
import { KINDS } from "./kinds";
import { askedBy, factsOf, itemsOf, named, PLACE } from "./read-items";

/** How many of a kind are left to somebody: a person, else a desk, else nobody. */
export interface Left {
  kind: InboxKind;
  ownerId: string | null;
  desk: UserRole | null;
  items: number;
}

type AnyKind = (typeof KINDS)[number];

/** Candidates that the heart is asked about at a time. */
const BATCH = 1_000;

/**
 * What is left in everybody's inbox, without a bound: what somebody put off is left all the same. Kinds that the heart
 * refines are walked by deal, a batch in memory at a time.
 */
export async function countLeft(db: Db, today: Day, batch = BATCH): Promise<Left[]> {
  const asked = await askedBy({ db, actor: THE_HOUSE, today }, "all");
  const left: Left[] = [];
  for (const kind of KINDS)
    left.push(...(await (kind.refined ? countRefined(db, kind, asked, batch) : countRows(db, kind, asked))));
  return left;
}

/** Whose it is: given to a person, theirs by itself, or a desk's. */
const WHOSE = sql`coalesce(x.to_id, x.owner_id) as "ownerId",
  case when coalesce(x.to_id, x.owner_id) is null then x.desk end as desk`;

async function countRows(db: Db, kind: AnyKind, asked: Asked): Promise<Left[]> {
  const rows = await db.execute<Omit<Left, "kind"> & Record<string, unknown>>(sql`
    select ${WHOSE}, count(*)::int as items from (${itemsOf(kind, asked)}) x group by 1, 2`);
  return [...rows].map((row) => ({ ...row, kind: kind.kind }));
}

async function countRefined(db: Db, kind: AnyKind, asked: Asked, batch: number): Promise<Left[]> {
  const counts = new Map<string, Left>();
  for (let after = { dealId: "", subjectId: "" }; ; ) {
    const found = await named(
      db,
      sql`select x.* from (${itemsOf(kind, asked)}) x
        where (${PLACE}) > (${after.dealId}, ${after.subjectId}) order by ${PLACE} limit ${batch}`,
    );
    const facts = await factsOf(db, found, asked);
    for (const one of found) {
      if (kind.item(one as never, asked, facts) === null) continue;
      const [ownerId, desk] = [one.owner?.id ?? null, one.owner ? null : one.desk];
      const key = JSON.stringify([ownerId, desk]);
      const items = (counts.get(key)?.items ?? 0) + 1;
      counts.set(key, { kind: kind.kind, ownerId, desk, items });
    }
    const last = found.at(-1);
    if (!last || found.length < batch) return [...counts.values()];
    after = { dealId: last.dealId!, subjectId: last.subjectId };
  }
}
