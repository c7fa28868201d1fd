import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import { settings } from "@/db/schema/settings";
import { targets } from "@/db/schema/targets";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { maySetTarget } from "./guards";

export const setTarget = defineVerb({
  name: "set-target",
  summary: "Say what a quarter is to bring by sourced or influenced credit, in all or by one partner manager",
  input: z.strictObject({
    quarter: field.quarter,
    line: z.enum(["sourced", "influenced"], { error: "must be sourced or influenced" }),
    /** Who looks after the partners; null is the whole company. */
    ownerId: field.id.nullable(),
    /** Minor units of the reporting currency; null takes it away. */
    amount: field.amount.nullable(),
  }),
  output: z.object({ quarter: z.string() }),
  guard: maySetTarget,
  async run({ tx, actor, today, demo, audit }, { quarter, line, ownerId, amount }) {
    if (amount === 0) refuse("amount", amount, "must be above zero; without a target leave it away");
    if (ownerId !== null) {
      const [person] = await tx.select({ role: users.role }).from(users).where(eq(users.id, ownerId));
      if (person?.role !== "partner_manager" && person?.role !== "head_of_partnerships")
        refuse("ownerId", ownerId, "must be somebody who looks after partners");
    }
    const [company] = await tx.select({ currency: settings.reportingCurrency }).from(settings);
    const its = and(
      ...[eq(targets.quarter, quarter), eq(targets.line, line)],
      ownerId === null ? isNull(targets.ownerId) : eq(targets.ownerId, ownerId),
    );
    const [before = null] = await tx.select().from(targets).where(its).for("update");
    if ((before?.amount ?? null) === amount) refuse("amount", amount, "is its target already");
    await tx.delete(targets).where(its);
    const row = {
      ...{ quarter, line, ownerId, amount: amount ?? 0, currency: company?.currency ?? "USD" },
      ...{ setBy: actor.userId, setOn: today, demo: demo || actor.demo === true },
    };
    const after = amount === null ? null : row;
    if (after) await tx.insert(targets).values(after);
    const subjectId = [quarter, line, ownerId].filter((one) => one !== null).join(" ");
    audit({ subjectKind: "target", subjectId, dealId: null, before, after });
    return { quarter };
  },
});
