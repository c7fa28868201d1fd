import { eq } from "drizzle-orm";
import { z } from "zod";
import { connectionCursors, connections } from "@/db/schema/connections";
import { CONNECTION_ASKS } from "@/lib/interchange/connection";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayAskConnection } from "./guards";
import { lockConnection } from "./load";

export const askConnection = defineVerb({
  name: "ask-connection",
  summary: "Have a connection tested, tried without writing, synced now, or read again from its beginning",
  input: z.strictObject({ connectionId: field.id, ask: z.enum(CONNECTION_ASKS) }),
  output: z.object({ connectionId: z.string() }),
  guard: mayAskConnection,
  subject: async (context, { connectionId, ask }) => ({
    connection: await lockConnection(context, connectionId),
    ask,
  }),
  async run({ tx, audit }, { connectionId, ask }, { connection: { asked } }) {
    const before = { asked };
    // Asked for twice, it is done once: the entry of the log says that somebody asked.
    const after = { asked: ask, anew: asked === ask };
    await tx
      .update(connections)
      .set({ asked: ask, dueAt: new Date() })
      .where(eq(connections.id, connectionId));
    if (ask === "replay")
      await tx.delete(connectionCursors).where(eq(connectionCursors.connectionId, connectionId));
    audit({ subjectKind: "connection", subjectId: connectionId, dealId: null, before, after });
    return { connectionId };
  },
});
