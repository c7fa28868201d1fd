import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { apiKeys } from "@/db/schema/api-keys";
import { asWritten, auditLog as log } from "@/db/schema/audit";
import { users } from "@/db/schema/people";
import { scopeOf } from "@/lib/auth/permissions";
import { Refusal } from "@/lib/errors";
import { defineQuery } from "../query";
import { idShape } from "../shapes";

/** Who wrote what, when, and what stood before and after (§9); newest first. A deal's own is everybody's. */
export const auditLog = defineQuery({
  name: "audit-log",
  summary:
    "The audit log, newest first: of one deal for everybody, whole for who signs, admins and auditors.",
  input: z.strictObject({
    dealId: idShape.optional(),
    /** Only what this actor wrote: `user:U-1`, `command-line`. */
    actor: z.string().max(200).optional(),
    /** Only entries of this action: `tag-partner`. */
    action: z.string().max(100).optional(),
    /** Only what this request wrote. */
    request: z.string().max(200).optional(),
    /** Of each request only its newest entry, with how many it wrote: an import is one thing somebody did. */
    perRequest: z.boolean().default(false),
    /** Only entries older than this one; `next` of the page before. */
    before: z.int().optional(),
    limit: z.int().min(1).max(500).default(50),
  }),
  output: z.object({
    entries: z.array(
      z.object({
        id: z.int(),
        at: z.iso.datetime(),
        /** `user:U-1`, `command-line`; and the person's name where one is behind it. */
        actor: z.string(),
        actorName: z.string().nullable(),
        /** By which key to the API it was written; null where a person did, or the house. */
        keyName: z.string().nullable(),
        action: z.string(),
        request: z.string(),
        dealId: z.string().nullable(),
        subjectKind: z.string(),
        subjectId: z.string(),
        before: z.unknown(),
        after: z.unknown(),
        /** How many entries its request wrote; told with `perRequest`, else null. */
        wrote: z.int().nullable(),
      }),
    ),
    /** Ask with this as `before` for the next page; null at the end. */
    next: z.int().nullable(),
  }),
  async run({ db, actor: reader }, { dealId, actor, action, request, perRequest, before, limit }) {
    if (dealId === undefined && !scopeOf("audit.read", reader.role)) {
      throw new Refusal({
        code: "forbidden",
        field: "dealId",
        value: null,
        rule: "only who signs, an admin or an auditor may read the whole log; name a deal",
      });
    }
    const wanted: SQL =
      and(
        dealId === undefined ? undefined : eq(log.dealId, dealId),
        actor === undefined ? undefined : eq(log.actor, actor),
        action === undefined ? undefined : eq(log.action, action),
        request === undefined ? undefined : eq(log.request, request),
      ) ?? sql`true`;
    const heads = perRequest ? await headsOf(db, wanted, before, limit + 1) : null;
    const rows = await db
      .select(asWritten)
      .from(log)
      .where(
        heads
          ? inArray(log.id, [...heads.keys()])
          : and(wanted, before === undefined ? undefined : lt(log.id, before)),
      )
      .orderBy(desc(log.id))
      .limit(limit + 1);
    const [names, keys] = await Promise.all([namesOf(db, rows), keysOf(db, rows)]);
    const page = rows.slice(0, limit);
    return {
      entries: page.map((row) => ({
        ...row,
        at: row.at.toISOString(),
        actorName: names.get(row.actor) ?? null,
        keyName: keys.get(keyIn(row) ?? "") ?? null,
        wrote: heads?.get(row.id) ?? null,
      })),
      // The rest of the last request is passed over: the next page begins with the first one left out.
      next: rows.length <= limit ? null : perRequest ? rows[limit]!.id + 1 : page.at(-1)!.id,
    };
  },
});

/**
 * The newest entry of each request among the wanted ones, newest first, with how many it wrote. A request's
 * entries stand together, so each head is one step down the index from the last entry of the one before.
 */
async function headsOf(db: Db, wanted: SQL, before: number | undefined, most: number) {
  const older = before === undefined ? sql`true` : sql`${log.id} < ${before}`;
  const rows = await db.execute<{ id: string; wrote: number }>(sql`
    with recursive heads as (
      (select id, request from audit_log where ${wanted} and ${older} order by id desc limit 1)
      union all
      select next.id, next.request from heads, lateral (
        select id, request from audit_log
        where ${wanted} and audit_log.id < heads.id and audit_log.request <> heads.request
        order by id desc limit 1) next),
    page as (select id, request from heads limit ${most})
    select page.id, (select count(*)::int from audit_log
      where ${wanted} and audit_log.request = page.request and audit_log.id <= page.id
        and audit_log.id > coalesce((select max(p.id) from page p where p.id < page.id), 0)) as wrote
    from page`);
  return new Map([...rows].map(({ id, wrote }) => [Number(id), wrote]));
}

async function namesOf(db: Db, rows: readonly { actor: string }[]): Promise<Map<string, string>> {
  if (!rows.some((row) => row.actor.startsWith("user:"))) return new Map();
  const people = await db.select({ id: users.id, name: users.name }).from(users);
  return new Map(people.map(({ id, name }) => [`user:${id}`, name]));
}

/** A request that a key made begins with the key's id (lib/api/request-id.ts). */
const keyIn = ({ request }: { request: string }) => /^([^:]+):/.exec(request)?.[1];

async function keysOf(db: Db, rows: readonly { request: string }[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap((row) => keyIn(row) ?? []))];
  if (ids.length === 0) return new Map();
  const keys = await db
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(inArray(apiKeys.id, ids));
  return new Map(keys.map(({ id, name }) => [id, name]));
}
