import { eq } from "drizzle-orm";
import { z } from "zod";
import { partners } from "@/db/schema/partners";
import { refuse } from "@/lib/errors";
import { mustBeItself, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayEditPartner } from "./guards";

export const createPartner = defineVerb({
  name: "create-partner",
  summary: "Enter a partner",
  input: z.strictObject({
    id: field.id.optional(),
    name: field.line(200),
    kind: field.partnerKind,
    parentId: field.id.nullable().default(null),
    ownerId: field.id.nullable().default(null),
  }),
  output: z.object({ partnerId: z.string() }),
  guard: mayEditPartner,
  async run(context, input) {
    const { tx, audit } = context;
    const id = input.id ?? newId("P");
    const taken = await tx.select({ id: partners.id }).from(partners).where(eq(partners.id, id));
    if (taken.length > 0) refuse("id", id, "a partner with this id exists already");
    if (input.parentId === id) refuse("parentId", input.parentId, "a partner cannot be its own ancestor");
    if (input.parentId) mustBeItself(await mustHavePartner(context, input.parentId));
    const partner = { ...input, id, demo: context.demo };
    await tx.insert(partners).values(partner);
    audit({ subjectKind: "partner", subjectId: id, dealId: null, before: null, after: partner });
    return { partnerId: id };
  },
});
