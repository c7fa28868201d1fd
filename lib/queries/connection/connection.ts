import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { connections } from "@/db/schema/connections";
import type { Actor } from "@/lib/auth/actor";
import {
  mayAcceptConnection,
  mayAskConnection,
  mayKeepConnection,
  maySettleDifference,
  maySwitchConnection,
} from "@/lib/commands/connection/guards";
import type { GuardedDeal } from "@/lib/commands/deal/guards";
import { type MaySay, maySay } from "@/lib/commands/guard";
import { Refusal } from "@/lib/errors";
import {
  CONNECTION_ASKS,
  CONNECTION_SYSTEMS,
  type ConnectionSettings,
  type Difference,
  type Looked,
  type RefusedRecord,
  type RehearsedSync,
  readingOf,
} from "@/lib/interchange/connection";
import type { Kind } from "@/lib/interchange/kinds";
import { defineQuery } from "../query";
import { idShape, mayShape } from "../shapes";
import { READS_CONNECTIONS, utc } from "./connections-list";

const instant = z.iso.datetime().nullable();
const SHOWN = 100;

/** Documents whose shape is said in lib/interchange/connection.ts. */
const documentOf = <T>() => z.record(z.string(), z.unknown()) as unknown as z.ZodType<T>;

export const connection = defineQuery({
  name: "connection",
  summary:
    "A connection: what its words mean here, what a dry run found, its runs, what could not land or differs.",
  only: READS_CONNECTIONS,
  fresh: true,
  input: z.strictObject({ connectionId: idShape }),
  output: z.object({
    id: z.string(),
    system: z.enum(CONNECTION_SYSTEMS),
    name: z.string(),
    address: z.string(),
    settings: documentOf<ConnectionSettings>(),
    onSince: instant,
    acceptedOn: z.string().nullable(),
    acceptedBy: z.string().nullable(),
    asked: z.enum(CONNECTION_ASKS).nullable(),
    problem: z.string().nullable(),
    looked: documentOf<Looked>().nullable(),
    lookedAt: instant,
    rehearsed: documentOf<RehearsedSync>().nullable(),
    /** Whether the dry run went by the settings that it has now. */
    isRehearsed: z.boolean(),
    runs: z.array(
      z.object({
        id: z.string(),
        startedAt: z.string(),
        endedAt: instant,
        problem: z.string().nullable(),
        /** What the source could not tell any more. */
        missed: z.string().nullable(),
        read: z.int(),
        created: z.int(),
        updated: z.int(),
        unchanged: z.int(),
        refused: z.int(),
        removed: z.int(),
        written: z.int(),
      }),
    ),
    /** Records that could not land, the latest first. */
    refused: z.array(documentOf<RefusedRecord & { kind: string }>()),
    /** Where a person decided otherwise, or what is gone there stands here. */
    differs: z.array(
      documentOf<{
        kind: string;
        key: string;
        dealId: string | null;
        /** What it is about, as people call it. */
        called: string;
        differs: Difference[];
        may: { here: MaySay; there: MaySay };
      }>(),
    ),
    may: z.object({
      keep: mayShape,
      switchOn: mayShape,
      rehearse: mayShape,
      sync: mayShape,
      accept: mayShape,
      unaccept: mayShape,
    }),
  }),
  async run({ db, actor }, { connectionId }) {
    const [found] = await db.select().from(connections).where(eq(connections.id, connectionId));
    if (!found)
      throw new Refusal({
        ...{ code: "not_found", field: "connectionId", value: connectionId },
        rule: "there is no connection with this id",
      });
    const { sealed: _, createdAt: __, dueAt: ___, failures: ____, ...shown } = found;
    const connection = { ...found, isRehearsed: found.rehearsed?.settings === readingOf(found.settings) };
    const [rest, [accepter]] = await Promise.all([
      restOf(db, actor, connectionId),
      db.execute<{ name: string }>(sql`select name from users where id = ${found.acceptedBy}`),
    ]);
    return {
      ...shown,
      ...rest,
      acceptedBy: accepter?.name ?? null,
      onSince: found.onSince?.toISOString() ?? null,
      lookedAt: found.lookedAt?.toISOString() ?? null,
      isRehearsed: connection.isRehearsed,
      may: {
        keep: maySay(mayKeepConnection, actor, undefined),
        switchOn: maySay(maySwitchConnection, actor, { connection, on: true }),
        rehearse: maySay(mayAskConnection, actor, { connection, ask: "rehearse" }),
        sync: maySay(mayAskConnection, actor, { connection, ask: "sync" }),
        accept: maySay(mayAcceptConnection, actor, { connection, accept: true }),
        unaccept: maySay(mayAcceptConnection, actor, { connection, accept: false }),
      },
    };
  },
});

async function restOf(db: Db, actor: Actor, connectionId: string) {
  const [runs, refused, differs] = await Promise.all([
    db.execute<Record<string, unknown>>(sql`
      select id, ${utc(sql`started_at`)} as "startedAt", ${utc(sql`ended_at`)} as "endedAt", problem, missed, read, created,
        updated, unchanged, refused, removed, written
      from connection_runs where connection_id = ${connectionId} order by started_at desc limit 20`),
    db.execute<{ document: RefusedRecord & { kind: string } }>(sql`
      select refused || jsonb_build_object('kind', kind) as document from source_records
      where connection_id = ${connectionId} and refused is not null order by seen_at desc, key limit ${SHOWN}`),
    db.execute<{
      kind: Kind;
      key: string;
      dealId: string | null;
      called: string;
      differs: Difference[];
      deal: GuardedDeal | null;
    }>(sql`
      select s.kind, s.key, coalesce(s.deal_id, r.deal_id) as "dealId", s.differs,
        (select json_build_object('owner', x.owner, 'outcome', x.outcome, 'closedOn', x.closed_on, 'monthLocked', exists (
            select from locked_months m where m.month = to_char(x.closed_on, 'YYYY-MM') and not exists (
              select from sealed_quarters q where x.closed_on between q.from_day and q.to_day)))
          from deals x where x.id = s.deal_id) as deal,
        coalesce(p.name || ' on ' || coalesce(rd.name, rd.account, rd.id), d.name, d.account, op.name, a.name, s.key) as called
      from source_records s
        left join role_rows r on s.kind = 'roles' and r.id = s.key
        left join deals rd on rd.id = coalesce(r.deal_id, s.deal_id)
        left join partners p on p.id = coalesce(r.partner_id, s.said ->> 'partnerId')
        left join deals d on s.kind = 'deals' and d.id = s.key
        left join partners op on s.kind = 'partners' and op.id = s.key
        left join accounts a on s.kind = 'accounts' and a.id = s.key
      where s.connection_id = ${connectionId} and s.differs is not null order by s.seen_at desc, s.key limit ${SHOWN}`),
  ]);
  return {
    runs: [...runs] as never[],
    refused: [...refused].map(({ document }) => document),
    differs: [...differs].map(({ deal, ...one }) => {
      const isGone = one.differs.some(({ field, there }) => field === "" && there === null);
      const may = (take: "here" | "there") =>
        maySay(maySettleDifference, actor, { of: one.kind, deal, isGone, take });
      return { ...one, may: { here: may("here"), there: may("there") } };
    }),
  };
}
