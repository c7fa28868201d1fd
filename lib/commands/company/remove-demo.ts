import { and, eq, inArray, isNotNull, isNull, ne, not, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/connection/transaction";
import { accounts, partnerAccounts } from "@/db/schema/accounts";
import { auditSamples, sampledDeals } from "@/db/schema/audit-samples";
import { compensationPlans, compensationSignatures } from "@/db/schema/compensation";
import { corrections } from "@/db/schema/corrections";
import { deals } from "@/db/schema/deals";
import { evidenceFiles, evidenceProposals } from "@/db/schema/evidence";
import { deputies, exceptionNotes, exceptions, exceptionVotes } from "@/db/schema/exceptions";
import { activities, registrationDecisions, registrations, roleRows, rulings } from "@/db/schema/facts";
import { costNones, costs, rates } from "@/db/schema/finance";
import { forecastSignatures, forecastSnapshots } from "@/db/schema/forecasts";
import { imports, mappings } from "@/db/schema/imports";
import { inboxWeeks } from "@/db/schema/inbox";
import { jointSteps } from "@/db/schema/joint-steps";
import { notes } from "@/db/schema/notes";
import { partnerOutcomes } from "@/db/schema/outcomes";
import { partnerPrograms, partners } from "@/db/schema/partners";
import { users } from "@/db/schema/people";
import { backtests, learnings, policies, policyDeclines, signatures } from "@/db/schema/policies";
import { lockedMonths, reconciledDeals } from "@/db/schema/reconciliation";
import { freezePreparations, restatements, reviews, sealedQuarters } from "@/db/schema/reviews";
import { sellingPlays } from "@/db/schema/selling-plays";
import { settings } from "@/db/schema/settings";
import { targets } from "@/db/schema/targets";
import type { Day } from "@/lib/attribution/facts";
import { judgeRemoval } from "@/lib/judging/judge";
import { leaveToBeJudged } from "@/lib/judging/judge-policy";
import { makeLink } from "../account/issue-link";
import { endSessions } from "../account/load";
import { defineVerb, type WriteContext } from "../verb";

export const removeDemo = defineVerb({
  name: "remove-demo",
  summary: "Remove the demo story: its deals, partners, people and costs",
  input: z.strictObject({}),
  output: z.object({
    deals: z.int(),
    policies: z.int(),
    partners: z.int(),
    accounts: z.int(),
    people: z.int(),
    /** A link's token for whoever asked, where they were of the story and stay as its only real admin; told once. */
    token: z.string().nullable(),
  }),
  guard: { may: "settings.edit" },
  tellsOnce: true,
  async run(context) {
    const { tx, actor, today, audit } = context;
    const heir = actor.demo && (await hasRealAdmin(tx)) ? null : actor.userId;
    await removeQuarters(tx);
    // What was left of weeks with the story in them.
    await tx.delete(inboxWeeks);
    const removed = {
      deals: await removeDeals(tx, today),
      policies: await removePolicies(tx, today),
      partners: await removePartners(tx),
      accounts: await removeAccounts(tx),
      people: await removePeople(context, heir),
    };
    await tx.update(settings).set({ demo: false, company: "Your company" });
    audit({
      subjectKind: "settings",
      subjectId: "1",
      dealId: null,
      before: { demo: true },
      after: { demo: false, removed },
    });
    return { ...removed, token: actor.demo && heir ? (await makeLink(context, heir)).token : null };
  },
});

/** Whether somebody real can go on from here. */
async function hasRealAdmin(tx: Tx): Promise<boolean> {
  const real = and(eq(users.demo, false), eq(users.role, "admin"), isNull(users.disabledAt));
  const [one] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(real, isNotNull(users.passwordHash)))
    .limit(1);
  return one !== undefined;
}

/** Reviews, seals and the log of the story; what a real deal is in stays. */
async function removeQuarters(tx: Tx): Promise<void> {
  for (const table of [targets, compensationPlans, sealedQuarters, reviews, exceptions, forecastSnapshots])
    await tx.delete(table).where(eq(table.demo, true));
  const demo = tx.select({ id: users.id }).from(users).where(eq(users.demo, true));
  await tx.delete(deputies).where(or(inArray(deputies.userId, demo), inArray(deputies.namedBy, demo)));
  await tx.delete(lockedMonths).where(inArray(lockedMonths.lockedBy, demo));
  // What visitors said and prepared in the story's names goes as well: nobody real stands behind it.
  await tx
    .delete(freezePreparations)
    .where(or(eq(freezePreparations.demo, true), inArray(freezePreparations.preparedBy, demo)));
  await tx.delete(costs).where(eq(costs.demo, true));
  await tx.delete(rates).where(eq(rates.demo, true));
  await tx.delete(costNones).where(or(eq(costNones.demo, true), inArray(costNones.saidBy, demo)));
}

