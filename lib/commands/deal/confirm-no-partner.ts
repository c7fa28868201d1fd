import { z } from "zod";
import * as field from "../input";
import { inTheirMonths } from "../reconciliation/load";
import { defineVerb } from "../verb";
import { mayConfirmNoPartner } from "./guards";
import { lockScene } from "./load";
import { sayNoPartner } from "./no-partner";

export const confirmNoPartner = defineVerb({
  name: "confirm-no-partner",
  summary: "Confirm that no partner is involved in a deal",
  input: z.strictObject({ dealId: field.id, version: field.version.optional() }),
  output: z.object({ dealId: z.string() }),
  guard: mayConfirmNoPartner,
  subject: async (context, { dealId, version }) => {
    const { deal, roles: rows } = await lockScene(context, dealId, { version });
    return { deal: (await inTheirMonths(context, [deal]))[0]!, rows, before: deal };
  },
  async run(context, { dealId }, { before }) {
    sayNoPartner(context, before);
    return { dealId };
  },
});
