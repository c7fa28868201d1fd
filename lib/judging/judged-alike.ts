import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import { FactsTable, NEVER } from "@/lib/attribution/columns";
import type { Day } from "@/lib/attribution/facts";
import { Outcomes } from "@/lib/attribution/outcomes";
import { Unpacking } from "@/lib/attribution/packed";
import { dayFromNumber, dayNumber } from "@/lib/calendar";
import { mayBeHeld } from "./held";
import { isCompared, isOf } from "./packed-facts";
import { asksForCohort, type PolicyBook, type PolicyInForce } from "./policy-book";
import { type JudgedBy, saveJudgedBy } from "./save";

interface Kept extends Record<string, unknown> {
  id: string;
  line: string;
  /** Of the policy that judged it. */
  hash: string;
}

/** What became of some deals that a new policy judges. */
export interface PassedOver {
  /** How many of them are judged by it from now on. */
  alike: number;
  /** The others, which are to be judged from their facts. */
  left: string[];
}

/**
 * Of some deals finds those that the policies of today judge as the one that judged them did, all that is kept of them
 * the same, and says of these alone whose judgement it is now. They are judged twice from their lines of facts, in
 * columns, which takes a twentieth of judging one from its facts and saving it. Its cases stand as they do: they hang on its facts
 * and on what is gray in them. A deal is left where its line or its judgement may not say what its facts do, where a seal has
 * its own word, or where another writer has it in hand.
 */
export async function passOverAlike(
  tx: Tx,
  ids: readonly string[],
  today: Day,
  policies: PolicyBook,
): Promise<PassedOver> {
  const found = new Map<string, JudgedBy>();
  const alike = new Alike(policies, today);
  for (const kept of await holdLines(tx, ids, today)) {
    const hash = alike.judgedBy(kept);
    if (hash !== null) found.set(kept.id, { deal_id: kept.id, policy_hash: hash });
  }
  return {
    alike: await saveJudgedBy(tx, [...found.values()], today),
    left: ids.filter((id) => !found.has(id)),
  };
}

/**
 * The lines that say what the facts of today do, held with their judgements until the transaction ends. Whoever writes to
 * one of them meanwhile waits, and then judges by the facts of both; we wait for nobody, so no two wait for each other.
 */
async function holdLines(tx: Tx, ids: readonly string[], today: Day): Promise<Iterable<Kept>> {
  return tx.execute<Kept>(sql`
    select p.deal_id as id, p.line, j.policy_hash as hash
    from packed_facts p join judged_deals j on j.deal_id = p.deal_id
    where p.deal_id = any(${sql.param(ids)}::text[]) and ${isOf(today)}
      and (j.stale_on is null or j.stale_on > ${today}::date) and not ${mayBeHeld(sql`p.deal_id`)}
    for no key update of p, j skip locked`);
}

/** One deal at a time in a table, judged by the policy that judged it and by that of today. */
class Alike {
  private readonly table = new FactsTable();
  private readonly unpacking = new Unpacking(this.table);
  private readonly judges = new Map<string, Outcomes>();
  private readonly day: number;

  constructor(
    private readonly policies: PolicyBook,
    private readonly today: Day,
  ) {
    this.day = dayNumber(today);
  }

  /** The hash of the policy that judges a deal today, where nothing that is kept of it changes; else null. */
  judgedBy({ id, line, hash }: Kept): string | null {
    const { table, policies } = this;
    const was = policies.policies.find((one) => one.hash === hash);
    if (was === undefined) return null;
    table.clear();
    this.unpacking.read(id, this.day, line, 0);
    const closedOn = table.closedOn[0]!;
    const deal = { closedOn: closedOn === NEVER ? null : dayFromNumber(closedOn) };
    const is = policies.judging(deal, this.today);
    // A line says nothing of the cohort.
    if (isCompared(table, 0) && (asksForCohort(was.policy) || asksForCohort(is.policy))) return null;
    const [before, after] = [this.judgeOf(was), this.judgeOf(is)];
    before.judgeDeal(0);
    if (after !== before) after.judgeDeal(0);
    return after.agreesWith(before, 0) ? is.hash : null;
  }

  private judgeOf({ policy, hash }: PolicyInForce): Outcomes {
    const known = this.judges.get(hash);
    if (known) return known;
    const made = new Outcomes(this.table, policy);
    this.judges.set(hash, made);
    return made;
  }
}
