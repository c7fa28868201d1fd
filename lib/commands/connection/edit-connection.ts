import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { connectionCursors, connections } from "@/db/schema/connections";
import { canonicalJson } from "@/lib/attribution/canonical";
import { sealSecret } from "@/lib/auth/sealed-secrets";
import { refuse } from "@/lib/errors";
import { type ConnectionSettings, readingOf } from "@/lib/interchange/connection";
import * as field from "../input";
import { defineVerb } from "../verb";
import { maySwitchConnection } from "./guards";
import { leaveToBeJudged } from "./judged-anew";
import { lockConnection } from "./load";
import { checkedSecrets, secretsShape } from "./secrets";
import { settingsShape } from "./settings";
import { writeAnew } from "./write-anew";

export const editConnection = defineVerb({
  name: "edit-connection",
  summary: "Change how a connection is reached, what its words mean here, or whether it is switched on",
  input: z.strictObject({
    connectionId: field.id,
    changes: z
      .strictObject({
        name: field.line(100),
        /** Another address or other secrets may be another witness: finance accepts it anew. */
        address: field.link,
        secrets: secretsShape,
        on: z.boolean(),
        ...settingsShape,
      })
      .partial(),
  }),
  output: z.object({ connectionId: z.string() }),
  guard: maySwitchConnection,
  subject: async (context, { connectionId, changes }) => ({
    connection: await lockConnection(context, connectionId),
    on: changes.on,
  }),
  stands: ({ connection: { name, address, onSince, settings } }) => ({
    ...{ name, address, on: onSince !== null },
    ...settings,
  }),
  async run(context, { connectionId, changes }, { connection: before }) {
    const { tx, audit } = context;
    const { name = before.name, secrets, on, address: given, ...told } = changes;
    const address = given?.replace(/\/+$/, "") ?? before.address;
    const settings = { ...before.settings, ...told } as ConnectionSettings;
    const place = `connection:${connectionId}`;
    const sealed = secrets
      ? sealSecret(JSON.stringify(checkedSecrets(before.system, secrets)), place)
      : before.sealed;
    const isOther = secrets !== undefined || address !== before.address;
    const isReadAnew = readingOf(settings) !== readingOf(before.settings);
    const isOn = !isOther && (on ?? before.onSince !== null);
    const onSince = isOn ? (before.onSince ?? new Date()) : null;
    const forgotten = isOther && {
      acceptedOn: null,
      acceptedBy: null,
      looked: null,
      lookedAt: null,
      rehearsed: null,
    };
    const isWrittenElsewhere =
      canonicalJson(settings.writeObject ?? null) !== canonicalJson(before.settings.writeObject ?? null);
    if (isWrittenElsewhere && settings.writeObject && before.system !== "salesforce")
      refuse("changes.writeObject", settings.writeObject.name, "is an object of Salesforce's");
    // Its fields are looked up by a test.
    const asked = isOther || isWrittenElsewhere ? "test" : before.asked;
    await tx
      .update(connections)
      .set({ name, address, sealed, settings, onSince, asked, dueAt: new Date(), failures: 0, ...forgotten })
      .where(eq(connections.id, connectionId));
    // What was read otherwise so far is read again.
    if (isOther || isReadAnew)
      await tx.delete(connectionCursors).where(eq(connectionCursors.connectionId, connectionId));
    await writeAnew(context, connectionId, { from: before.settings, to: settings, isWrittenElsewhere });
    if (isOther && before.acceptedOn) await leaveToBeJudged(context, connectionId);
    const shown = (
      row: Pick<typeof before, "name" | "address" | "settings" | "sealed" | "onSince" | "acceptedOn">,
    ) => ({
      ...{ name: row.name, address: row.address, on: row.onSince !== null, acceptedOn: row.acceptedOn },
      ...{ secret: createHash("sha256").update(row.sealed).digest("hex").slice(0, 12), ...row.settings },
    });
    const acceptedOn = isOther ? null : before.acceptedOn;
    const after = { name, address, settings, sealed, onSince, acceptedOn };
    audit({
      ...{ subjectKind: "connection", subjectId: connectionId, dealId: null },
      ...{ before: shown(before), after: shown(after) },
    });
    return { connectionId };
  },
});
