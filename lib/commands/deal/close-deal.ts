import { z } from "zod";
import { refuse } from "@/lib/errors";
import { frozenWords } from "@/lib/sealing/refuse-deals";
import { dayInWords } from "@/lib/text/days";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayCloseDeal } from "./guards";
import { lockScene } from "./load";

export const closeDeal = defineVerb({
  name: "close-deal",
  summary: "Close a deal, won or lost",
  input: z.strictObject({
    dealId: field.id,
    version: field.version.optional(),
    outcome: z.enum(["won", "lost"], { error: "must be won or lost" }),
    closedOn: field.day.optional(),
  }),
  output: z.object({ dealId: z.string() }),
  guard: mayCloseDeal,
  subject: async (context, { dealId, version, outcome, closedOn = context.today }) => {
    const { deal, roles: rows, frozen } = await lockScene(context, dealId, { version, closedOn });
    return { deal, rows, noPartnerOn: deal.noPartnerOn, as: outcome, frozen };
  },
  async run({ today, audit, touch }, { dealId, outcome, closedOn = today }, { deal: before, frozen }) {
    if (closedOn > today) refuse("closedOn", closedOn, "must not be in the future");
    if (closedOn < before.createdOn)
      refuse("closedOn", closedOn, `must not be before ${dayInWords(before.createdOn)}, its creation`);
    if (frozen) refuse("closedOn", closedOn, frozenWords(frozen));
    const closed = { outcome, closedOn };
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after: { ...before, ...closed } });
    touch(dealId, closed);
    return { dealId };
  },
});
