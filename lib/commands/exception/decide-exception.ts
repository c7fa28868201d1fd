import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { exceptions, exceptionVotes } from "@/db/schema/exceptions";
import { rulings } from "@/db/schema/facts";
import { learnings } from "@/db/schema/policies";
import { classify } from "@/lib/attribution/classify";
import { contestedFacts } from "@/lib/attribution/contested";
import { outcomesOf } from "@/lib/attribution/models";
import { type Model, OUTCOMES, type Outcome } from "@/lib/attribution/vocabulary";
import { refuse } from "@/lib/errors";
import { loadFacts } from "@/lib/judging/facts";
import { recordersOf } from "@/lib/judging/recorders";
import { type DealRow, findDeal } from "../deal/load";
import * as field from "../input";
import { newId, newRulingId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { mayDecideException, sideOf } from "./guards";
import { auditException, type ExceptionRow, lockException, note, type VoteRow } from "./load";

const DECISIONS = { rule_upheld: "Rule upheld", ruling: "Ruling", learning: "Learning" } as const;

export const decideException = defineVerb({
  name: "decide-exception",
  summary: "Decide an exception for one's side; when finance and partnerships agree it is settled",
  input: z.strictObject({
    exceptionId: field.id,
    /** The version that was looked at; an older one is a conflict that shows both. */
    version: field.version,
    decision: z.enum(["rule_upheld", "ruling", "learning"]),
    /** With a ruling: for whom, and what. The model is that of the policy that judges the deal. */
    partnerId: field.id.optional(),
    outcome: z.enum(OUTCOMES).optional(),
    reason: field.line(2000),
  }),
  output: z.object({
    exceptionId: z.string(),
    version: z.int(),
    /** `waiting` for the other side, `split` when the sides differ, `settled` when they agree. */
    state: z.enum(["waiting", "split", "settled"]),
    /** The id of the ruling or the learning that it became. */
    became: z.string().nullable(),
  }),
  guard: mayDecideException,
  async subject(context, input) {
    // The deal first, as everybody locks: judging goes on from the deal to its exceptions.
    const [found] = await context.tx.select().from(exceptions).where(eq(exceptions.id, input.exceptionId));
    const deal = found ? await findDeal(context, found.dealId) : null;
    const { exception, votes } = await lockException(context, input.exceptionId, input);
    const { settledOn, raisedBy } = exception;
    return { exception, deal, votes, settledOn, raisedBy, contested: await contestedOf(context, exception) };
  },
  async run(context, input, { exception, deal, votes }) {
    const { tx, actor } = context;
    const { exceptionId, decision, reason } = input;
    const side = sideOf(actor)!;
    const other = votes.find((vote) => vote.side !== side);
    const vote = {
      side,
      userId: actor.userId!,
      decision,
      reason,
      ...(decision === "ruling" ? await rulingOf(context, exception, deal, input) : NO_RULING),
    };
    if (decision !== "ruling" && (input.partnerId ?? input.outcome) !== undefined) {
      refuse("outcome", input.outcome ?? input.partnerId, "only a ruling gives a partner an outcome");
    }
    await tx
      .insert(exceptionVotes)
      .values({ exceptionId, ...vote })
      .onConflictDoUpdate({
        target: [exceptionVotes.exceptionId, exceptionVotes.side],
        set: { ...vote, votedAt: sql`now()` },
      });
    await note(context, exceptionId, "voted", `${wordsOf(vote)}: ${reason}`);
    context.audit({
      subjectKind: "exception_vote",
      subjectId: `${exceptionId} ${side}`,
      dealId: exception.dealId,
      before: votes.find((one) => one.side === side) ?? null,
      after: { exceptionId, ...vote },
    });
    const settled = other !== undefined && agree(other, vote);
    const became = settled ? await carryOut(context, exception, vote, [other.reason, reason]) : null;
    const version = await bump(context, exception, settled ? { settlement: decision, became } : null);
    if (settled) await note(context, exceptionId, "decided", wordsOf(vote));
    const state = settled ? ("settled" as const) : other ? ("split" as const) : ("waiting" as const);
    return { exceptionId, version, state, became };
  },
});

type Ruling = Pick<VoteRow, "partnerId" | "model" | "outcome">;
type Choice = Ruling & Pick<VoteRow, "decision">;

const NO_RULING: Ruling = { partnerId: null, model: null, outcome: null };

function agree(one: Choice, other: Choice): boolean {
  return (
    one.decision === other.decision &&
    one.partnerId === other.partnerId &&
    one.model === other.model &&
    one.outcome === other.outcome
  );
}

function wordsOf({ decision, partnerId, outcome }: Choice): string {
  return decision === "ruling" ? `Ruling: ${partnerId} is ${outcome}` : DECISIONS[decision];
}

/** What was contested when it was opened and what came since, and who recorded each. */
async function contestedOf(
  { tx, today, policies }: WriteContext,
  { dealId, kind, partnerId, facts: opened }: ExceptionRow,
): Promise<{ id: string; by: string | null }[]> {
  const { ids = [] } = opened as { ids?: string[] };
  const [facts] = await loadFacts(tx, [dealId], today);
  if (!facts) return recordersOf(tx, dealId, ids);
  const { policy } = (await policies()).inForce(facts.deal.closedOn ?? today);
  const since = contestedFacts(
    kind,
    facts,
    { policy, result: classify(policy, facts) },
    partnerId ?? undefined,
  );
  return recordersOf(tx, dealId, [...ids, ...since]);
}

/** What a ruling says, checked: a partner of the deal or of the claim, an outcome of the judging policy's model. */
async function rulingOf(
  { tx, today, policies }: WriteContext,
  exception: ExceptionRow,
  deal: DealRow | null,
  { partnerId, outcome }: { partnerId?: string; outcome?: Ruling["outcome"] },
): Promise<Ruling & { model: Model }> {
  if (!deal) refuse("decision", "ruling", "the deal is gone: there is nothing to rule about");
  if (!partnerId) refuse("partnerId", null, "a ruling names the partner it is for");
  if (!outcome) refuse("outcome", null, "a ruling names the outcome it gives");
  const closedOn = deal.closedOn !== null && deal.closedOn <= today ? deal.closedOn : null;
  const { policy } = (await policies()).inForce(closedOn ?? today);
  const possible: readonly Outcome[] = outcomesOf(policy.model).filter((one) => one !== "disputed");
  if (!possible.includes(outcome)) refuse("outcome", outcome, `must be one of ${possible.join(", ")}`);
  const named = await tx.execute(sql`
    select 1 from partner_outcomes where deal_id = ${deal.id} and partner_id = ${partnerId} limit 1`);
  if (named.length === 0 && exception.partnerId !== partnerId)
    refuse("partnerId", partnerId, "must be a partner on the deal, or the one whose claim it is");
  return { partnerId, model: policy.model, outcome };
}

/** A ruling becomes a fact, and the deal is judged again; a learning waits for the amendment. */
async function carryOut(
  { tx, actor, today, audit, touch }: WriteContext,
  { id: exceptionId, dealId, quarter, demo }: ExceptionRow,
  { decision, partnerId, model, outcome }: Choice,
  reasons: readonly string[],
): Promise<string | null> {
  if (decision === "ruling") {
    const ruling = {
      id: newRulingId(),
      dealId,
      partnerId: partnerId!,
      model: model!,
      outcome: outcome!,
      decidedOn: today,
    };
    await tx.insert(rulings).values(ruling);
    audit({ subjectKind: "ruling", subjectId: ruling.id, dealId, before: null, after: ruling });
    touch(dealId);
    return ruling.id;
  }
  if (decision === "learning") {
    const text = [...new Set(reasons)].join(" / ");
    const learning = { id: newId("L"), text, quarter, source: exceptionId, recordedBy: actor.userId, demo };
    await tx.insert(learnings).values(learning);
    audit({ subjectKind: "learning", subjectId: learning.id, dealId, before: null, after: learning });
    return learning.id;
  }
  return null;
}

/** Every vote makes a new version; agreement settles. */
async function bump(
  context: WriteContext,
  exception: ExceptionRow,
  decided: Pick<ExceptionRow, "settlement" | "became"> | null,
): Promise<number> {
  const settled = decided && { ...decided, settledAt: sql`now()`, settledOn: context.today };
  const [after] = await context.tx
    .update(exceptions)
    .set({ ...settled, version: sql`${exceptions.version} + 1` })
    .where(eq(exceptions.id, exception.id))
    .returning();
  auditException(context, exception, after!);
  return after!.version;
}
