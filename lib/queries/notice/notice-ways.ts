import { asc } from "drizzle-orm";
import { z } from "zod";
import { chatChannels } from "@/db/schema/notices";
import { settings } from "@/db/schema/settings";
import { maySay } from "@/lib/commands/guard";
import { mayKeepChannel } from "@/lib/commands/notice/guards";
import { CHATS } from "@/lib/metrics/notice-kinds";
import { defineQuery } from "../query";
import { mayShape } from "../shapes";
import { sendsMail } from "./notice-choices";

/** By what notices leave the house: no secret is among it. */
export const noticeWays = defineQuery({
  name: "notice-ways",
  summary: "By what notices leave the house: the sender of mail, the chat's channels, the address in links.",
  only: ["admin", "auditor"],
  input: z.strictObject({}),
  output: z.object({
    /** Whom mail is from; null while none leaves. */
    mailFrom: z.string().nullable(),
    channels: z.array(
      z.object({ id: z.string(), chat: z.enum(CHATS), name: z.string(), team: z.string().nullable() }),
    ),
    /** As somebody set it, and as it is without. */
    address: z.object({ set: z.string().nullable(), otherwise: z.string().nullable() }),
    may: z.object({ edit: mayShape }),
  }),
  async run({ db, actor }) {
    const { id, chat, name, team } = chatChannels;
    const [channels, [row]] = await Promise.all([
      db.select({ id, chat, name, team }).from(chatChannels).orderBy(asc(team), asc(name)),
      db.select({ set: settings.publicAddress }).from(settings),
    ]);
    return {
      mailFrom: sendsMail() ? (process.env.MAIL_FROM ?? null) : null,
      channels,
      address: { set: row?.set ?? null, otherwise: process.env.NEXTAUTH_URL ?? null },
      may: { edit: maySay(mayKeepChannel, actor, undefined) },
    };
  },
});
