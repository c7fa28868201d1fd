import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Actor } from "@/lib/auth/actor";
import { parseQuarter, quarterOf } from "@/lib/calendar";
import {
  mayAssignException,
  mayDecideException,
  mayDecideExceptions,
  mayDeferException,
  type OfException,
  sideOf,
} from "@/lib/commands/exception/guards";
import { maySay } from "@/lib/commands/guard";
import { minorDigits } from "@/lib/money";
import { readSeals, type Seal } from "@/lib/sealing/seals";
import { readCompany } from "../company/company";
import { defineQuery } from "../query";
import { exceptionsListShape } from "../review/review-shapes";
import { sealedLines, sealedStates, shareOf } from "../review/sealed-lines";
import { idShape, quarterShape } from "../shapes";
import { countStates, exceptionLines, grayShare, isInState, NO_STATES, precedents } from "./exception-lines";
import { EXCEPTION_KINDS, EXCEPTION_STATES, type ExceptionLine, SIDES } from "./exception-shapes";

/** A quarter's exceptions log (§8.6). */
export const exceptionsList = defineQuery({
  name: "exceptions-list",
  summary: "A quarter's gray cases: what is contested, at stake, and who decides.",
  input: z.strictObject({
    /** Today's when absent. */
    quarter: quarterShape.optional(),
    state: z.enum(EXCEPTION_STATES).optional(),
    kind: z.enum(EXCEPTION_KINDS).optional(),
    ownerId: idShape.optional(),
    partnerId: idShape.optional(),
    /** At least this much at stake, in whole units of each deal's own currency. */
    least: z.int().min(0).max(1_000_000_000_000).optional(),
    /** Those of which a side has still to say something: it has not decided, or the two differ. */
    awaits: z.enum(SIDES).optional(),
    dealId: idShape.optional(),
    offset: z.int().min(0).max(1_000_000).default(0),
    limit: z.int().min(1).max(2000).default(500),
  }),
  output: exceptionsListShape,
  async run({ db, actor, today }, { quarter: label, offset, limit, ...asked }) {
    const { fiscalYear } = await readCompany(db);
    const quarter = label ? parseQuarter(label, fiscalYear) : quarterOf(today, fiscalYear);
    const seal = (await readSeals(db, [quarter.label])).get(quarter.label);
    if (seal) return sealedLog(seal, actor, { offset, limit, ...asked });
    const inQuarter = sql`e.quarter = ${quarter.label}`;
    const among = sql.join([inQuarter, ...(await conditionsOf(db, quarter.label, asked))], sql` and `);
    const { state, ...narrower } = asked;
    const isNarrowed = Object.values(narrower).some((value) => value !== undefined);
    const [rows, narrowed, counts, share, atStake, before, deputies] = await Promise.all([
      exceptionLines(db, today, among, { limit, offset }),
      isNarrowed
        ? db.execute<{ count: number }>(sql`select count(*)::int as count from exceptions e where ${among}`)
        : null,
      countStates(db),
      grayShare(db, quarter),
      readAtStake(db, quarter.label),
      precedents(db, quarter.label),
      deputiesIn(db, quarter.label),
    ]);
    const states = counts.get(quarter.label) ?? NO_STATES;
    const all = state ? states[state] : Object.values(states).reduce((sum, one) => sum + one, 0);
    // Each case is asked for itself, of whose story it is too.
    const subject = { quarter: quarter.label, frozen: false, settledOn: null, demo: true };
    return {
      quarter: quarter.label,
      frozen: false,
      grayShare: share,
      counts: states,
      atStake,
      total: narrowed ? (narrowed[0]?.count ?? 0) : all,
      rows,
      precedents: before,
      side: sideOf(actor, deputies) ?? null,
      may: {
        decide: maySay(mayDecideExceptions, actor, { ...subject, cases: [{ deputies }] }),
        assign: maySay(mayAssignException, actor, subject),
        defer: maySay(mayDeferException, actor, subject),
      },
    };
  },
});

/** The log of a frozen quarter: nothing of it is read from anywhere but its seal (§8.7). */
function sealedLog(
  { quarter, header }: Seal,
  actor: Actor,
  { offset, limit, ...asked }: Asked & { offset: number; limit: number },
): z.output<typeof exceptionsListShape> {
  const lines = sealedLines(header);
  const among = lines.filter((line) => isAsked(line, asked));
  const subject = { quarter, frozen: true, settledOn: null, demo: header.demo };
  return {
    quarter,
    frozen: true,
    grayShare: shareOf(header.gray),
    counts: sealedStates(header),
    atStake: sealedAtStake(lines),
    total: among.length,
    rows: among.slice(offset, offset + limit),
    // Nothing is to be decided here that others could be held against.
    precedents: [],
    side: sideOf(actor, []) ?? null,
    may: {
      decide: maySay(mayDecideException, actor, {
        ...subject,
        ...{ raisedBy: null, contestedBy: null, contested: [], votes: [], deputies: [] },
      }),
      assign: maySay(mayAssignException, actor, subject),
      defer: maySay(mayDeferException, actor, subject),
    },
  };
}

