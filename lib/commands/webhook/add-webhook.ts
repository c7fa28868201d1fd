import { randomBytes } from "node:crypto";
import { z } from "zod";
import { webhookEndpoints } from "@/db/schema/webhooks";
import { sealSecret } from "@/lib/auth/sealed-secrets";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { addressShape, eventsShape } from "./endpoint";
import { mayKeepWebhooks } from "./guards";

export const addWebhook = defineVerb({
  name: "add-webhook",
  summary: "Have another system told of what happens, signed by a secret that is told here and never again",
  input: z.strictObject({
    name: field.line(100),
    address: addressShape,
    events: eventsShape,
  }),
  output: z.object({ endpointId: z.string(), secret: z.string() }),
  guard: mayKeepWebhooks,
  tellsOnce: true,
  async run({ tx, audit }, { name, address, events }) {
    const id = newId("WE");
    const secret = `whsec_${randomBytes(32).toString("base64")}`;
    const row = { id, name, address, events };
    await tx.insert(webhookEndpoints).values({ ...row, secret: sealSecret(secret, `webhook:${id}`) });
    audit({ subjectKind: "webhook", subjectId: id, dealId: null, before: null, after: row });
    return { endpointId: id, secret };
  },
});
