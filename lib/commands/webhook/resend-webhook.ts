import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { webhookDeliveries } from "@/db/schema/webhooks";
import { Refusal } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayKeepWebhooks } from "./guards";

export const resendWebhook = defineVerb({
  name: "resend-webhook",
  summary: "Have a message of a webhook sent again, under the same id, whether it arrived or not",
  input: z.strictObject({ deliveryId: field.id }),
  output: z.object({ deliveryId: z.string() }),
  guard: mayKeepWebhooks,
  async subject({ tx }, { deliveryId }) {
    const { state, attempts, problem } = webhookDeliveries;
    const [found] = await tx
      .select({ state, attempts, problem })
      .from(webhookDeliveries)
      .where(eq(webhookDeliveries.id, deliveryId))
      .for("update");
    if (!found)
      throw new Refusal({
        ...{ code: "not_found", field: "deliveryId", value: deliveryId },
        rule: "there is no message with this id",
      });
    return found;
  },
  async run({ tx, audit }, { deliveryId }, before) {
    const anew = { state: "waiting" as const, attempts: 0, problem: null };
    await tx
      .update(webhookDeliveries)
      .set({ ...anew, dueAt: sql`now()`, heldUntil: null, sentAt: null })
      .where(eq(webhookDeliveries.id, deliveryId));
    const after = { ...anew, again: true };
    audit({ subjectKind: "webhook_message", subjectId: deliveryId, dealId: null, before, after });
    return { deliveryId };
  },
});
