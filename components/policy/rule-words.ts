import { rulesOf } from "@/lib/attribution/models";
import { MODELS, type Model } from "@/lib/attribution/vocabulary";
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
  const needs = found.needs.map((tests) =>
    tests.map((test) => TEST_WORDS[test].label.toLowerCase()).join(" with "),
  );
  const by = needs.join(" or ");
  const outcome = OUTCOME_WORDS[found.outcome].label.toLowerCase();
  return `${MODEL_WORDS[model].label}: ${outcome}${by ? `, by ${by}` : ", as no better rule holds"}`;
}
