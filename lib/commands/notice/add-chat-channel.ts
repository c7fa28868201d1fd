import { eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { chatChannels } from "@/db/schema/notices";
import { refuse } from "@/lib/errors";
import { CHATS } from "@/lib/metrics/notice-kinds";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayKeepChannel } from "./guards";

export const addChatChannel = defineVerb({
  name: "add-chat-channel",
  summary: "Name a chat's channel in which people are told, of a team or of everybody else",
  input: z.strictObject({
    chat: z.enum(CHATS),
    /** As people call the channel. */
    name: field.line(100),
    /** Null: for everybody whose team has none. */
    team: field.line(200).nullable().default(null),
    /** The incoming webhook's; it is a secret, and never shown again. */
    address: field.link,
  }),
  output: z.object({ channelId: z.string() }),
  guard: mayKeepChannel,
  async run({ tx, audit }, { address, ...shown }) {
    const ofTeam = shown.team === null ? isNull(chatChannels.team) : eq(chatChannels.team, shown.team);
    const [taken] = await tx.select({ name: chatChannels.name }).from(chatChannels).where(ofTeam);
    if (taken)
      refuse(
        "team",
        shown.team,
        shown.team === null
          ? `${taken.name} is everybody's already: remove it first`
          : `${shown.team} has ${taken.name} already: remove it first`,
      );
    const row = { id: newId("CC"), ...shown };
    await tx.insert(chatChannels).values({ ...row, address });
    audit({ subjectKind: "chat_channel", subjectId: row.id, dealId: null, before: null, after: row });
    return { channelId: row.id };
  },
});