/** The conditions of `conditionsOf`, asked of a line. */
function isAsked(line: ExceptionLine, { state, kind, ownerId, partnerId, dealId, least, awaits }: Asked) {
  return (
    (state === undefined || line.state === state) &&
    (kind === undefined || line.kind === kind) &&
    (ownerId === undefined || line.owner?.id === ownerId) &&
    (partnerId === undefined || line.partner?.id === partnerId) &&
    (dealId === undefined || line.dealId === dealId) &&
    (!least || line.amount >= least * 10 ** minorDigits(line.currency)) &&
    (awaits === undefined ||
      (line.settled === null && (line.split || !line.votes.some(({ side }) => side === awaits))))
  );
}

/** Of what was put off past the freeze, each deal once. */
function sealedAtStake(lines: readonly ExceptionLine[]) {
  const deals = new Map<string, number>();
  const put = lines.filter(({ settled }) => settled === null);
  for (const { dealId, amount } of put) deals.set(dealId, Math.max(amount, deals.get(dealId) ?? 0));
  const [currency, ...others] = new Set(put.map((line) => line.currency));
  const amount = [...deals.values()].reduce((sum, one) => sum + one, 0);
  return currency !== undefined && others.length === 0 && Number.isSafeInteger(amount)
    ? { amount, currency }
    : null;
}

interface Asked {
  state?: (typeof EXCEPTION_STATES)[number];
  kind?: (typeof EXCEPTION_KINDS)[number];
  ownerId?: string;
  partnerId?: string;
  least?: number;
  awaits?: (typeof SIDES)[number];
  dealId?: string;
}

/** What narrows the log, as conditions on `e`. */
async function conditionsOf(db: Db, quarter: string, asked: Asked): Promise<SQL[]> {
  const { state, kind, ownerId, partnerId, least, awaits, dealId } = asked;
  const conditions: SQL[] = [];
  if (state) conditions.push(isInState(state));
  if (kind) conditions.push(sql`e.kind::text = ${kind}`);
  if (ownerId) conditions.push(sql`e.owner_id = ${ownerId}`);
  if (partnerId) conditions.push(sql`e.partner_id = ${partnerId}`);
  if (dealId) conditions.push(sql`e.deal_id = ${dealId}`);
  if (least) conditions.push(await atLeast(db, quarter, least));
  if (awaits)
    conditions.push(sql`e.settled_at is null and (
      not exists (select from exception_votes v where v.exception_id = e.id and v.side::text = ${awaits})
      or (select count(*) from exception_votes v where v.exception_id = e.id) = 2)`);
  return conditions;
}

/** A whole unit is another number of minor ones in each currency. */
async function atLeast(db: Db, quarter: string, least: number): Promise<SQL> {
  const rows = await db.execute<{ currency: string }>(
    sql`select distinct currency from exceptions where quarter = ${quarter}`,
  );
  const each = [...rows].map(
    ({ currency }) =>
      sql`(e.currency = ${currency} and e.amount >= ${least * 10 ** minorDigits(currency)}::bigint)`,
  );
  return each.length === 0 ? sql`true` : sql`(${sql.join(each, sql` or `)})`;
}

/** Everybody who decides in place of a side for all of its cases, or for one of the quarter's. */
async function deputiesIn(db: Db, quarter: string): Promise<OfException["deputies"][number][]> {
  const rows = await db.execute<OfException["deputies"][number] & Record<string, unknown>>(sql`
    select d.side::text as side, d.user_id as "userId" from deputies d
    left join exceptions e on e.id = d.exception_id
    where d.ended_on is null and (d.exception_id is null or (e.quarter = ${quarter} and e.settled_at is null))`);
  return [...rows];
}

/** Each deal once, however many of its gray areas are open. */
async function readAtStake(db: Db, quarter: string) {
  const rows = await db.execute<{ currency: string; amount: string }>(sql`
    select currency, sum(amount)::text as amount from (
      select e.deal_id, e.currency, max(e.amount) as amount from exceptions e
      where e.quarter = ${quarter} and e.settled_at is null group by 1, 2) as deals
    group by currency`);
  const [only] = rows;
  const exact = rows.length === 1 && Number.isSafeInteger(Number(only!.amount));
  return exact ? { amount: Number(only!.amount), currency: only!.currency } : null;
}
