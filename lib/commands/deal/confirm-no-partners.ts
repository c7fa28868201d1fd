import { z } from "zod";
import { defineVerb } from "../verb";
import { sayNoPartner } from "./no-partner";
import { onEachDeal, ownDeals, severalDeals } from "./several-deals";

export const confirmNoPartners = defineVerb({
  name: "confirm-no-partners",
  summary: "Confirm that no partner is involved in several deals, all or none",
  input: z.strictObject({ dealIds: severalDeals }),
  output: z.object({ dealIds: z.array(z.string()) }),
  may: "deal.confirm_no_partner",
  own: (context, { dealIds }) => ownDeals(context, dealIds, "confirms its attribution"),
  async run(context, { dealIds }) {
    await onEachDeal(context, dealIds, (deal) => sayNoPartner(context, deal));
    return { dealIds };
  },
});
