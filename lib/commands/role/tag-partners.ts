import { z } from "zod";
import { mustHavePartner } from "../deal/load";
import { lockSeveral, onEachDeal, severalDeals } from "../deal/several-deals";
import { guardEach } from "../guard";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayTagPartner } from "./guards";
import { addRoleRow } from "./role-row";

export const tagPartners = defineVerb({
  name: "tag-partners",
  summary: "Name one partner's role in several deals, all or none",
  input: z.strictObject({
    dealIds: severalDeals,
    partnerId: field.id,
    role: field.role,
    /** The stage at which the partner touched each deal; each deal's own on the day when left out. */
    touchStage: field.stage.optional(),
    touchedOn: field.day.optional(),
  }),
  output: z.object({ rowIds: z.array(z.string()) }),
  guard: guardEach(mayTagPartner),
  subject: async (context, { dealIds }) => (await lockSeveral(context, dealIds)).map((deal) => ({ deal })),
  async run(context, { dealIds: _, partnerId, ...claim }, several) {
    const partner = await mustHavePartner(context, partnerId);
    const rowIds: string[] = [];
    await onEachDeal(
      several.map(({ deal }) => deal),
      async (deal) => {
        const { rowId } = await addRoleRow(context, deal, { ...claim, partner, contact: null });
        rowIds.push(rowId);
      },
    );
    return { rowIds };
  },
});
