import { eq } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { refuse } from "@/lib/errors";
import * as field from "./input";
import { enterStage } from "./load";
import { newId } from "./new-id";
import { defineVerb } from "./verb";

export const createDeal = defineVerb({
  name: "create-deal",
  summary: "Enter a deal by hand",
  input: z.strictObject({
    id: field.id.optional(),
    account: field.line(200),
    owner: field.line(200).optional(),
    amount: field.amount,
    currency: field.currency,
    type: field.dealType.default("new"),
    route: field.route.default("direct"),
    createdOn: field.day.optional(),
    stage: field.stage.default(1),
    firstEngagedOn: field.day.nullable().default(null),
    recreatedFrom: field.id.nullable().default(null),
  }),
  output: z.object({ dealId: z.string(), version: z.int() }),
  may: "deal.create",
  own: async ({ actor }, input) => ({
    owns: actor.ownerName !== null && (input.owner === undefined || input.owner === actor.ownerName),
    because: "An AE enters deals of their own; an admin may enter one for somebody else",
  }),
  async run(context, input) {
    const { tx, actor, today, audit, touch } = context;
    const owner = input.owner ?? actor.ownerName;
    if (!owner) refuse("owner", null, "a deal has an owner: name the AE");
    const createdOn = input.createdOn ?? today;
    if (createdOn > today) refuse("createdOn", createdOn, "must not be in the future");
    if (input.firstEngagedOn && input.firstEngagedOn > today) {
      refuse("firstEngagedOn", input.firstEngagedOn, "must not be in the future");
    }
    const id = input.id ?? newId("D");
    if (input.id) {
      const taken = await tx.select({ id: deals.id }).from(deals).where(eq(deals.id, id));
      if (taken.length > 0) refuse("id", id, "a deal with this id exists already");
    }
    const { stage, ...rest } = input;
    const deal = { ...rest, id, owner, demo: context.demo, createdOn, outcome: "open" as const };
    await tx.insert(deals).values(deal);
    audit({ subjectKind: "deal", subjectId: id, dealId: id, before: null, after: deal });
    if (stage > 0) await enterStage(context, id, stage, createdOn);
    touch(id);
    return { dealId: id, version: 2 };
  },
});
