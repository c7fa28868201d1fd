import { z } from "zod";
import { guardEach } from "../guard";
import { inTheirMonths } from "../reconciliation/load";
import { defineVerb } from "../verb";
import { mayConfirmNoPartner } from "./guards";
import { lockScenes } from "./load";
import { sayNoPartner } from "./no-partner";
import { severalDeals } from "./several-deals";

export const confirmNoPartners = defineVerb({
  name: "confirm-no-partners",
  summary: "Confirm that no partner is involved in several deals, all or none",
  input: z.strictObject({ dealIds: severalDeals }),
  output: z.object({ dealIds: z.array(z.string()) }),
  guard: guardEach(mayConfirmNoPartner),
  subject: async (context, { dealIds }) => {
    const { scenes } = await lockScenes(context, dealIds);
    const deals = await inTheirMonths(
      context,
      scenes.map(({ deal }) => deal),
    );
    return scenes.map(({ deal: before, roles: rows }, at) => ({ deal: deals[at]!, rows, before }));
  },
  async run(context, { dealIds }, several) {
    for (const { before } of several) sayNoPartner(context, before);
    return { dealIds };
  },
});
