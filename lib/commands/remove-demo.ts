import { and, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { activities, registrations, roleRows, rulings } from "@/db/schema/facts";
import { costs, rates } from "@/db/schema/finance";
import { partners } from "@/db/schema/partners";
import { users } from "@/db/schema/people";
import { settings } from "@/db/schema/settings";
import { defineVerb } from "./verb";

export const removeDemo = defineVerb({
  name: "remove-demo",
  summary: "Remove the demo story: its deals, partners, people and costs",
  input: z.strictObject({}),
  output: z.object({ deals: z.int(), partners: z.int(), people: z.int() }),
  may: "settings.edit",
  async run({ tx, actor, audit }) {
    const demoDeals = tx.select({ id: deals.id }).from(deals).where(deals.demo);
    await tx.delete(rulings).where(inArray(rulings.dealId, demoDeals));
    const removedDeals = await tx.delete(deals).where(deals.demo).returning({ id: deals.id });
    await tx.delete(costs).where(costs.demo);
    await tx.delete(rates).where(rates.demo);
    // A demo partner that a real deal names stays, and is a real one from now on.
    const named = (table: typeof roleRows | typeof activities | typeof registrations | typeof rulings) =>
      sql`exists (select 1 from ${table} where ${table.partnerId} = ${partners.id})`;
    await tx
      .update(partners)
      .set({ demo: false })
      .where(
        and(partners.demo, or(named(roleRows), named(activities), named(registrations), named(rulings))),
      );
    await tx
      .update(partners)
      .set({ parentId: null })
      .where(inArray(partners.parentId, tx.select({ id: partners.id }).from(partners).where(partners.demo)));
    const removedPartners = await tx.delete(partners).where(partners.demo).returning({ id: partners.id });
    await tx
      .update(partners)
      .set({ ownerId: null })
      .where(inArray(partners.ownerId, tx.select({ id: users.id }).from(users).where(users.demo)));
    // A demo person who wrote something that stays keeps their name on it, without access.
    const wrote = or(
      sql`exists (select 1 from ${roleRows} where ${users.id} in (${roleRows.recordedBy}, ${roleRows.confirmedBy}))`,
      sql`exists (select 1 from ${activities} where ${activities.ownerId} = ${users.id})`,
      sql`exists (select 1 from ${deals} where ${deals.noPartnerBy} = ${users.id})`,
    );
    await tx.update(users).set({ demo: false, disabledAt: sql`now()` }).where(and(users.demo, wrote));
    const keepSelf = actor.userId ? sql`${users.id} <> ${actor.userId}` : sql`true`;
    const removedPeople = await tx.delete(users).where(and(users.demo, keepSelf)).returning({ id: users.id });
    await tx.update(users).set({ demo: false }).where(users.demo);
    await tx.update(settings).set({ demo: false, company: "Your company" });
    const removed = {
      deals: removedDeals.length,
      partners: removedPartners.length,
      people: removedPeople.length,
    };
    audit({
      subjectKind: "settings",
      subjectId: "1",
      dealId: null,
      before: { demo: true },
      after: { demo: false, removed },
    });
    return removed;
  },
});
