import { type SQL, sql } from "drizzle-orm";
import type { UserRole } from "@/lib/auth/roles";
import type { NoticeAbout } from "@/lib/text/notice-words";

/** Whom a notice is for, found as the write commits; whoever acts is never among them, nor who has no access. */
export type Recipients =
  /** By name: to whom a case or an item was given. */
  | { person: string }
  /** The AE of a deal, as the CRM names them. */
  | { aeNamed: string }
  /** Who looks after a partner; the heads of partnerships where nobody else does (§8.4). */
  | { ownerOfPartner: string }
  /** Everybody of these roles. */
  | { roles: readonly UserRole[] };

/** Something that people are told of once it is committed, each by the way that they chose (§8.9). */
export interface Telling {
  to: Recipients;
  dealId: string | null;
  /** Without who did it, which the door knows. */
  about: WithoutBy<Exclude<NoticeAbout, { kind: "digest" }>>;
}

type WithoutBy<T> = T extends unknown ? Omit<T, "by"> : never;

/** How long a notice waits: a write may be taken back from its toast (§8.3), and then nobody hears of it. */
const FIRST_S = 60;

/** Several of a kind for the same people are one notice that says how many. */
export function together(tellings: readonly Telling[]): Telling[] {
  const found = new Map<string, Telling[]>();
  for (const one of tellings) {
    const key = JSON.stringify([one.about.kind, one.to]);
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found.values()].map((same) => {
    const [first] = same as [Telling];
    if (same.length === 1) return first;
    return { ...first, dealId: null, about: { ...first.about, many: same.length } as Telling["about"] };
  });
}

/** One notice for each recipient, as a part of the statement that writes the notes down. */
export function insertionOf(
  { to, dealId, about }: Telling,
  { actor, request }: { actor: { userId: string | null; name: string }; request: string },
): SQL {
  return sql`
    insert into notices (id, kind, to_id, by_id, request, deal_id, about, due_at)
    select gen_random_uuid()::text, ${about.kind}::notice_kind, u.id, ${actor.userId}, ${request}, ${dealId},
      ${JSON.stringify({ ...about, by: actor.name })}::text::jsonb, now() + make_interval(secs => ${FIRST_S})
    from users u
    where u.disabled_at is null and u.id is distinct from ${actor.userId} and ${isFor(to, actor.userId)}`;
}

function isFor(to: Recipients, actorId: string | null): SQL {
  if ("person" in to) return sql`u.id = ${to.person}`;
  if ("aeNamed" in to) return sql`u.owner_name = ${to.aeNamed}`;
  if ("roles" in to) return sql`u.role::text = any(${sql.param([...to.roles])}::text[])`;
  // Whoever did it themselves is no second hand: then the heads answer it.
  return sql`(case when exists (select from partners p join users o on o.id = p.owner_id and o.disabled_at is null
      where p.id = ${to.ownerOfPartner} and o.id is distinct from ${actorId})
    then u.id = (select owner_id from partners where id = ${to.ownerOfPartner})
    else u.role = 'head_of_partnerships' end)`;
}
