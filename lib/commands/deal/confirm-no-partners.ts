import { z } from "zod";
import { guardEach } from "../guard";
import { defineVerb } from "../verb";
import { mayConfirmNoPartner } from "./guards";
import { roleRowsOf } from "./load";
import { sayNoPartner } from "./no-partner";
import { lockSeveral, severalDeals } from "./several-deals";

export const confirmNoPartners = defineVerb({
  name: "confirm-no-partners",
  summary: "Confirm that no partner is involved in several deals, all or none",
  input: z.strictObject({ dealIds: severalDeals }),
  output: z.object({ dealIds: z.array(z.string()) }),
  guard: guardEach(mayConfirmNoPartner),
  subject: async (context, { dealIds }) => {
    const deals = await lockSeveral(context, dealIds);
    const rows = await roleRowsOf(context, dealIds);
    return deals.map((deal) => ({ deal, rows: rows.filter((row) => row.dealId === deal.id) }));
  },
  async run(context, { dealIds }, several) {
    for (const { deal } of several) await sayNoPartner(context, deal);
    return { dealIds };
  },
});
