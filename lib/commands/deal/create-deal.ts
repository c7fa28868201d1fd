import { eq } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { registrations, roleRows } from "@/db/schema/facts";
import { parseOccurrence } from "@/lib/attribution/field-rules";
import { refuse } from "@/lib/errors";
import { mustHaveAccount } from "../customer/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { described } from "./described";
import { mayCreateDeal } from "./guards";
import { type DealRow, enterStage, lockRegistration, mustHavePartner } from "./load";

export const createDeal = defineVerb({
  name: "create-deal",
  summary: "Enter a deal by hand",
  input: z.strictObject({
    id: field.id.optional(),
    /** The customer's name; one that nobody is called yet is entered with it. Or the account itself. */
    account: field.line(200).optional(),
    accountId: field.id.optional(),
    owner: field.line(200).optional(),
    amount: field.amount,
    currency: field.currency,
    type: field.dealType.default("new"),
    route: field.route.default("direct"),
    createdOn: field.day.optional(),
    stage: field.stage.default(1),
    firstEngagedOn: field.day.nullable().default(null),
    recreatedFrom: field.id.nullable().default(null),
    ...z.object(described).partial().shape,
    /** The registration that the deal is created from, entered with it or known; approved, it tags its partner sourcer (§8.1). */
    registration: z
      .union([
        z.strictObject({ partnerId: field.id, submittedOn: field.day }),
        z.strictObject({ registrationId: field.id }),
      ])
      .optional(),
  }),
  output: z.object({ dealId: z.string(), version: z.int() }),
  guard: mayCreateDeal,
  subject: async ({ actor }, input) => ({ owner: input.owner ?? actor.ownerName }),
  async run(context, input, { owner }) {
    const { tx, today, audit, touch } = context;
    if (!owner) refuse("owner", null, "a deal has an owner: name the AE");
    if (input.accountId) await mustHaveAccount(context, input.accountId);
    else if (!input.account) refuse("account", null, "a deal is an account's: name it");
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
    const [made] = await tx.insert(deals).values(deal).returning();
    audit({ subjectKind: "deal", subjectId: id, dealId: id, before: null, after: made });
    if (stage > 0) enterStage(context, id, { stages: [], stage, enteredOn: createdOn });
    if (registration) await createdFrom(context, made!, registration);
    touch(id);
    return { dealId: id, version: 2 };
  },
});

type Submitted = { partnerId: string; submittedOn: string };

/** The registration becomes the deal's, and its partner the deal's sourcer: where it waits, with its approval. */
async function createdFrom(
  context: WriteContext,
  deal: DealRow,
  named: Submitted | { registrationId: string },
): Promise<void> {
  const { tx, actor, today, audit } = context;
  const dealId = deal.id;
  const registration =
    "registrationId" in named
      ? await takeOver(context, deal, named.registrationId)
      : await enter(context, dealId, named);
  if (registration === null) return;
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

/** One that waits for its answer. */
async function enter(context: WriteContext, dealId: string, submitted: Submitted): Promise<null> {
  const { tx, actor, today, audit } = context;
  parseOccurrence("registration.submittedOn", submitted.submittedOn, today);
  await mustHavePartner(context, submitted.partnerId);
  const row = {
    ...{ id: newId("R"), dealId, ...submitted, status: "pending" as const },
    ...{ recordedOn: today, recordedBy: actor.userId },
  };
  await tx.insert(registrations).values(row);
  audit({ subjectKind: "registration", subjectId: row.id, dealId, before: null, after: row });
  return null;
}

/** One of the account's that had no deal; null while it waits for its answer. */
async function takeOver(context: WriteContext, deal: DealRow, id: string): Promise<Submitted | null> {
  const field = "registration.registrationId";
  const { registration: before } = await lockRegistration(context, id);
  if (before.dealId !== null) refuse(field, id, "belongs to a deal already");
  if (before.status === "rejected") refuse(field, id, "was rejected: its partner registers anew");
  if (before.accountId !== deal.accountId) refuse(field, id, "names another account");
  const [after] = await context.tx
    .update(registrations)
    .set({ dealId: deal.id })
    .where(eq(registrations.id, id))
    .returning();
  context.audit({ subjectKind: "registration", subjectId: id, dealId: deal.id, before, after });
  if (before.status === "pending") return null;
  return { partnerId: before.partnerId, submittedOn: before.submittedOn };
}
