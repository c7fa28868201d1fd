import { type Clause, clauseOfTest } from "@/lib/attribution/clauses";
import { rulesOf } from "@/lib/attribution/models";
import { MODELS, type Model, type TestName } from "@/lib/attribution/vocabulary";
import { MODEL_WORDS, OUTCOME_WORDS, TEST_WORDS } from "@/lib/attribution/words";

/**
 * The rule that decided, in words: `Two buckets: influenced by named motion`. A ruling is named by its id;
 * null stands for a partner that is not on the deal.
 */
export function ruleWords(rule: string | null): string {
  if (rule === null) return "Not on the deal";
  const [name, code] = rule.split(".");
  const model = MODELS.find((one) => one === name) as Model | undefined;
  const found = model && rulesOf(model).find(({ outcome }) => outcome === code);
  if (!model || !found) return `Ruling ${rule}`;
  const needs = found.needs.map((tests) => tests.map(testWords).join(" with "));
  const by = needs.join(" or ");
  const outcome = OUTCOME_WORDS[found.outcome].label.toLowerCase();
  return `${MODEL_WORDS[model].label}: ${outcome}${by ? `, by ${by}` : ", as no better rule holds"}`;
}

const testWords = (test: TestName) =>
  test === "sourced" ? "origin, stage gate and net new" : TEST_WORDS[test].label.toLowerCase();

/** The clauses that the two rules of a difference rest on. */
export function clausesOf(rules: readonly (string | null)[]): Clause[] {
  const tests = rules.flatMap((rule) => {
    const [name, code] = rule?.split(".") ?? [];
    const model = MODELS.find((one) => one === name);
    return model
      ? (rulesOf(model)
          .find(({ outcome }) => outcome === code)
          ?.needs.flat() ?? [])
      : [];
  });
  return [...new Set(tests.map(clauseOfTest))];
}