async function removeDeals(tx: Tx, today: Day): Promise<number> {
  const demo = await tx.select({ id: deals.id }).from(deals).where(eq(deals.demo, true));
  const ids = demo.map(({ id }) => id);
  await judgeRemoval(tx, ids, today, async () => {
    const those = tx.select({ id: deals.id }).from(deals).where(eq(deals.demo, true));
    await tx.delete(rulings).where(inArray(rulings.dealId, those));
    await tx.delete(deals).where(eq(deals.demo, true));
  });
  // A play that went with the story's clients alone; a real one of a partner of the story's stays, and its partner.
  await tx.execute(sql`
    delete from selling_plays y where not exists (
      select from selling_play_clients c left join accounts a on a.id = c.account_id
      where c.play_id = y.id and (c.deal_id is not null or not a.demo))`);
  // Of an account that no deal came of yet.
  const [ours, theirs] = [accounts, partners].map((table) =>
    tx.select({ id: table.id }).from(table).where(eq(table.demo, true)),
  );
  await tx
    .delete(registrations)
    .where(
      and(
        inArray(registrations.accountId, ours!),
        inArray(registrations.partnerId, theirs!),
        isNull(registrations.dealId),
      ),
    );
  return ids.length;
}

/** Policies of the story go, signed ones too; what they judged is judged again by what is left. */
async function removePolicies(tx: Tx, today: Day): Promise<number> {
  await tx.delete(learnings).where(eq(learnings.demo, true));
  const gone = tx.select({ id: policies.id }).from(policies).where(eq(policies.demo, true));
  await tx.update(policies).set({ amends: null }).where(inArray(policies.amends, gone));
  const removed = await tx
    .delete(policies)
    .where(eq(policies.demo, true))
    .returning({ period: policies.period });
  if (removed.some(({ period }) => period !== null)) await leaveToBeJudged(tx, today);
  return removed.length;
}

/** A demo partner that a real deal names stays, and is a real one from now on. */
async function removePartners(tx: Tx): Promise<number> {
  const named = [
    roleRows,
    activities,
    jointSteps,
    sellingPlays,
    registrations,
    partnerOutcomes,
    rulings,
    exceptions,
    exceptionNotes,
    exceptionVotes,
  ].map((table): SQL => sql`exists (select 1 from ${table} where ${table.partnerId} = ${partners.id})`);
  await tx
    .update(partners)
    .set({ demo: false })
    .where(and(eq(partners.demo, true), or(...named)));
  const demo = tx.select({ id: partners.id }).from(partners).where(eq(partners.demo, true));
  await tx.update(partners).set({ parentId: null }).where(inArray(partners.parentId, demo));
  // What is left of activities is real: a file of theirs stays, though somebody of the story kept it first.
  const isProof = sql`exists (select 1 from ${activities} where ${activities.proof} = ${"note:"} || ${notes.id})`;
  await tx.delete(notes).where(and(eq(notes.demo, true), not(isProof)));
  await tx.delete(evidenceFiles).where(eq(evidenceFiles.demo, true));
  return (await tx.delete(partners).where(eq(partners.demo, true)).returning({ id: partners.id })).length;
}

/** An account of the story that something real names stays, and is a real one from now on. */
async function removeAccounts(tx: Tx): Promise<number> {
  const named = [deals, registrations, partnerAccounts].map(
    (table): SQL => sql`exists (select 1 from ${table} where ${table.accountId} = ${accounts.id})`,
  );
  await tx
    .update(accounts)
    .set({ demo: false })
    .where(and(eq(accounts.demo, true), or(...named)));
  return (await tx.delete(accounts).where(eq(accounts.demo, true)).returning({ id: accounts.id })).length;
}

