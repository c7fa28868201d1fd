import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { erasable } from "@/db/erasable-people";
import { passwordLinks, sessions, users } from "@/db/schema/people";
import { USER_ROLES } from "@/lib/auth/roles";
import { mayChangeAccess, mayEditUser, mayIssueLink, type OfPerson } from "@/lib/commands/account/guards";
import { mayErase, mayHold } from "@/lib/commands/erasure/guards";
import { maySay } from "@/lib/commands/guard";
import { defineQuery } from "../query";
import { mayShape } from "../shapes";

const instant = z.iso.datetime().nullable();

/** Everybody who can sign in, and those switched off. For those who manage people, and auditors. */
export const peopleList = defineQuery({
  name: "people-list",
  summary: "People with their role, whether they can sign in, and what has become of their link.",
  only: ["admin", "auditor"],
  input: z.strictObject({}),
  output: z.object({
    people: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        role: z.enum(USER_ROLES),
        /** What the CRM calls them as a deal's owner; null for who owns none. */
        ownerName: z.string().nullable(),
        team: z.string().nullable(),
        disabled: z.boolean(),
        /** Whether what was kept of them is erased (§9). */
        erased: z.boolean(),
        /** Why what is kept of them must be; null while no hold stands. */
        hold: z.string().nullable(),
        demo: z.boolean(),
        /** When they set their password; null while they have none. */
        passwordSetAt: instant,
        /** Whether it is one that they may sign with. */
        passwordOwn: z.boolean(),
        /** Until when their link works; null when none does. */
        linkUntil: instant,
        /** The last time that they signed in or came back. */
        seenAt: instant,
        may: z.object({ access: mayShape, link: mayShape, edit: mayShape, erase: mayShape, hold: mayShape }),
      }),
    ),
  }),
  async run({ db, actor }) {
    const rows = await db.select().from(users).orderBy(asc(users.name), asc(users.id));
    const [links, seen, known] = await Promise.all([openLinks(db), lastSeen(db), erasable(db, "user")]);
    const of = new Map(known.map((one) => [one.id, one]));
    const admins = rows.filter(({ role, disabledAt }) => role === "admin" && disabledAt === null);
    return {
      people: rows.map((row) => {
        const { id, name, email, role, ownerName, team, demo, passwordOwn } = row;
        const disabled = row.disabledAt !== null;
        const others = admins.filter((one) => one.id !== id && (demo || !one.demo));
        const lastAdmin = role === "admin" && !disabled && others.length === 0;
        const erased = row.erasedAt !== null;
        const person: OfPerson = { id, name, role, disabled, erased, demo, lastAdmin };
        return {
          ...{ id, name, email, role, ownerName, team, disabled, erased, demo, passwordOwn },
          hold: of.get(id)!.hold,
          passwordSetAt: row.passwordHash === null ? null : (row.passwordSetAt?.toISOString() ?? null),
          linkUntil: links.get(id) ?? null,
          seenAt: seen.get(id) ?? null,
          may: {
            access: maySay(mayChangeAccess, actor, person),
            link: maySay(mayIssueLink, actor, person),
            edit: maySay(mayEditUser, actor, { ...person, access: false }),
            erase: maySay(mayErase, actor, of.get(id)!),
            hold: maySay(mayHold, actor, of.get(id)!),
          },
        };
      }),
    };
  },
});

async function openLinks(db: Db): Promise<Map<string, string>> {
  const { userId, expiresAt, usedAt, revokedAt } = passwordLinks;
  const open = and(isNull(usedAt), isNull(revokedAt), sql`${expiresAt} > now()`);
  const rows = await db.select({ userId, expiresAt }).from(passwordLinks).where(open);
  return new Map(rows.map((row) => [row.userId, row.expiresAt.toISOString()]));
}

async function lastSeen(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .select({ userId: sessions.userId, at: sql<string>`max(${sessions.seenAt})` })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .groupBy(sessions.userId);
  return new Map(rows.map(({ userId, at }) => [userId, new Date(at).toISOString()]));
}
