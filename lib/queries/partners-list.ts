import { z } from "zod";
import { PARTNER_KINDS } from "@/lib/attribution/vocabulary";
import { defineQuery } from "./query";
import { dayShape } from "./shapes";

/** Every partner with what it is doing. Counts of deals by outcome are never added together (§7). */
export const partnersList = defineQuery({
  name: "partners-list",
  summary: "Partners by name, with their deals and last action.",
  input: z.strictObject({ search: z.string().max(200).optional() }),
  output: z.object({
    partners: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(PARTNER_KINDS),
        parentId: z.string().nullable(),
        programs: z.array(z.string()),
        owner: z.string().nullable(),
        /** Deals it is on. */
        deals: z.int(),
        /** Deals it sourced. */
        sourced: z.int(),
        /** Deals on which its outcome is of the influenced family. */
        influenced: z.int(),
        disputed: z.int(),
        lastActivityOn: dayShape.nullable(),
        version: z.int(),
        demo: z.boolean(),
      }),
    ),
  }),
  async run() {
    throw new Error("not written yet");
  },
});
