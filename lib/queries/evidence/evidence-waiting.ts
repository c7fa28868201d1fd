import { and, asc, desc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { accounts } from "@/db/schema/accounts";
import { deals } from "@/db/schema/deals";
import { evidenceFiles, evidenceProposals, modelReadings } from "@/db/schema/evidence";
import { partners } from "@/db/schema/partners";
import { users } from "@/db/schema/people";
import { activityLabel, menuOf } from "@/lib/attribution/menu";
import { INVOLVEMENTS } from "@/lib/attribution/vocabulary";
import { scopeOf } from "@/lib/auth/permissions";
import { mayAcceptProposal, mayDismissProposal } from "@/lib/commands/evidence/guards";
import { maySay } from "@/lib/commands/guard";
import { policyInForce } from "@/lib/judging/policy-book";
import { defineQuery, type ReadContext } from "../query";
import { dayShape, mayShape } from "../shapes";

/** As many as somebody looks through at a time; the others come as these are answered. */
const SHOWN = 200;

const dealShape = z.object({ id: z.string(), name: z.string().nullable(), outcome: z.string() });

/** What was read out of files that were handed in, and waits for a person (§8.2). */
export const evidenceWaiting = defineQuery({
  name: "evidence-waiting",
  summary:
    "What files that were handed in say that partners did, not accepted and not dismissed; the newest file first.",
  only: ["ae", "partner_manager", "head_of_partnerships", "auditor"],
  fresh: true,
  input: z.strictObject({}),
  output: z.object({
    total: z.int(),
    rows: z.array(
      z.object({
        id: z.string(),
        file: z.object({
          name: z.string(),
          sha256: z.string(),
          via: z.enum(["page", "mail", "call"]),
          on: dayShape,
          by: z.string().nullable(),
          /** What the model that reads besides says of the whole file, in its own words. */
          summary: z.string().nullable(),
        }),
        account: z.object({ id: z.string(), name: z.string() }),
        /** Null where the words leave it open; then `deals` are to choose from. */
        deal: dealShape.nullable(),
        deals: z.array(dealShape),
        partner: z.object({ id: z.string(), name: z.string() }),
        contact: z.string().nullable(),
        type: z.string(),
        label: z.string(),
        /** Null where nothing tells the day. */
        occurredOn: dayShape.nullable(),
        involvement: z.enum(INVOLVEMENTS),
        quote: z.string(),
        /** Whether the house's rules read it, or the model that the company named (§8.2). */
        reader: z.enum(["rules", "model"]),
        may: z.object({ accept: mayShape, dismiss: mayShape }),
      }),
    ),
  }),
  async run(context) {
    const [found, { policy }] = await Promise.all([
      waiting(context),
      policyInForce(context.db, context.today),
    ]);
    const open = await dealsOf(
      context,
      found.flatMap(({ deal, account }) => (deal === null ? [account.id] : [])),
    );
    const rows = found.map(({ owner, closedOn, droppedBy, ...row }) => {
      const deal = row.deal && owner ? { owner, outcome: row.deal.outcome, closedOn } : null;
      const proposal = { decision: null };
      return {
        ...row,
        label: activityLabel(row.type, menuOf(policy)),
        deals: row.deal ? [] : (open.get(row.account.id) ?? []),
        may: {
          // Of a deal that is still to be chosen the door says whose it is.
          accept: deal ? maySay(mayAcceptProposal, context.actor, { proposal, deal }) : (true as const),
          dismiss: maySay(mayDismissProposal, context.actor, { proposal, deal, droppedBy, dismissed: true }),
        },
      };
    });
    return { total: await totalOf(context), rows };
  },
});

/** Of an AE's, what is of their deals, or was handed in by them. */
function theirs({ actor }: ReadContext): SQL | undefined {
  const waits = isNull(evidenceProposals.decision);
  if (scopeOf("evidence.keep", actor.role) !== "own") return waits;
  const own = actor.ownerName === null ? sql`false` : eq(deals.owner, actor.ownerName);
  return and(waits, or(own, eq(evidenceFiles.droppedBy, actor.userId ?? "")));
}

async function totalOf(context: ReadContext): Promise<number> {
  const [found] = await context.db
    .select({ total: sql<number>`count(*)::int` })
    .from(evidenceProposals)
    .innerJoin(evidenceFiles, eq(evidenceFiles.id, evidenceProposals.evidenceId))
    .leftJoin(deals, eq(deals.id, evidenceProposals.dealId))
    .where(theirs(context));
  return found?.total ?? 0;
}

async function waiting(context: ReadContext) {
  const into = alias(partners, "merged_into");
  const proposal = evidenceProposals;
  const rows = await context.db
    .select({
      ...{ id: proposal.id, contact: proposal.contact, type: proposal.type, quote: proposal.quote },
      ...{ occurredOn: proposal.occurredOn, involvement: proposal.involvement },
      reader: proposal.reader,
      file: {
        ...{ name: evidenceFiles.name, sha256: evidenceFiles.sha256, via: evidenceFiles.via },
        ...{ on: evidenceFiles.droppedOn, by: users.name, summary: modelReadings.summary },
      },
      account: { id: accounts.id, name: accounts.name },
      deal: { id: deals.id, name: deals.name, outcome: deals.outcome },
      partner: {
        id: sql<string>`coalesce(${into.id}, ${partners.id})`,
        name: sql<string>`coalesce(${into.name}, ${partners.name})`,
      },
      ...{ owner: deals.owner, closedOn: deals.closedOn, droppedBy: evidenceFiles.droppedBy },
    })
    .from(proposal)
    .innerJoin(evidenceFiles, eq(evidenceFiles.id, proposal.evidenceId))
    .innerJoin(accounts, eq(accounts.id, proposal.accountId))
    .innerJoin(partners, eq(partners.id, proposal.partnerId))
    .leftJoin(into, eq(into.id, partners.mergedInto))
    .leftJoin(deals, eq(deals.id, proposal.dealId))
    .leftJoin(users, eq(users.id, evidenceFiles.droppedBy))
    .leftJoin(modelReadings, eq(modelReadings.evidenceId, evidenceFiles.id))
    .where(theirs(context))
    .orderBy(desc(evidenceFiles.createdAt), evidenceFiles.id, asc(proposal.position))
    .limit(SHOWN);
  return rows;
}

/** The deals of customers, the open ones first. */
async function dealsOf({ db }: ReadContext, accountIds: readonly string[]) {
  const rows =
    accountIds.length === 0
      ? []
      : await db
          .select({ accountId: deals.accountId, id: deals.id, name: deals.name, outcome: deals.outcome })
          .from(deals)
          .where(inArray(deals.accountId, [...accountIds]))
          .orderBy(sql`${deals.outcome} <> 'open'`, desc(deals.createdOn), deals.id);
  const of = new Map<string, { id: string; name: string | null; outcome: string }[]>();
  for (const { accountId, ...deal } of rows) of.set(accountId!, [...(of.get(accountId!) ?? []), deal]);
  return of;
}
