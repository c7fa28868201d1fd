import { z } from "zod";
import { mustHavePartner } from "../deal/load";
import { onEachDeal, ownDeals, severalDeals } from "../deal/several-deals";
import * as field from "../input";
import { defineVerb } from "../verb";
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
  may: "role.add",
  own: (context, { dealIds }) => ownDeals(context, dealIds, "or a partner manager names its partners"),
  async run(context, { dealIds, partnerId, ...claim }) {
    const partner = await mustHavePartner(context, partnerId);
    const rowIds: string[] = [];
    await onEachDeal(context, dealIds, async (deal) => {
      const { rowId } = await addRoleRow(context, deal, { ...claim, partner, contact: null });
      rowIds.push(rowId);
    });
    return { rowIds };
  },
});
