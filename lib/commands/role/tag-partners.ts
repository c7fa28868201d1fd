import { z } from "zod";
import { lockScenes, mustBeThere } from "../deal/load";
import { onEachDeal, severalDeals } from "../deal/several-deals";
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
  subject: async (context, { dealIds, partnerId }) => {
    const { scenes, partner } = await lockScenes(context, dealIds, { partnerId });
    return scenes.map((scene) => ({ ...scene, partner }));
  },
  async run(context, { dealIds: _, partnerId, ...claim }, several) {
    const partner = mustBeThere(several[0]!.partner, partnerId);
    const rowIds: string[] = [];
    onEachDeal(several, (scene) => {
      rowIds.push(addRoleRow(context, scene, { ...claim, partner, contact: null }).rowId);
    });
    return { rowIds };
  },
});
