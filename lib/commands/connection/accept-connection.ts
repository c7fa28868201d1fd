import { eq } from "drizzle-orm";
import { z } from "zod";
import { connections } from "@/db/schema/connections";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayAcceptConnection } from "./guards";
import { leaveToBeJudged } from "./judged-anew";
import { lockConnection } from "./load";

export const acceptConnection = defineVerb({
  name: "accept-connection",
  summary: "Take what a connection brings as witnessed from now on, or no longer",
  input: z.strictObject({ connectionId: field.id, accept: z.boolean() }),
  output: z.object({ connectionId: z.string() }),
  guard: mayAcceptConnection,
  timeoutMs: 120_000,
  subject: async (context, { connectionId, accept }) => ({
    connection: await lockConnection(context, connectionId),
    accept,
  }),
  async run(context, { connectionId, accept }, { connection: { acceptedOn, acceptedBy } }) {
    const { tx, actor, today, audit, rehearsal } = context;
    const after = { acceptedOn: accept ? today : null, acceptedBy: accept ? actor.userId : null };
    await tx.update(connections).set(after).where(eq(connections.id, connectionId));
    if (!rehearsal) await leaveToBeJudged(context, connectionId);
    audit({
      ...{ subjectKind: "connection", subjectId: connectionId, dealId: null },
      ...{ before: { acceptedOn, acceptedBy }, after },
    });
    return { connectionId };
  },
});
