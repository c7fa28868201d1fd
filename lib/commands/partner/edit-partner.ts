import { z } from "zod";
import { mustHavePartner } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { changePartner } from "./change-partner";
import { mayEditPartner } from "./guards";

export const editPartner = defineVerb({
  name: "edit-partner",
  summary: "Correct what is known of a partner",
  input: z.strictObject({
    partnerId: field.id,
    changes: z
      .strictObject({
        name: field.line(200),
        kind: field.partnerKind,
        parentId: field.id.nullable(),
        ownerId: field.id.nullable(),
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ partnerId: z.string() }),
  guard: mayEditPartner,
  // Locked before its deals are listed, so that a row tagged at the same moment is not missed.
  subject: (context, { partnerId }) => mustHavePartner(context, partnerId, "update"),
  stands: (partner) => partner,
  async run(context, { partnerId, changes }, before) {
    await changePartner(context, before, changes);
    return { partnerId };
  },
});
