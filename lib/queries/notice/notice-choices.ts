import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { noticeChoices as chosen } from "@/db/schema/notices";
import { firstChoice, NOTICE_CHOICES, NOTICE_KINDS } from "@/lib/metrics/notice-kinds";
import { defineQuery } from "../query";

/** How one is told of each kind, and what there is to be told by. */
export const noticeChoices = defineQuery({
  name: "notice-choices",
  summary: "How I am told of each kind of notice, and by what the company can tell me.",
  input: z.strictObject({}),
  output: z.object({
    choices: z.array(z.object({ kind: z.enum(NOTICE_KINDS), choice: z.enum(NOTICE_CHOICES) })),
    /** Whether a mail server is configured. */
    mail: z.boolean(),
    /** The channel in which one would be told; null where there is none. */
    channel: z.string().nullable(),
  }),
  async run({ db, actor }) {
    const userId = actor.userId ?? "";
    const [rows, [found]] = await Promise.all([
      db.select().from(chosen).where(eq(chosen.userId, userId)),
      db.execute<{ name: string }>(sql`
        select c.name from chat_channels c left join users u on u.id = ${userId}
        where c.team is null or c.team = u.team order by c.team nulls last limit 1`),
    ]);
    const byKind = new Map(rows.map(({ kind, choice }) => [kind, choice]));
    return {
      choices: NOTICE_KINDS.map((kind) => ({ kind, choice: byKind.get(kind) ?? firstChoice(kind) })),
      mail: sendsMail(),
      channel: found?.name ?? null,
    };
  },
});

/** Whether mail leaves this house. */
export const sendsMail = (): boolean => Boolean(process.env.SMTP_URL && process.env.MAIL_FROM);
