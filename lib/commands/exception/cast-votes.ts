import { inArray, sql } from "drizzle-orm";
import { exceptions, exceptionVotes } from "@/db/schema/exceptions";
import { rulings } from "@/db/schema/facts";
import { learnings } from "@/db/schema/policies";
import { outcomesOf } from "@/lib/attribution/models";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { isRefusal, refuse } from "@/lib/errors";
import { newId, newRulingIds } from "../new-id";
import type { WriteContext } from "../verb";
import type { Side } from "./guards";
import { auditException, type LockedCase, note, type VoteRow } from "./load";
import { type LeftOut, leftOut } from "./several-cases";

type Ruling = Pick<VoteRow, "partnerId" | "model" | "outcome">;
export type Choice = Ruling & Pick<VoteRow, "decision">;

/** What a case is to be decided as, before it is checked. */
export interface Wanted<Case extends LockedCase = LockedCase> {
  of: Case;
  decision: VoteRow["decision"];
  partnerId?: string;
  outcome?: Outcome;
}

/** A side's vote on one case. */
export interface Vote {
  of: LockedCase;
  choice: Choice;
}

/** What a vote came to: `waiting` for the other side, `split` when the sides differ, `settled` when they agree. */
export interface Cast {
  exceptionId: string;
  version: number;
  state: "waiting" | "split" | "settled";
  /** The id of the ruling or the learning that it became. */
  became: string | null;
}

const NO_RULING: Ruling = { partnerId: null, model: null, outcome: null };

/**
 * Checks what each case is to be decided as: a ruling names a partner of the deal or of the claim, and an
 * outcome of the model that judges it. What breaks a rule is left out by name, or thrown where it is the only one.
 */
export async function choicesOf(
  context: WriteContext,
  wanted: readonly Wanted[],
): Promise<{ votes: Vote[]; left: LeftOut[] }> {
  const onDeal = await partnersOn(context, wanted);
  const votes: Vote[] = [];
  const left: LeftOut[] = [];
  for (const one of wanted) {
    try {
      votes.push({ of: one.of, choice: await choiceOf(context, one, onDeal) });
    } catch (error) {
      if (!isRefusal(error) || wanted.length === 1) throw error;
      left.push(leftOut(one.of, error.rule));
    }
  }
  return { votes, left };
}

async function choiceOf(
  { today, policies }: WriteContext,
  { of: { exception, deal }, decision, partnerId, outcome }: Wanted,
  onDeal: ReadonlySet<string>,
): Promise<Choice> {
  if (decision !== "ruling") {
    if ((partnerId ?? outcome) !== undefined)
      refuse("outcome", outcome ?? partnerId, "only a ruling gives a partner an outcome");
    return { decision, ...NO_RULING };
  }
  if (!deal) refuse("decision", "ruling", "the deal is gone: there is nothing to rule about");
  if (!partnerId) refuse("partnerId", null, "a ruling names the partner it is for");
  if (!outcome) refuse("outcome", null, "a ruling names the outcome it gives");
  const { policy } = (await policies()).judging(deal, today);
  const possible: readonly Outcome[] = outcomesOf(policy.model).filter((one) => one !== "disputed");
  if (!possible.includes(outcome)) refuse("outcome", outcome, `must be one of ${possible.join(", ")}`);
  if (!onDeal.has(`${deal.id} ${partnerId}`) && exception.partnerId !== partnerId)
    refuse("partnerId", partnerId, "must be a partner on the deal, or the one whose claim it is");
  return { decision, partnerId, model: policy.model, outcome };
}

/** The partners that the deals of rulings know, as "deal partner". */
async function partnersOn({ tx }: WriteContext, wanted: readonly Wanted[]): Promise<Set<string>> {
  const dealIds = wanted.filter(({ decision }) => decision === "ruling").map(({ of }) => of.exception.dealId);
  if (dealIds.length === 0) return new Set();
  const rows = await tx.execute<{ pair: string }>(sql`
    select deal_id || ' ' || partner_id as pair from partner_outcomes
    where deal_id = any(${sql.param([...new Set(dealIds)])}::text[])`);
  return new Set([...rows].map(({ pair }) => pair));
}

/** Writes a side's votes, one record each, and settles the cases in which both sides now say the same. */
export async function castVotes(
  context: WriteContext,
  side: Side,
  votes: readonly Vote[],
  reason: string,
): Promise<Cast[]> {
  const { tx, actor } = context;
  if (votes.length === 0) return [];
  const rows = votes.map(({ of, choice }) => ({
    exceptionId: of.exception.id,
    side,
    userId: actor.userId!,
    ...choice,
    reason,
  }));
  await tx
    .insert(exceptionVotes)
    .values(rows)
    .onConflictDoUpdate({
      target: [exceptionVotes.exceptionId, exceptionVotes.side],
      set: {
        userId: sql`excluded.user_id`,
        decision: sql`excluded.decision`,
        partnerId: sql`excluded.partner_id`,
        model: sql`excluded.model`,
        outcome: sql`excluded.outcome`,
        reason: sql`excluded.reason`,
        votedAt: sql`now()`,
      },
    });
  await note(
    context,
    ...votes.map(({ of, choice: { model: _, ...said } }) => ({
      exceptionId: of.exception.id,
      kind: "voted" as const,
      text: reason,
      ...said,
    })),
  );
  for (const [at, { of }] of votes.entries())
    context.audit({
      subjectKind: "exception_vote",
      subjectId: `${of.exception.id} ${side}`,
      dealId: of.exception.dealId,
      before: of.votes.find((one) => one.side === side) ?? null,
      after: rows[at],
    });
  return settle(context, side, votes, reason);
}

