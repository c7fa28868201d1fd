import { eq } from "drizzle-orm";
import { z } from "zod";
import { webhookEndpoints } from "@/db/schema/webhooks";
import { Refusal } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayKeepWebhooks } from "./guards";

export const removeWebhook = defineVerb({
  name: "remove-webhook",
  summary: "Tell another system no more, and forget what was not delivered to it",
  input: z.strictObject({ endpointId: field.id }),
  output: z.object({ endpointId: z.string() }),
  guard: mayKeepWebhooks,
  async run({ tx, audit }, { endpointId }) {
    const { id, name, address, events } = webhookEndpoints;
    const [before] = await tx
      .delete(webhookEndpoints)
      .where(eq(webhookEndpoints.id, endpointId))
      .returning({ id, name, address, events });
    if (!before)
      throw new Refusal({
        ...{ code: "not_found", field: "endpointId", value: endpointId },
        rule: "there is no webhook with this id",
      });
    audit({ subjectKind: "webhook", subjectId: endpointId, dealId: null, before, after: null });
    return { endpointId };
  },
});
