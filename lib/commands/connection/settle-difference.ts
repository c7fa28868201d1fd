import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { lockDeals } from "@/db/interchange";
import { sourceRecords } from "@/db/schema/connections";
import { deals } from "@/db/schema/deals";
import { roleRows } from "@/db/schema/facts";
import { Refusal, refuse } from "@/lib/errors";
import { withTheirOthers } from "@/lib/interchange/keep-decided";
import { KINDS, type Kind } from "@/lib/interchange/kinds";
import type { ReadRow } from "@/lib/interchange/read-row";
import type { Plan } from "@/lib/interchange/stored";
import { monthAt, standingOf } from "@/lib/reconciling/months";
import { refuseDeals } from "@/lib/sealing/refuse-deals";
import { lockDeal } from "../deal/load";
import { land } from "../import/land";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { entryOfDay } from "./entry";
import { maySettleDifference } from "./guards";
import { lockConnection } from "./load";

export const settleDifference = defineVerb({
  name: "settle-difference",
  summary:
    "Say which holds where a connection says something else than a person here: what stands, or what it says",
  input: z.strictObject({
    connectionId: field.id,
    kind: z.enum(KINDS),
    key: field.id,
    take: z.enum(["here", "there"]),
    /** Of the deal that was looked at: what was written since is looked at first. */
    version: field.version.optional(),
  }),
  output: z.object({ key: z.string() }),
  guard: maySettleDifference,
  subject: async (context, { version, ...asked }) => {
    // Locked first, as a page of it is landed: what it said stands still.
    const connection = await lockConnection(context, asked.connectionId);
    const record = await recordOf(context, asked);
    const deal = record.dealId === null ? null : await dealOf(context, record.dealId, version);
    const isGone = record.differs.some(({ field, there }) => field === "" && there === null);
    return { connection, record, deal, of: asked.kind, take: asked.take, isGone };
  },
  async run(context, { connectionId, kind, key, take }, { connection, record, isGone, deal }) {
    const { tx, audit } = context;
    if (take === "there" && isGone) await takeOff(context, key);
    else if (take === "there")
      await takeOver(context, kind, record, await entryOfDay(context, connection, kind));
    await tx.update(sourceRecords).set({ differs: null }).where(its({ connectionId, kind, key }));
    audit({
      ...{ subjectKind: "source_record", subjectId: `${connectionId} ${kind} ${key}`, dealId: record.dealId },
      ...{ before: { differs: record.differs }, after: { differs: null, taken: take } },
    });
    if (deal) context.touch(deal.id);
    return { key };
  },
});

interface Asked {
  connectionId: string;
  kind: Kind;
  key: string;
}

const its = ({ connectionId, kind, key }: Asked) =>
  and(eq(sourceRecords.connectionId, connectionId), eq(sourceRecords.kind, kind), eq(sourceRecords.key, key));

type Differing = typeof sourceRecords.$inferSelect & {
  differs: NonNullable<(typeof sourceRecords.$inferSelect)["differs"]>;
};

async function recordOf({ tx }: WriteContext, asked: Asked): Promise<Differing> {
  const [record] = await tx.select().from(sourceRecords).where(its(asked));
  if (!record?.differs)
    throw new Refusal({
      ...{ code: "not_found", field: "key", value: asked.key },
      rule: "nothing stands here otherwise than the source says",
    });
  return { ...record, differs: record.differs };
}

/**
 * The deal that the record is about; null where it is here no more. Its month is open to what the CRM says as well once
 * its quarter is frozen: a seal holds what it holds, and the difference from it is a restatement (§8.7).
 */
async function dealOf(context: WriteContext, dealId: string, version: number | undefined) {
  const [there] = await context.tx.select({ id: deals.id }).from(deals).where(eq(deals.id, dealId));
  if (!there) return null;
  const deal = await lockDeal(context, dealId, version);
  const month = deal.closedOn === null ? null : await standingOf(context.tx, monthAt(deal.closedOn));
  return { ...deal, monthLocked: month !== null && month.locked !== null && month.frozen === null };
}

/** Lands what the source says in the columns that differ, and nothing else of the record. */
async function takeOver<K extends Kind>(
  context: WriteContext,
  kind: K,
  { said, differs }: Differing,
  importId: string,
): Promise<void> {
  const row = { line: 1, row: said } as unknown as ReadRow<K>;
  const { good, refused: held } = await refuseDeals(context.tx, kind, [row], false);
  const columns = withTheirOthers(
    kind,
    differs.map(({ field }) => field),
  );
  const keep = async (plan: Plan<K>): Promise<Plan<K>> => ({
    ...plan,
    writes: plan.writes.map((write) =>
      write.before === null ? write : { ...write, after: { ...write.before, ...of(write.after, columns) } },
    ),
  });
  const { refused } = await land(context, kind, good, { replaces: false, importId, keep });
  const [first] = [...held, ...refused];
  if (first) refuse(first.field, first.value, first.reason);
}

const of = <S extends object>(row: S, columns: readonly string[]): Partial<S> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => columns.includes(name))) as Partial<S>;

/** A role row that is gone at its source, and that somebody here stood behind. */
async function takeOff({ tx, audit, touch }: WriteContext, key: string): Promise<void> {
  const [named] = await tx.select({ dealId: roleRows.dealId }).from(roleRows).where(eq(roleRows.id, key));
  if (!named) return;
  await lockDeals(tx, [named.dealId]);
  const [before] = await tx.delete(roleRows).where(eq(roleRows.id, key)).returning();
  audit({ subjectKind: "role_row", subjectId: key, dealId: named.dealId, before, after: null });
  touch(named.dealId);
}
