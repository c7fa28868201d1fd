import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { exceptions } from "@/db/schema/exceptions";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import { outcomesOf } from "@/lib/attribution/models";
import type { Policy } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { type OfException, sideOf } from "@/lib/commands/exception/guards";
import { Refusal } from "@/lib/errors";
import { contestedOf } from "@/lib/judging/contested";
import { loadFacts } from "@/lib/judging/facts";
import { policyBook } from "@/lib/judging/policy-book";
import { readDiscussions } from "@/lib/sealing/discussion";
import { contestedFacts } from "@/lib/sealing/sealed-cases";
import { readSeals } from "@/lib/sealing/seals";
import { withPartner } from "../deal/deal-facts";
import { defineQuery } from "../query";
import { idShape, quarterShape } from "../shapes";
import { mayOfCase } from "./case-may";
import { claimsOf, type Names, nameOf } from "./claims";
import { decidersOf, standingDeputies } from "./deciders";
import { exceptionLines } from "./exception-lines";
import { type ExceptionDetail, type ExceptionLine, exceptionDetailShape } from "./exception-shapes";
import { sealedException } from "./sealed-exception";

/** One contested case with both claims, what the rule says, and what each decision would change (§8.6). */
export const exception = defineQuery({
  name: "exception",
  summary: "A contested case: its facts, both claims, and what each possible decision would change.",
  input: z.strictObject({
    exceptionId: idShape,
    /** In whose log it is looked at: a frozen one's case is as the seal has it, wherever it was put off to. */
    quarter: quarterShape.optional(),
  }),
  output: exceptionDetailShape,
  async run({ db, actor, today }, { exceptionId, quarter }) {
    const [[line], [stored]] = await Promise.all([
      exceptionLines(db, today, sql`e.id = ${exceptionId}`),
      db.select().from(exceptions).where(eq(exceptions.id, exceptionId)),
    ]);
    if (!line || !stored) {
      const rule = "there is no exception with this id";
      throw new Refusal({ code: "not_found", field: "exceptionId", value: exceptionId, rule });
    }
    const asked = quarter ?? line.quarter;
    const seal = (await readSeals(db, [asked])).get(asked);
    const sealed = seal?.header.exceptions.find(({ id }) => id === exceptionId);
    if (seal && sealed) return sealedException(db, actor, seal, sealed);
    const [book, [loaded], discussions] = await Promise.all([
      policyBook(db),
      loadFacts(db, [line.dealId], today),
      readDiscussions(db, sql`e.id = ${exceptionId}`),
    ]);
    const facts = loaded && line.partner ? await withPartner(db, loaded, line.partner.id) : (loaded ?? null);
    const { policy } = book.judging({ closedOn: facts?.deal.closedOn ?? null }, today);
    const result = facts ? classify(policy, facts) : null;
    const contested = contestedFacts(stored.facts);
    const [names, records, deputies] = await Promise.all([
      partnerNames(db, facts, contested, line),
      contestedOf(db, [stored], today, book),
      standingDeputies(db, exceptionId),
    ]);
    const subject: OfException = {
      ...stored,
      frozen: false,
      contested: records.get(exceptionId) ?? [],
      votes: line.votes.map(({ side, by }) => ({ side, userId: by.id })),
      deputies: deputies.map(({ side, person }) => ({ side, userId: person.id })),
    };
    return {
      ...line,
      frozen: false,
      contested,
      facts,
      claims: claimsOf(line, contested, { result, facts }, policy, names),
      model: policy.model,
      possible: facts && result ? possibleDecisions(facts, result, policy, line, names, today) : [],
      discussion: discussions.get(exceptionId) ?? [],
      became: stored.became,
      side: sideOf(actor, subject.deputies) ?? null,
      deciders: await decidersOf(db, subject),
      deputies,
      may: mayOfCase(actor, subject),
      names: { partners: Object.fromEntries(names) },
    };
  },
});

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
