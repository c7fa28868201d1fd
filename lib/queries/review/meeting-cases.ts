import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { inMeetingOrder } from "@/lib/metrics/meeting-order";
import type { SealHeader } from "@/lib/sealing/seal";
import { exceptionLines } from "../exception/exception-lines";
import { EXCEPTION_KINDS, type ExceptionLine } from "../exception/exception-shapes";
import { readPlace, writePlace } from "../place";
import { sealedLines } from "./sealed-lines";

/** So many cases come with the review itself: more than most quarters have. */
export const CASES_A_PAGE = 500;

/** A page of a quarter's cases in the order of the meeting, and where the next one begins. */
export interface CasesPage {
  rows: ExceptionLine[];
  next: string | null;
}

interface Paging {
  /** Where the page before ended. */
  after?: string | undefined;
  limit: number;
}

type Kind = ExceptionLine["kind"];

/** The living log's: a walk of one index a kind, the kind with the most at stake first. */
export async function meetingCases(
  db: Db,
  today: Day,
  quarter: string,
  { after, limit }: Paging,
): Promise<CasesPage> {
  const place = after === undefined ? null : readReached(after);
  const kinds = await kindsInOrder(db, quarter);
  const rows: ExceptionLine[] = [];
  for (const kind of kinds.slice(place ? Math.max(0, kinds.indexOf(place.kind)) : 0)) {
    if (rows.length > limit) break;
    const beyond =
      place?.kind === kind
        ? sql`(e.amount < ${place.amount}::bigint or e.amount = ${place.amount}::bigint and e.id > ${place.id})`
        : sql`true`;
    const among = sql`e.quarter = ${quarter} and e.kind = ${kind}::exception_kind and ${beyond}`;
    rows.push(
      ...(await exceptionLines(db, today, among, { limit: limit + 1 - rows.length, order: "amount" })),
    );
  }
  return cutAt(rows, limit);
}

/** The same of a frozen quarter, from its seal. */
export function sealedCases(header: SealHeader, { after, limit }: Paging): CasesPage {
  const rows = inMeetingOrder(sealedLines(header));
  const place = after === undefined ? null : readReached(after);
  const from = place ? rows.findIndex(({ id }) => id === place.id) + 1 : 0;
  return cutAt(rows.slice(from, from + limit + 1), limit);
}

function cutAt(rows: readonly ExceptionLine[], limit: number): CasesPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? writePlace([`${last.kind} ${last.amount}`, last.id]) : null;
  return { rows: page, next };
}

async function kindsInOrder(db: Db, quarter: string): Promise<Kind[]> {
  const rows = await db.execute<{ kind: Kind }>(sql`
    select k.kind::text as kind from unnest(enum_range(null::exception_kind)) k (kind)
    cross join lateral (select e.amount, e.id from exceptions e where e.quarter = ${quarter} and e.kind = k.kind
      order by e.amount desc, e.id limit 1) most
    order by most.amount desc, most.id`);
  return [...rows].map(({ kind }) => kind);
}

function readReached(after: string): { kind: Kind; amount: string; id: string } {
  const [key, id] = readPlace(after);
  const [, word, amount] = /^(\w+) (\d{1,15})$/.exec(key ?? "") ?? [];
  const kind = EXCEPTION_KINDS.find((one) => one === word);
  if (!kind || amount === undefined)
    return refuse("after", after, "is where a page ended, as `next` gave it");
  return { kind, amount, id };
}
