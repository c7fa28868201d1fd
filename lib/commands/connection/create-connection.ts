import { z } from "zod";
import { connections } from "@/db/schema/connections";
import { settings } from "@/db/schema/settings";
import { sealSecret } from "@/lib/auth/sealed-secrets";
import { CONNECTION_SYSTEMS, newSettings } from "@/lib/interchange/connection";
import { PORTALS } from "@/lib/interchange/portal";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayKeepConnection } from "./guards";
import { checkedSecrets, secretsShape } from "./secrets";

export const createConnection = defineVerb({
  name: "create-connection",
  summary: "Name another system to read: nothing is read before it was tested, tried and switched on",
  input: z.strictObject({
    system: z.enum(CONNECTION_SYSTEMS),
    name: field.line(100),
    /** Where it answers: the org's own address for Salesforce. */
    address: field.link,
    /** Sealed, and never shown again. */
    secrets: secretsShape,
    /** Of a partner portal: in whose words its messages are. */
    portal: z.enum(PORTALS).optional(),
  }),
  output: z.object({ connectionId: z.string() }),
  guard: mayKeepConnection,
  async run({ tx, actor, audit }, { system, name, address, secrets, portal = "own" }) {
    const [company] = await tx.select({ currency: settings.reportingCurrency }).from(settings);
    const id = newId("CN");
    const shown = {
      id,
      system,
      name,
      address: address.replace(/\/+$/, ""),
      settings: { ...newSettings(company!.currency), portal },
    };
    const sealed = sealSecret(JSON.stringify(checkedSecrets(system, secrets)), `connection:${id}`);
    await tx.insert(connections).values({ ...shown, sealed, createdBy: actor.id, asked: "test" });
    audit({ subjectKind: "connection", subjectId: id, dealId: null, before: null, after: shown });
    return { connectionId: id };
  },
});
