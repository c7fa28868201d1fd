import { eq } from "drizzle-orm";
import { z } from "zod";
import { webhookEndpoints } from "@/db/schema/webhooks";
import { Refusal } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { addressShape, eventsShape } from "./endpoint";
import { mayKeepWebhooks } from "./guards";

const { id, name, address, events, pausedAt } = webhookEndpoints;

export const editWebhook = defineVerb({
  name: "edit-webhook",
  summary:
    "Change where another system is told and of what, or let what it is told wait until it is taken up again",
  input: z.strictObject({
    endpointId: field.id,
    changes: z
      .strictObject({
        name: field.line(100),
        address: addressShape,
        events: eventsShape,
        paused: z.boolean(),
      })
      .partial(),
  }),
  output: z.object({ endpointId: z.string() }),
  guard: mayKeepWebhooks,
  async subject({ tx }, { endpointId }) {
    const [found] = await tx
      .select({ name, address, events, pausedAt })
      .from(webhookEndpoints)
      .where(eq(id, endpointId))
      .for("update");
    if (!found)
      throw new Refusal({
        ...{ code: "not_found", field: "endpointId", value: endpointId },
        rule: "there is no webhook with this id",
      });
    return found;
  },
  stands: ({ pausedAt: since, ...stands }) => ({ ...stands, paused: since !== null }),
  async run({ tx, audit }, { endpointId, changes }, before) {
    const { paused = before.pausedAt !== null, ...told } = changes;
    const after = { ...before, ...told, pausedAt: paused ? (before.pausedAt ?? new Date()) : null };
    await tx.update(webhookEndpoints).set(after).where(eq(id, endpointId));
    audit({ subjectKind: "webhook", subjectId: endpointId, dealId: null, before, after });
    return { endpointId };
  },
});
