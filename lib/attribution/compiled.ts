import type { FactsTable } from "./columns";
import { binds, isCredited, rulesOf } from "./models";
import { type Policy, updatesOwedAbove } from "./policy";
import { type Tests, testsIn } from "./tests";
import { GRADES, MODELS, OUTCOMES } from "./vocabulary";

/** Bits of a word under a policy. */
export const MOTION = 1;
export const PROGRAM = 2;

/** A rule that can decide: an outcome, as its place in `OUTCOMES`, and the tests of each way to it. */
interface CompiledRule {
  outcome: number;
  ways: readonly Tests[];
}

export const CREDITED: readonly boolean[] = OUTCOMES.map(isCredited);

/** A policy in the numbers of columns.ts, made of the same document and the same rules (models.ts) once. */
export class CompiledPolicy {
  readonly model: number;
  /** Those that the policy leaves on and that somebody can earn, best first. */
  readonly rules: readonly CompiledRule[];
  /** Place of an outcome in the model, 0 the best; one that the model lacks comes last. */
  readonly ranks: Uint8Array;
  /** The least grade that counts, as its place in `GRADES`. */
  readonly least: number;
  /** Whether a dispute also asks for a second hand behind what one person stated (§5). */
  readonly asksForTwo: boolean;
  readonly refusesDelay: boolean;
  readonly excusesLateRows: boolean;
  readonly countsPostSale: boolean;
  /** What the words of a table are under the policy, and above what a deal in that currency owes updates. */
  bits = new Uint8Array(0);
  updatesAbove = new Float64Array(0);
  private table: FactsTable | null = null;
  private known = 0;

  constructor(readonly policy: Policy) {
    const rules = rulesOf(policy.model);
    this.model = MODELS.indexOf(policy.model);
    this.rules = rules
      .filter(({ unless }) => !unless?.(policy))
      .map(({ outcome, needs }) => ({
        outcome: OUTCOMES.indexOf(outcome),
        ways: needs.map((tests) => testsIn(tests.filter((test) => binds(policy, test)))),
      }));
    this.ranks = Uint8Array.from(OUTCOMES, (outcome) => {
      const place = rules.findIndex((rule) => rule.outcome === outcome);
      return place === -1 ? rules.length : place;
    });
    this.least = GRADES.indexOf(policy.evidence);
    this.asksForTwo = policy.evidence === "countersigned";
    this.refusesDelay = policy.recordWithin.consequence === "refuse";
    this.excusesLateRows = policy.lateRecording === "with_contemporaneous_evidence";
    this.countsPostSale = policy.postSale === "influence";
  }

  /** Learns the words of a table, and those that have come since. */
  read(table: FactsTable): void {
    const { list } = table.words;
    if (this.table === table && this.known === list.length) return;
    const { policy } = this;
    this.bits = Uint8Array.from(
      list,
      (word) => (policy.motions.includes(word) ? MOTION : 0) | (policy.programs.includes(word) ? PROGRAM : 0),
    );
    this.updatesAbove = Float64Array.from(
      list,
      (word) => updatesOwedAbove(policy, word) ?? Number.POSITIVE_INFINITY,
    );
    this.table = table;
    this.known = list.length;
  }

  /** The first rule that holds, for a partner on the deal (§5), as its place in `OUTCOMES`. */
  decide(passed: Tests): number {
    for (const { outcome, ways } of this.rules) {
      for (const needed of ways) if ((passed & needed) === needed) return outcome;
    }
    throw new Error(`the last rule of ${this.policy.model} must hold for anybody`);
  }
}
