import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { exceptions } from "@/db/schema/exceptions";
import { sealedQuarters } from "@/db/schema/reviews";
import { claimSentence } from "@/lib/attribution/claim";
import { classify } from "@/lib/attribution/classify";
import { clauseText } from "@/lib/attribution/clauses";
import type { ContestedFacts } from "@/lib/attribution/contested";
import type { Day, Facts } from "@/lib/attribution/facts";
import { outcomesOf } from "@/lib/attribution/models";
import type { Policy } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import { verdictSentence } from "@/lib/attribution/sentence";
import type { Outcome } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import {
  mayAssignException,
  mayCommentException,
  mayDecideException,
  mayDeferException,
  mayNameDeputy,
  mayWithdrawException,
  type OfException,
  sideOf,
} from "@/lib/commands/exception/guards";
import { maySay } from "@/lib/commands/guard";
import { Refusal } from "@/lib/errors";
import { contestedOf } from "@/lib/judging/contested";
import { loadFacts } from "@/lib/judging/facts";
import { policyBook } from "@/lib/judging/policy-book";
import { withPartner } from "../deal/deal-facts";
import { defineQuery } from "../query";
import { idShape } from "../shapes";
import { decidersOf, standingDeputies } from "./deciders";
import { exceptionLines, named } from "./exception-lines";
import { type ExceptionDetail, type ExceptionLine, exceptionDetailShape } from "./exception-shapes";

/** One contested case with both claims, what the rule says, and what each decision would change (§8.6). */
export const exception = defineQuery({
  name: "exception",
  summary: "A contested case: its facts, both claims, and what each possible decision would change.",
  input: z.strictObject({ exceptionId: idShape }),
  output: exceptionDetailShape,
  async run({ db, actor, today }, { exceptionId }) {
    const [[line], [stored]] = await Promise.all([
      exceptionLines(db, today, sql`e.id = ${exceptionId}`),
      db.select().from(exceptions).where(eq(exceptions.id, exceptionId)),
    ]);
    if (!line || !stored) {
      const rule = "there is no exception with this id";
      throw new Refusal({ code: "not_found", field: "exceptionId", value: exceptionId, rule });
    }
    const [book, [loaded], [seal], discussion] = await Promise.all([
      policyBook(db),
      loadFacts(db, [line.dealId], today),
      db
        .select({ quarter: sealedQuarters.quarter })
        .from(sealedQuarters)
        .where(eq(sealedQuarters.quarter, line.quarter)),
      readDiscussion(db, exceptionId),
    ]);
    const facts = loaded && line.partner ? await withPartner(db, loaded, line.partner.id) : (loaded ?? null);
    const { policy } = book.judging({ closedOn: facts?.deal.closedOn ?? null }, today);
    const result = facts ? classify(policy, facts) : null;
    const contested = contestedFactsOf(stored.facts);
    const [names, records, deputies] = await Promise.all([
      partnerNames(db, facts, contested, line),
      contestedOf(db, [stored], today, book),
      standingDeputies(db, exceptionId),
    ]);
    const subject: OfException = {
      ...stored,
      frozen: seal !== undefined,
      contested: records.get(exceptionId) ?? [],
      votes: line.votes.map(({ side, by }) => ({ side, userId: by.id })),
      deputies: deputies.map(({ side, person }) => ({ side, userId: person.id })),
    };
    return {
      ...line,
      frozen: subject.frozen,
      contested,
      facts,
      claims: {
        claimant: claimantOf(line, contested, result, names),
        rule: ruleOf(line, result, policy, names),
      },
      model: policy.model,
      possible: facts && result ? possibleDecisions(facts, result, policy, line, names, today) : [],
      discussion,
      became: stored.became,
      side: sideOf(actor, subject.deputies) ?? null,
      deciders: await decidersOf(db, subject),
      deputies,
      may: mayOf(actor, subject),
      names: { partners: Object.fromEntries(names) },
    };
  },
});

type Names = ReadonlyMap<string, string>;
const nameOf = (names: Names, id: string) => ({ id, name: names.get(id) ?? id });

function contestedFactsOf(stored: unknown): ExceptionDetail["contested"] {
  const { registrations = [], roles = [], activities = [], rulings = [] } = stored as Partial<ContestedFacts>;
  return { registrations, roles, activities, rulings };
}

