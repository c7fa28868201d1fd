import { eq, getTableColumns, sql } from "drizzle-orm";
import { z } from "zod";
import { auditLog } from "@/db/schema/audit";
import { registrations } from "@/db/schema/facts";
import { settings } from "@/db/schema/settings";
import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { lockRegistration, lockScene, type RegistrationRow } from "../deal/load";
import * as field from "../input";
import { addRoleRow } from "../role/role-row";
import { defineVerb, type WriteContext } from "../verb";
import { mayDecideRegistration } from "./guards";

export const decideRegistration = defineVerb({
  name: "decide-registration",
  summary: "Approve or reject a partner's deal registration that somebody else recorded",
  input: z.strictObject({
    registrationId: field.id,
    status: z.enum(["approved", "rejected"], { error: "must be approved or rejected" }),
    /** A rejection says why. */
    reason: field.line(1000).nullable().default(null),
    /** Of an approval: how long it keeps other partners off; as long as the company's settings say when absent. */
    protectedUntil: field.day.nullable().optional(),
  }),
  output: z.object({ registrationId: z.string() }),
  guard: mayDecideRegistration,
  subject: (context, { registrationId }) => lockRegistration(context, registrationId),
  async run(context, { registrationId, status, reason, protectedUntil }, { registration: before, deal }) {
    const { tx, actor, today, audit, touch } = context;
    if (before.status === status) refuse("status", status, "is what was decided already");
    if (status === "rejected" && reason === null)
      refuse("reason", null, "a rejection says why: the partner will ask");
    if (protectedUntil && (status === "rejected" || protectedUntil < today))
      refuse("protectedUntil", protectedUntil, "only an approval protects, from today on");
    const until =
      status === "approved" ? (protectedUntil === undefined ? protectedFrom(today) : protectedUntil) : null;
    // Whatever system it came from: that it holds is now a person's word.
    const decided = {
      status,
      reason,
      decidedOn: today,
      decidedBy: actor.userId,
      source: null,
      protectedUntil: until,
    };
    const [row] = await tx
      .update(registrations)
      .set(decided)
      .where(eq(registrations.id, registrationId))
      .returning({ ...getTableColumns(registrations), entered: hasItsDealFromIt });
    const { entered, ...after } = row!;
    audit({ subjectKind: "registration", subjectId: registrationId, dealId: before.dealId, before, after });
    if (before.dealId) touch(before.dealId);
    if (entered && status === "approved" && deal?.outcome === "open")
      await tagSourcer(context, before, deal.id);
    return { registrationId };
  },
});

/** Whether its deal was entered from it, rather than there before. */
const hasItsDealFromIt = sql<boolean>`exists (select from ${auditLog} l
  where l.subject_kind = 'registration' and l.subject_id = registrations.id
    and l.action = 'create-deal' and l.deal_id = registrations.deal_id)`;

/** The partner is the sourcer of the deal that was entered from it (§8.1), unless a row says something already. */
async function tagSourcer(
  context: WriteContext,
  registration: RegistrationRow,
  dealId: string,
): Promise<void> {
  const { partnerId, submittedOn } = registration;
  const { partner, ...scene } = await lockScene(context, dealId, { partnerId });
  if (!partner || partner.mergedInto !== null) return;
  if (scene.roles.some((row) => row.partnerId === partnerId)) return;
  addRoleRow(context, scene, {
    ...{ partner, role: "sourcer", touchStage: 0, touchedOn: submittedOn, contact: null },
  });
}

/** As long as the company's settings say, from `today`: read where it is written. */
const protectedFrom = (today: Day) =>
  sql<Day>`${today}::date + coalesce((select ${settings.registrationProtectionDays} from ${settings}), 90)`;
