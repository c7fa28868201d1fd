import { eq } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { registrations, roleRows } from "@/db/schema/facts";
import { parseOccurrence } from "@/lib/attribution/field-rules";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { mayCreateDeal } from "./guards";
import { enterStage, mustHavePartner } from "./load";

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
    /** The approved registration that the deal is created from; it tags the deal sourced by itself (§8.1). */
    registration: z.strictObject({ partnerId: field.id, submittedOn: field.day }).optional(),
  }),
  output: z.object({ dealId: z.string(), version: z.int() }),
  guard: mayCreateDeal,
  subject: async ({ actor }, input) => ({ owner: input.owner ?? actor.ownerName }),
  async run(context, input, { owner }) {
    const { tx, today, audit, touch } = context;
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
    const { stage, registration, ...rest } = input;
    const deal = { ...rest, id, owner, demo: context.demo, createdOn, outcome: "open" as const };
    await tx.insert(deals).values(deal);
    audit({ subjectKind: "deal", subjectId: id, dealId: id, before: null, after: deal });
    if (stage > 0) enterStage(context, id, { stages: [], stage, enteredOn: createdOn });
    if (registration) await registered(context, id, registration);
    touch(id);
    return { dealId: id, version: 2 };
  },
});

async function registered(
  context: WriteContext,
  dealId: string,
  registration: { partnerId: string; submittedOn: string },
): Promise<void> {
  const { tx, actor, today, audit } = context;
  parseOccurrence("registration.submittedOn", registration.submittedOn, today);
  await mustHavePartner(context, registration.partnerId);
  const row = {
    ...{ id: newId("R"), dealId, ...registration, status: "pending" as const },
    ...{ recordedOn: today, recordedBy: actor.userId },
  };
  await tx.insert(registrations).values(row);
  audit({ subjectKind: "registration", subjectId: row.id, dealId, before: null, after: row });
  const confirmed = actor.role === "ae";
  const role = {
    id: newId("T"),
    dealId,
    partnerId: registration.partnerId,
    role: "sourcer" as const,
    touchStage: 0,
    touchedOn: registration.submittedOn,
    recordedOn: today,
    recordedBy: actor.userId,
    confirmedOn: confirmed ? today : null,
    confirmedBy: confirmed ? actor.userId : null,
  };
  await tx.insert(roleRows).values(role);
  audit({ subjectKind: "role_row", subjectId: role.id, dealId, before: null, after: role });
}