/** A demo person who wrote something that stays keeps their name on it, without access. */
async function removePeople(context: WriteContext, self: string | null): Promise<number> {
  const { tx } = context;
  const demo = tx.select({ id: users.id }).from(users).where(eq(users.demo, true));
  await tx.update(partners).set({ ownerId: null }).where(inArray(partners.ownerId, demo));
  const wrote = or(
    sql`exists (select 1 from ${roleRows} where ${users.id} in (${roleRows.recordedBy}, ${roleRows.confirmedBy},
      ${roleRows.changedBy}, ${roleRows.refusedBy}))`,
    sql`exists (select 1 from ${registrations}
      where ${users.id} in (${registrations.recordedBy}, ${registrations.decidedBy}))`,
    sql`exists (select 1 from ${registrationDecisions} where ${registrationDecisions.decidedBy} = ${users.id})`,
    sql`exists (select 1 from ${corrections} where ${users.id} in (${corrections.proposedBy}, ${corrections.decidedBy}))`,
    sql`exists (select 1 from ${notes} where ${notes.recordedBy} = ${users.id})`,
    sql`exists (select 1 from ${evidenceFiles} where ${evidenceFiles.droppedBy} = ${users.id})`,
    sql`exists (select 1 from ${evidenceProposals} where ${evidenceProposals.decidedBy} = ${users.id})`,
    sql`exists (select 1 from ${partnerPrograms} where ${partnerPrograms.grantedBy} = ${users.id})`,
    sql`exists (select 1 from ${partnerAccounts} where ${partnerAccounts.saidBy} = ${users.id})`,
    sql`exists (select 1 from ${imports} where ${imports.acceptedBy} = ${users.id})`,
    sql`exists (select 1 from ${activities} where ${users.id} in (${activities.ownerId}, ${activities.recordedBy},
      ${activities.changedBy}, ${activities.vouchedBy}, ${activities.nextStepDoneBy}))`,
    sql`exists (select 1 from ${jointSteps}
      where ${users.id} in (${jointSteps.ownerId}, ${jointSteps.recordedBy}, ${jointSteps.doneBy}))`,
    sql`exists (select 1 from ${sellingPlays}
      where ${users.id} in (${sellingPlays.ownerId}, ${sellingPlays.startedBy}, ${sellingPlays.decidedBy}))`,
    sql`exists (select 1 from ${deals} where ${deals.noPartnerBy} = ${users.id})`,
    sql`exists (select 1 from ${policies}
      where ${users.id} in (${policies.draftedBy}, ${policies.proposedBy}, ${policies.withdrawnBy}))`,
    sql`exists (select 1 from ${signatures} where ${signatures.userId} = ${users.id})`,
    sql`exists (select 1 from ${policyDeclines} where ${policyDeclines.userId} = ${users.id})`,
    sql`exists (select 1 from ${backtests} where ${backtests.ranBy} = ${users.id})`,
    sql`exists (select 1 from ${learnings} where ${learnings.recordedBy} = ${users.id})`,
    sql`exists (select 1 from ${exceptions}
      where ${users.id} in (${exceptions.ownerId}, ${exceptions.raisedBy}, ${exceptions.deferredTo}))`,
    sql`exists (select 1 from ${exceptionNotes} where ${users.id} in (${exceptionNotes.byId}, ${exceptionNotes.personId}))`,
    sql`exists (select 1 from ${deputies} where ${deputies.endedBy} = ${users.id})`,
    sql`exists (select 1 from ${exceptionVotes} where ${exceptionVotes.userId} = ${users.id})`,
    sql`exists (select 1 from ${reviews} where ${users.id} in (${reviews.facilitatorId}, ${reviews.askBy}))`,
    sql`exists (select 1 from ${sealedQuarters}
      where ${users.id} in (${sealedQuarters.sealedBy}, ${sealedQuarters.preparedBy}))`,
    sql`exists (select 1 from ${restatements}
      where ${users.id} in (${restatements.proposedBy}, ${restatements.acceptedBy}, ${restatements.declinedBy}))`,
    sql`exists (select 1 from ${auditSamples}
      where ${users.id} in (${auditSamples.drawnBy}, ${auditSamples.signedOffBy}))`,
    sql`exists (select 1 from ${sampledDeals} where ${sampledDeals.tickedBy} = ${users.id})`,
    sql`exists (select 1 from ${reconciledDeals} where ${reconciledDeals.decidedBy} = ${users.id})`,
    sql`exists (select 1 from ${forecastSignatures} where ${forecastSignatures.userId} = ${users.id})`,
    sql`exists (select 1 from ${compensationPlans}
      where ${users.id} in (${compensationPlans.draftedBy}, ${compensationPlans.withdrawnBy}))`,
    sql`exists (select 1 from ${compensationSignatures} where ${compensationSignatures.userId} = ${users.id})`,
    sql`exists (select 1 from ${costs} where ${costs.enteredBy} = ${users.id})`,
    sql`exists (select 1 from ${mappings} where ${mappings.createdBy} = ${users.id})`,
  );
  const isDemo = eq(users.demo, true);
  const stays = await tx
    .update(users)
    .set({ demo: false, disabledAt: sql`now()`, passwordHash: null, passwordOwn: false })
    .where(and(isDemo, wrote, self ? ne(users.id, self) : undefined))
    .returning({ id: users.id });
  for (const { id } of stays) await endSessions(context, id);
  const others = self ? and(isDemo, ne(users.id, self)) : isDemo;
  const removed = await tx.delete(users).where(others).returning({ id: users.id });
  // Everybody can read the password of whoever goes on from here: from now on it opens nothing.
  await tx.update(users).set({ demo: false, passwordHash: null, passwordOwn: false }).where(isDemo);
  return removed.length;
}
