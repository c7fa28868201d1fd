import { eq } from "drizzle-orm";
import { z } from "zod";
import { chatChannels } from "@/db/schema/notices";
import { Refusal } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayKeepChannel } from "./guards";

export const removeChatChannel = defineVerb({
  name: "remove-chat-channel",
  summary: "Post no more notices in a chat's channel",
  input: z.strictObject({ channelId: field.id }),
  output: z.object({ channelId: z.string() }),
  guard: mayKeepChannel,
  async run({ tx, audit }, { channelId }) {
    const { id, chat, name, team } = chatChannels;
    const [before] = await tx
      .delete(chatChannels)
      .where(eq(chatChannels.id, channelId))
      .returning({ id, chat, name, team });
    if (!before)
      throw new Refusal({
        ...{ code: "not_found", field: "channelId", value: channelId },
        rule: "there is no channel with this id",
      });
    audit({ subjectKind: "chat_channel", subjectId: channelId, dealId: null, before, after: null });
    return { channelId };
  },
});
