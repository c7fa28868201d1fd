import { z } from "zod";
import * as field from "../input";
import { defineVerb } from "../verb";
import { lockDeal, ownDeal } from "./load";
import { sayNoPartner } from "./no-partner";

export const confirmNoPartner = defineVerb({
  name: "confirm-no-partner",
  summary: "Confirm that no partner is involved in a deal",
  input: z.strictObject({ dealId: field.id, version: field.version.optional() }),
  output: z.object({ dealId: z.string() }),
  may: "deal.confirm_no_partner",
  own: async (context, { dealId }) =>
    ownDeal(context.actor, await lockDeal(context, dealId), "confirms its attribution"),
  async run(context, { dealId, version }) {
    await sayNoPartner(context, await lockDeal(context, dealId, version));
    return { dealId };
  },
});