async function partnerNames(
  db: Db,
  facts: Facts | null,
  contested: ExceptionDetail["contested"],
  { partner }: ExceptionLine,
): Promise<Names> {
  const named = [contested.registrations, contested.roles, contested.activities, contested.rulings].flat();
  const ids = new Set([
    ...(facts?.partners.map(({ id }) => id) ?? []),
    ...named.map(({ partnerId }) => partnerId),
    ...(partner ? [partner.id] : []),
  ]);
  const rows = await db.execute<{ id: string; name: string }>(
    sql`select id, name from partners where id = any(${sql.param([...ids])}::text[])`,
  );
  return new Map([...rows].map(({ id, name }) => [id, name]));
}

function claimantOf(
  line: ExceptionLine,
  contested: ExceptionDetail["contested"],
  result: Result | null,
  names: Names,
): ExceptionDetail["claims"]["claimant"] {
  if (line.claim !== null) return { who: line.raisedBy?.name ?? "Command line", says: line.claim };
  const about = new Set(
    [contested.registrations, contested.roles, contested.activities, contested.rulings]
      .flat()
      .map(({ partnerId }) => partnerId),
  );
  const partners = (result?.partners ?? []).filter(({ partnerId }) => about.has(partnerId));
  const who = partners.map(({ partnerId }) => nameOf(names, partnerId).name);
  const says = line.kind === "other" ? "" : claimSentence(line.kind, who, partners);
  return { who: who.join(", ") || "The partner", says };
}

function ruleOf(
  { clause }: ExceptionLine,
  result: Result | null,
  policy: Policy,
  names: Names,
): ExceptionDetail["claims"]["rule"] {
  return {
    clause,
    text: clause ? clauseText(clause, policy) : "",
    verdicts: (result?.partners ?? []).map((partner) => ({
      partner: nameOf(names, partner.partnerId),
      outcome: partner.outcome,
      sentence: verdictSentence(nameOf(names, partner.partnerId).name, partner, policy),
    })),
  };
}

type Possible = ExceptionDetail["possible"][number];

/** Rule upheld and a learning change nothing; each ruling is judged as if it had been made. */
function possibleDecisions(
  facts: Facts,
  result: Result,
  policy: Policy,
  line: ExceptionLine,
  names: Names,
  today: Day,
): Possible[] {
  const before = effectOf(result, names);
  const plain = (decision: "rule_upheld" | "learning"): Possible => ({
    decision,
    partner: null,
    outcome: null,
    before,
    after: before,
    changes: false,
  });
  const onDeal = result.partners.map(({ partnerId }) => partnerId);
  const partners = line.partner ? [line.partner.id] : onDeal;
  const possible: readonly Outcome[] = outcomesOf(policy.model).filter((one) => one !== "disputed");
  const rulings = partners.flatMap((partnerId) =>
    possible.map((outcome): Possible => {
      // Greater than any id there is, so that it is the latest of its day (§5 ruling).
      const ruling = { id: "X-~", partnerId, model: policy.model, outcome, decidedOn: today };
      const after = effectOf(classify(policy, { ...facts, rulings: [...facts.rulings, ruling] }), names);
      const changes = JSON.stringify(after) !== JSON.stringify(before);
      return { decision: "ruling", partner: nameOf(names, partnerId), outcome, before, after, changes };
    }),
  );
  return [plain("rule_upheld"), ...rulings, plain("learning")];
}

function effectOf({ outcome, partners }: Result, names: Names): Possible["before"] {
  return {
    outcome,
    credit: partners.flatMap(({ partnerId, credit }) =>
      Object.entries(credit).map(([earned, amount]) => ({
        partner: nameOf(names, partnerId),
        outcome: earned as Outcome,
        amount,
      })),
    ),
  };
}

type Note = ExceptionDetail["discussion"][number];

async function readDiscussion(db: Db, exceptionId: string): Promise<Note[]> {
  const rows = await db.execute<Note & Record<string, unknown>>(sql`
    select n.id, n.kind, n.text, n.at, n.decision::text as decision, n.outcome::text as outcome,
      n.until::text as until, ${named("partners", sql`n.partner_id`)} as partner,
      ${named("users", sql`n.person_id`)} as person, ${named("users", sql`n.by_id`)} as by
    from exception_notes n where n.exception_id = ${exceptionId} order by n.at, n.kind = 'decided', n.id`);
  return [...rows].map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}

function mayOf(actor: Actor, subject: OfException): ExceptionDetail["may"] {
  return {
    decide: maySay(mayDecideException, actor, subject),
    comment: maySay(mayCommentException, actor, subject),
    assign: maySay(mayAssignException, actor, subject),
    defer: maySay(mayDeferException, actor, subject),
    withdraw: maySay(mayWithdrawException, actor, subject),
    nameDeputy: maySay(mayNameDeputy, actor, { deputy: null, exception: subject }),
  };
}