async function settle(
  context: WriteContext,
  side: Side,
  votes: readonly Vote[],
  reason: string,
): Promise<Cast[]> {
  const otherOf = ({ of }: Vote) => of.votes.find((vote) => vote.side !== side);
  const agreed = votes.filter((vote) => {
    const other = otherOf(vote);
    return other !== undefined && agree(other, vote.choice);
  });
  const became = await carryOut(
    context,
    agreed.map((vote) => ({ ...vote, reasons: [otherOf(vote)!.reason, reason] })),
  );
  const versions = await bump(context, votes, agreed, became);
  await note(
    context,
    ...agreed.map(({ of, choice: { model: _, ...said } }) => ({
      exceptionId: of.exception.id,
      kind: "decided" as const,
      ...said,
    })),
  );
  const settled = new Set(agreed);
  return votes.map((vote) => {
    const { id } = vote.of.exception;
    const state = settled.has(vote) ? "settled" : otherOf(vote) ? "split" : "waiting";
    return { exceptionId: id, version: versions.get(id)!, state, became: became.get(id) ?? null };
  });
}

function agree(one: Choice, other: Choice): boolean {
  return (
    one.decision === other.decision &&
    one.partnerId === other.partnerId &&
    one.model === other.model &&
    one.outcome === other.outcome
  );
}

type Agreed = Vote & { reasons: readonly string[] };

/** A ruling becomes a fact, and the deal is judged again; a learning waits for the amendment. By case. */
async function carryOut(context: WriteContext, agreed: readonly Agreed[]): Promise<Map<string, string>> {
  const of = (decision: VoteRow["decision"]) => agreed.filter(({ choice }) => choice.decision === decision);
  return new Map([...(await rule(context, of("ruling"))), ...(await learn(context, of("learning")))]);
}

async function rule(
  { tx, today, audit, touch }: WriteContext,
  agreed: readonly Agreed[],
): Promise<[string, string][]> {
  if (agreed.length === 0) return [];
  const ids = await newRulingIds(tx, agreed.length);
  const made = agreed.map(({ of, choice }, at) => ({
    id: ids[at]!,
    dealId: of.exception.dealId,
    partnerId: choice.partnerId!,
    model: choice.model!,
    outcome: choice.outcome!,
    decidedOn: today,
  }));
  await tx.insert(rulings).values(made);
  for (const ruling of made) {
    audit({
      subjectKind: "ruling",
      subjectId: ruling.id,
      dealId: ruling.dealId,
      before: null,
      after: ruling,
    });
    touch(ruling.dealId);
  }
  return agreed.map(({ of }, at) => [of.exception.id, ids[at]!]);
}

/** What was learnt from several at once, in the same words, is one wish for the amendment. */
async function learn(
  { tx, actor, audit }: WriteContext,
  agreed: readonly Agreed[],
): Promise<[string, string][]> {
  const made = new Map<string, typeof learnings.$inferInsert>();
  const became = agreed.map(({ of: { exception }, reasons }): [string, string] => {
    const text = [...new Set(reasons)].join(" / ");
    const { id, quarter, fallsOn, demo, dealId } = exception;
    const key = `${quarter} ${text}`;
    const learning = made.get(key) ?? {
      id: newId("L"),
      text,
      quarter,
      fallsOn,
      source: id,
      recordedBy: actor.userId,
      demo,
    };
    if (!made.has(key))
      audit({ subjectKind: "learning", subjectId: learning.id, dealId, before: null, after: learning });
    made.set(key, learning);
    return [id, learning.id];
  });
  if (made.size > 0) await tx.insert(learnings).values([...made.values()]);
  return became;
}

/** Every vote makes a new version; agreement settles. Answers the versions, by case. */
async function bump(
  context: WriteContext,
  votes: readonly Vote[],
  agreed: readonly Vote[],
  became: ReadonlyMap<string, string>,
): Promise<Map<string, number>> {
  const { tx, today } = context;
  const settled = new Map(agreed.map(({ of, choice }) => [of.exception.id, choice.decision]));
  const lines = votes.map(
    ({
      of: {
        exception: { id },
      },
    }) => ({
      id,
      settlement: settled.get(id) ?? null,
      became: became.get(id) ?? null,
    }),
  );
  await tx.execute(sql`
    update exceptions e set version = e.version + 1, settlement = r.settlement, became = r.became,
      settled_at = case when r.settlement is not null then now() end,
      settled_on = case when r.settlement is not null then ${today}::date end
    from json_to_recordset(${JSON.stringify(lines)}::text::json) as r (id text, settlement text, became text)
    where e.id = r.id`);
  const rows = await tx
    .select()
    .from(exceptions)
    .where(
      inArray(
        exceptions.id,
        lines.map(({ id }) => id),
      ),
    );
  const after = new Map(rows.map((row) => [row.id, row]));
  for (const { of } of votes) auditException(context, of.exception, after.get(of.exception.id)!);
  return new Map(rows.map(({ id, version }) => [id, version]));
}
