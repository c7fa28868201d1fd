import { and, desc, eq, lt, type SQL } from "drizzle-orm";
import { z } from "zod";
import { auditLog as log } from "@/db/schema/audit";
import { users } from "@/db/schema/people";
import type { UserRole } from "@/lib/auth/roles";
import { Refusal } from "@/lib/errors";
import { defineQuery } from "./query";
import { idShape } from "./shapes";

/** Who may read the whole log (§9 auditor, and RevOps who runs the house). A deal's own is everybody's. */
const WHOLE_LOG: readonly UserRole[] = ["admin", "auditor"];

/** Who wrote what, when, and what stood before and after (§9); newest first. */
export const auditLog = defineQuery({
  name: "audit-log",
  summary: "The audit log, newest first: of one deal for everybody, whole for admins and auditors.",
  input: z.strictObject({
    dealId: idShape.optional(),
    /** Only what this actor wrote: `user:U-1`, `command-line`. */
    actor: z.string().max(200).optional(),
    /** Only entries of this action: `tag-partner`. */
    action: z.string().max(100).optional(),
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
        action: z.string(),
        request: z.string(),
        dealId: z.string().nullable(),
        subjectKind: z.string(),
        subjectId: z.string(),
        before: z.unknown(),
        after: z.unknown(),
      }),
    ),
    /** Ask with this as `before` for the next page; null at the end. */
    next: z.int().nullable(),
  }),
  async run({ db, actor: reader }, { dealId, actor, action, before, limit }) {
    if (dealId === undefined && !WHOLE_LOG.includes(reader.role)) {
      throw new Refusal({
        code: "forbidden",
        field: "dealId",
        value: null,
        rule: "only an admin or an auditor may read the whole log; name a deal",
      });
    }
    const wanted: (SQL | undefined)[] = [
      dealId === undefined ? undefined : eq(log.dealId, dealId),
      actor === undefined ? undefined : eq(log.actor, actor),
      action === undefined ? undefined : eq(log.action, action),
      before === undefined ? undefined : lt(log.id, before),
    ];
    const rows = await db
      .select()
      .from(log)
      .where(and(...wanted))
      .orderBy(desc(log.id))
      .limit(limit + 1);
    const names = await namesOf(db, rows);
    const page = rows.slice(0, limit);
    return {
      entries: page.map((row) => ({
        ...row,
        at: row.at.toISOString(),
        actorName: names.get(row.actor) ?? null,
      })),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  },
});

async function namesOf(
  db: Parameters<typeof auditLog.run>[0]["db"],
  rows: readonly { actor: string }[],
): Promise<Map<string, string>> {
  if (!rows.some((row) => row.actor.startsWith("user:"))) return new Map();
  const people = await db.select({ id: users.id, name: users.name }).from(users);
  return new Map(people.map(({ id, name }) => [`user:${id}`, name]));
}
