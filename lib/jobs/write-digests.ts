import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { actorOfUser } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import { daysBetween, mondayOf } from "@/lib/calendar";
import { companyZone } from "@/lib/commands/today";
import { companyDay, companyTime } from "@/lib/company-day";
import { INBOX_WORDS } from "@/lib/metrics/inbox-kinds";
import { addressOf, titleOf, whyOf } from "@/lib/metrics/inbox-words";
import { inbox } from "@/lib/queries/inbox/inbox";
import { answer } from "@/lib/queries/query";
import type { Digest } from "@/lib/text/digest";
import type { Job } from "./job";
import { judgeToday } from "./judge-today";

/** When a company's Monday begins. */
const FROM = "07:00";
/** Of a kind, so many are written out; the inbox has the rest. */
const WRITTEN_OUT = 10;
const MOST = 500;

/** Writes the week's digests once it is Monday morning in the company's zone (§8.9). */
export const writeDigests: Job = {
  name: "write-digests",
  everyMs: 5 * 60_000,
  work: (client, _today, now) => writeDueDigests(client, now()),
};

/**
 * Writes a digest for each person who has none of this week yet, from Monday morning on; until Tuesday's end, for a
 * server that was away. Each is one row of the outbox, known by person and week, so that two processes write one.
 * Who has nothing to do is told nothing, and the outbox says so.
 *
 * @returns how many people this call wrote one for
 */
export async function writeDueDigests(client: Client, now: Date): Promise<number> {
  const zone = await companyZone(client);
  const today = companyDay(now.getTime(), zone);
  const week = weekDue(today, companyTime(now.getTime(), zone));
  if (week === null) return 0;
  const people = await withoutDigest(client, week);
  if (people.length > 0) await judgeToday(today, client);
  let written = 0;
  for (const person of people) if (await writeDigest(client, person, { week, today, now })) written++;
  return written;
}

/** The Monday whose digests are due; null on other days, and before its morning. */
export function weekDue(today: Day, time: string): Day | null {
  const week = mondayOf(today);
  const days = daysBetween(week, today);
  return days === 1 || (days === 0 && time >= FROM) ? week : null;
}

interface Person extends Record<string, unknown> {
  id: string;
  name: string;
  role: UserRole;
  ownerName: string | null;
  demo: boolean;
  passwordOwn: boolean;
  passkeyOwn: boolean;
}

const keyOf = (week: Day, userId: string) => `digest ${week} ${userId}`;

/** Whoever has an inbox, has access, and no digest of the week. */
async function withoutDigest(client: Client, week: Day): Promise<Person[]> {
  const rows = await client.db.execute<Person>(sql`
    select u.id, u.name, u.role, u.owner_name as "ownerName", u.demo, u.password_own as "passwordOwn", u.passkey_own as "passkeyOwn" from users u
    where u.disabled_at is null and not u.demo and u.role <> 'auditor'
      and not exists (select from notices n where n.once_key = 'digest ' || ${week}::text || ' ' || u.id)
    order by u.id`);
  return [...rows];
}

async function writeDigest(
  client: Client,
  person: Person,
  { week, today, now }: { week: Day; today: Day; now: Date },
): Promise<boolean> {
  const context = { db: client.db, actor: actorOfUser(person), today };
  const { items, kinds } = await answer(inbox, { scope: "mine", snoozed: false, limit: MOST }, context);
  const groups = kinds
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => ({
      ...{ label: INBOX_WORDS[kind].label, clears: INBOX_WORDS[kind].clears, count },
      items: items
        .filter((item) => item.kind === kind)
        .slice(0, WRITTEN_OUT)
        .map((item) => ({
          title: [titleOf(item), item.partner?.name].filter(Boolean).join(", "),
          why: whyOf(item, today),
          path: addressOf(item),
          dueOn: item.dueOn,
        })),
    }));
  const digest: Digest = {
    ...{ kind: "digest", week, groups },
    total: groups.reduce((sum, { count }) => sum + count, 0),
    more: kinds.some(({ more }) => more),
  };
  const who = { actor: "system:write-digests", request: randomUUID(), retry: true };
  const isEmpty = digest.total === 0;
  return guardedTransaction(client, who, async (tx) => {
    const written = await tx.execute(sql`
      insert into notices (id, kind, to_id, request, about, once_key, due_at, state, problem)
      values (${randomUUID()}, 'digest', ${person.id}, ${who.request}, ${JSON.stringify(digest)}::text::jsonb,
        ${keyOf(week, person.id)}, ${now.toISOString()}, ${isEmpty ? "unwanted" : "waiting"}, ${isEmpty ? "Nothing waited in the inbox" : null})
      on conflict (once_key) do nothing returning 1`);
    return written.length > 0;
  });
}
