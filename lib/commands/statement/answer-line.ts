import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { partnerWords } from "@/db/schema/partner-statements";
import { refuse } from "@/lib/errors";
import { CLAIMS } from "@/lib/judging/partner-hand";
import { whenceShape } from "../account/whence";
import { lockCase } from "../exception/load";
import { raiseCase } from "../exception/raise-exception";
import { withdrawCase } from "../exception/withdraw-exception";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { mayOpenStatement } from "./guards";
import { type AnsweredLine, answeredLine } from "./link";

export const answerLine = defineVerb({
  name: "answer-line",
  summary: "Confirm or contest a line of a partner's statement by its link, or take back what was said of it",
  input: z.strictObject({
    token: z.string().max(100),
    whence: whenceShape,
    /** What the line is called by this link, and as what it was seen. */
    line: z.string().max(64),
    seen: z.string().max(64),
    /** Why it is contested; left out, it is confirmed. */
    contest: field.line(1500).optional(),
    /** What was said of it by this link is taken back, for as long as it takes answers and nobody decided about it. */
    back: z.literal(true).optional(),
  }),
  output: z.object({ said: z.enum(["confirmed", "contested", "taken_back"]) }),
  guard: mayOpenStatement,
  tellsOnce: true,
  async run(context, { contest, back, ...asked }) {
    if (back) return takeBack(context, asked);
    const answered = await answeredLine(context, asked);
    const { row, dealId, by } = answered;
    const { tx, today, audit } = context;
    const said = contest === undefined ? ("confirmed" as const) : ("contested" as const);
    const wordId = newId("PW");
    const exceptionId = contest === undefined ? null : await contested(context, answered, contest);
    const words = contest ?? null;
    const word = { id: wordId, statementId: row.id, dealId, said, words, exceptionId, saidOn: today };
    const [made] = await tx.insert(partnerWords).values(word).onConflictDoNothing().returning();
    if (!made) refuse("line", null, "was answered by this link already");
    if (said === "confirmed" && !answered.held) await confirmFacts(context, answered, wordId);
    const { browser, origin } = asked.whence;
    const after = { said, words, by, partner: answered.partner.name, browser, origin };
    audit({ subjectKind: "partner_statement", subjectId: row.id, dealId, before: null, after });
    context.touch(dealId);
    return { said };
  },
});

/**
 * What it said goes: with what it confirmed the second hand, with what it contested the case, which stays in the log as
 * withdrawn. What both sides decided stays, and what a freeze holds.
 */
async function takeBack(
  context: WriteContext,
  { token, whence, line }: { token: string; whence: z.output<typeof whenceShape>; line: string },
) {
  const { tx, today, audit } = context;
  const { row, dealId, by, held, partner } = await answeredLine(context, { token, whence, line });
  const its = and(eq(partnerWords.statementId, row.id), eq(partnerWords.dealId, dealId));
  const [word] = await tx.select().from(partnerWords).where(its);
  if (!word) return refuse("line", null, "was not answered by this link");
  if (held) refuse("line", null, "is of a frozen quarter: what was said of it stays");
  if (word.exceptionId !== null) await withdrawn(context, word.exceptionId, by);
  await tx.delete(partnerWords).where(its);
  const { browser, origin } = whence;
  const before = { said: word.said, words: word.words, on: word.saidOn };
  const after = { said: "taken_back", by, on: today, partner: partner.name, browser, origin };
  audit({ subjectKind: "partner_statement", subjectId: row.id, dealId, before, after });
  context.touch(dealId);
  return { said: "taken_back" as const };
}

/** What the partner reads of itself on the deal, but for what it told itself: that is its own word already. */
async function confirmFacts({ tx }: WriteContext, { dealId, partner }: AnsweredLine, wordId: string) {
  const its = sql`deal_id = ${dealId} and partner_id in (
    select p.id from partners p where ${partner.id} in (p.id, p.merged_into))`;
  await tx.execute(sql`
    insert into partner_word_facts (word_id, deal_id, fact_id, claim)
    select ${wordId}, deal_id, id, ${CLAIMS.role("r")} from role_rows r where ${its} and refused_on is null
    union all
    select ${wordId}, deal_id, id, ${CLAIMS.activity("a")} from activities a where ${its} and statement_id is null`);
}

/** For two hands the case is raised by whoever shared the link, who therefore does not decide it (§8.6, §9). */
async function contested(
  context: WriteContext,
  { row, partner, dealId, by }: AnsweredLine,
  contest: string,
): Promise<string> {
  const { exceptionId } = await raiseCase(context, {
    ...{ dealId, kind: "other", partnerId: partner.id, claim: contest },
    ...{ raisedBy: row.sharedBy, contestedBy: by },
  });
  return exceptionId;
}

/** The case that a contest became, while nobody has decided it. */
async function withdrawn(context: WriteContext, exceptionId: string, by: string): Promise<void> {
  const one = await lockCase(context, exceptionId);
  if (one.settledOn !== null)
    refuse("line", null, "was contested, and both sides have decided it: what they decided stays");
  if (one.frozen) refuse("line", null, "was contested in a quarter that is frozen: its log is closed");
  await withdrawCase(context, one, `${by} took it back by the partner's statement`);
}
