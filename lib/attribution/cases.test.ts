import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { classify } from "./classify";
import { parseFacts } from "./parse-facts";
import { parsePolicyChoice } from "./parse-policy";
import type { Result } from "./result";

/** The worked situations of domain.md §6: `expect` is the part of the result that must be equal. */
interface WorkedCase {
  name: string;
  policy: unknown;
  facts: unknown;
  expect: { partners?: object[] };
}

const file = "../shared/cases/classification.json";
const cases: WorkedCase[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];

/** The part of `value` that `shape` names: its keys, member by member; whole where nothing is below partners. */
function partOf(value: Result, shape: WorkedCase["expect"]): unknown {
  const pick = (from: object, keys: object): Record<string, unknown> =>
    Object.fromEntries(Object.keys(keys).map((key) => [key, from[key as keyof typeof from]]));
  const part = pick(value, shape);
  if (shape.partners) {
    part.partners = value.partners.map((partner, index) => pick(partner, shape.partners?.[index] ?? partner));
  }
  return part;
}

describe.skipIf(cases.length === 0)(`worked cases of ${file}`, () => {
  it.each(cases)("$name", ({ policy, facts, expect: expected }) => {
    const result = classify(parsePolicyChoice(policy), parseFacts(facts));
    expect(partOf(result, expected)).toEqual(expected);
  });
});
