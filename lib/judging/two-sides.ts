import { type FactsTable, NEVER } from "@/lib/attribution/columns";
import type { Day } from "@/lib/attribution/facts";
import { Outcomes } from "@/lib/attribution/outcomes";
import { dayFromNumber } from "@/lib/calendar";
import type { PolicyBook, PolicyInForce } from "./policy-book";

/** Judges deals of one table by what judges each on either side: a policy judges a deal once. */
export class TwoSides {
  private readonly judges = new Map<string, Outcomes>();
  /** By the day of the close: nothing else decides which policy judges (§5). */
  private readonly pairs = new Map<number, { was: Outcomes; is: Outcomes }>();

  constructor(
    private readonly before: PolicyBook,
    private readonly after: PolicyBook,
    private readonly asOf: Day,
  ) {}

  judge(table: FactsTable, deal: number): { was: Outcomes; is: Outcomes } {
    const pair = this.pairOf(table, table.closedOn[deal]!);
    pair.was.judgeDeal(deal);
    if (pair.is !== pair.was) pair.is.judgeDeal(deal);
    return pair;
  }

  private pairOf(table: FactsTable, closedOn: number): { was: Outcomes; is: Outcomes } {
    const known = this.pairs.get(closedOn);
    if (known) return known;
    const { before, after, asOf } = this;
    const deal = { closedOn: closedOn === NEVER ? null : dayFromNumber(closedOn) };
    const pair = {
      was: this.judgeOf(table, before.judging(deal, asOf)),
      is: this.judgeOf(table, after.judging(deal, asOf)),
    };
    this.pairs.set(closedOn, pair);
    return pair;
  }

  private judgeOf(table: FactsTable, { policy, hash }: PolicyInForce): Outcomes {
    const known = this.judges.get(hash);
    if (known) return known;
    const made = new Outcomes(table, policy);
    this.judges.set(hash, made);
    return made;
  }
}
