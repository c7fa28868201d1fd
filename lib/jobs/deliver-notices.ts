import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Channel, chatBy } from "@/lib/connectors/notices/chat";
import type { Letter, Send } from "@/lib/connectors/notices/delivery";
import { mailBy, mailSettings } from "@/lib/connectors/notices/mail";
import type { NoticeChoice, NoticeKind, NoticeState, NoticeWay } from "@/lib/metrics/notice-kinds";
import { digestMessage } from "@/lib/text/digest";
import { type Message, type MessageTo, type NoticeInWords, noticeMessage } from "@/lib/text/message";
import { type NoticeAbout, noticeWords } from "@/lib/text/notice-words";
import { weeklyMessage } from "@/lib/text/weekly-note";
import type { Clock, Job } from "./job";
import { HELD_MS, pauseAfter, TRIES } from "./pause";

/** A notice taken, with whom it is for. */
interface Taken extends Record<string, unknown> {
  id: string;
  kind: NoticeKind;
  about: NoticeAbout;
  attempts: number;
  name: string;
  email: string;
  gone: boolean;
  demo: boolean;
  choice: NoticeChoice;
  /** Where their chat notices are posted; null where there is no such channel. */
  channel: Channel | null;
}

/** What a try makes of a notice. */
interface Settled {
  state: NoticeState;
  way: NoticeWay | null;
  problem: string | null;
  /** When it is tried again; null when it is not. */
  dueAt: Date | null;
}

/** By what notices leave; what is absent is not configured. */
export interface Ways {
  mail: Send | null;
  chat: (channel: Channel) => Send;
  /** The app's address, for links; null where nobody said it. */
  base: string | null;
}

/** Delivers what is due (§8.9). */
export const deliverNotices: Job = {
  name: "deliver-notices",
  everyMs: 3_000,
  work: async (client, _today, now) => deliverDue(client, await waysOf(client), now),
};

/**
 * Sends every notice that is due, one after the other, each taken by one process: taking it counts the try and holds
 * it, before anything leaves; what became of it is written after. A process that dies in between leaves it
 * held, and it is tried again once that has ended, under the same id.
 *
 * @returns how many were taken on
 */
export async function deliverDue(client: Client, ways: Ways, now: Clock): Promise<number> {
  for (let taken = 0; ; taken++) {
    const notice = await take(client, now());
    if (!notice) return taken;
    await settle(client, notice, await attempt(notice, ways, now));
  }
}

async function waysOf(client: Client): Promise<Ways> {
  const mail = mailSettings(process.env);
  const [row] = await client.db.execute<{ address: string | null }>(
    sql`select public_address as address from settings`,
  );
  const base = (row?.address ?? process.env.NEXTAUTH_URL ?? null)?.replace(/\/+$/, "") ?? null;
  return { mail: mail && mailBy(mail), chat: chatBy, base };
}

const who = () => ({ actor: "system:deliver-notices", request: randomUUID(), retry: true });

async function take(client: Client, now: Date): Promise<Taken | null> {
  const at = now.toISOString();
  const until = new Date(now.getTime() + HELD_MS).toISOString();
  return guardedTransaction(client, who(), async (tx) => {
    const [taken] = await tx.execute<Taken>(sql`
      update notices n set attempts = n.attempts + 1, held_until = ${until}
      from users u where u.id = n.to_id and n.id = (
        select id from notices where state = 'waiting' and due_at <= ${at}
          and (held_until is null or held_until <= ${at})
        order by due_at, id limit 1 for update skip locked)
      returning n.id, n.kind, n.about, n.attempts, u.name, u.email, u.disabled_at is not null as gone, u.demo,
        coalesce((select c.choice from notice_choices c where c.user_id = u.id and c.kind = n.kind), 'mail') as choice,
        (select json_build_object('chat', h.chat, 'address', h.address) from chat_channels h
          where h.team is null or h.team = u.team order by h.team nulls last limit 1) as channel`);
    return taken ?? null;
  });
}

async function attempt(notice: Taken, ways: Ways, now: Clock): Promise<Settled> {
  const unsent = (state: NoticeState, problem: string): Settled => ({
    state,
    way: null,
    problem,
    dueAt: null,
  });
  if (notice.gone) return unsent("no_way", `${notice.name} has no access any more`);
  if (notice.demo) return unsent("no_way", `${notice.name} is a person of the demo, whom no mail reaches`);
  if (notice.choice === "none") return unsent("unwanted", `${notice.name} wants none of this kind`);
  const way = notice.choice;
  const send = way === "mail" ? ways.mail : notice.channel && ways.chat(notice.channel);
  if (!send) return unsent("no_way", NOT_CONFIGURED[way]);
  const done = await send(letterOf(notice, ways));
  if (done.taken) return { state: "sent", way, problem: null, dueAt: null };
  const isOver = done.isFinal || notice.attempts >= TRIES;
  const dueAt = isOver ? null : new Date(now().getTime() + pauseAfter(notice.attempts, done.afterMs));
  return { state: isOver ? "failed" : "waiting", way, problem: done.problem, dueAt };
}

const NOT_CONFIGURED: Readonly<Record<NoticeWay, string>> = {
  mail: "No mail server is configured (SMTP_URL and MAIL_FROM)",
  chat: "No channel is set for their team, nor one for everybody (Settings, Notices)",
};

function letterOf({ id, about, name, email }: Taken, { base }: Ways): Letter {
  const to = { name, base };
  const words = noticeWords(about);
  const message = messageOf(about, words, to);
  return { id, to: { name, email }, link: base && base + words.path, ...message };
}

function messageOf(about: NoticeAbout, words: NoticeInWords, to: MessageTo): Message {
  if (about.kind === "digest") return digestMessage(about, to);
  return about.kind === "weekly_numbers" ? weeklyMessage(about, to) : noticeMessage(words, to);
}

/** Writes what became of it, unless somebody holds it anew since. */
async function settle(client: Client, { id, attempts }: Taken, done: Settled): Promise<void> {
  await guardedTransaction(client, who(), (tx) =>
    tx.execute(sql`
      update notices set state = ${done.state}, way = coalesce(${done.way}, way), problem = ${done.problem},
        held_until = null, due_at = coalesce(${done.dueAt?.toISOString() ?? null}::timestamptz, due_at),
        sent_at = case when ${done.state} = 'sent' then now() end
      where id = ${id} and state = 'waiting' and attempts = ${attempts}`),
  );
}
