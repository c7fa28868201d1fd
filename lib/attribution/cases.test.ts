import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { classify } from "./classify";
import { outcomesOf } from "./models";
import { parseFacts } from "./parse-facts";
import { parsePolicyChoice } from "./parse-policy";
import type { PartnerResult, Result } from "./result";
import { GRAY_CODES, MODELS, TESTS } from "./vocabulary";

/**
 * A worked situation: `expect` is the part of the result that must be equal. Of a partner, `passes` stands
 * for `tests`: the names of those that pass, all of them, in order.
 */
interface WorkedCase {
  name: string;
  policy: unknown;
  facts: unknown;
  expect: { outcome?: string; evidence?: string | null; gray?: string[]; partners?: object[] };
}

/** The house's own, and those that may lie beside the checkout. */
const FILES = ["fixtures/cases.json", "../shared/cases/two-hands.json"].filter(existsSync);
const casesOf = (file: string): WorkedCase[] => JSON.parse(readFileSync(file, "utf8"));

const passesOf = ({ tests }: PartnerResult) => tests.filter(({ passed }) => passed).map(({ test }) => test);

/** The part of `value` that `shape` names: its keys, member by member; whole where nothing is below partners. */
function partOf(value: Result, shape: WorkedCase["expect"]): unknown {
  const pick = (from: object, keys: object): Record<string, unknown> =>
    Object.fromEntries(Object.keys(keys).map((key) => [key, from[key as keyof typeof from]]));
  const part = pick(value, shape);
  if (shape.partners) {
    part.partners = value.partners.map((partner, index) =>
      pick({ ...partner, passes: passesOf(partner) }, shape.partners?.[index] ?? partner),
    );
  }
  return part;
}

const resultOf = ({ policy, facts }: WorkedCase) => classify(parsePolicyChoice(policy), parseFacts(facts));

describe.each(FILES)("worked cases of %s", (file) => {
  it.each(casesOf(file))("$name", (worked) => {
    expect(partOf(resultOf(worked), worked.expect)).toEqual(worked.expect);
  });
});

describe("the house's own cases", () => {
  const cases = casesOf("fixtures/cases.json");
  const expected = cases.map(({ policy, expect: { outcome, gray, partners = [] } }) => ({
    model: parsePolicyChoice(policy).model,
    outcome,
    gray: gray as string[],
    partners: partners as { outcome: string; passes: string[] }[],
  }));

  it.each(MODELS)("earn every outcome of %s", (model) => {
    const earned = expected.filter((one) => one.model === model).flatMap(({ partners }) => partners);
    expect(new Set(earned.map(({ outcome }) => outcome))).toEqual(new Set(outcomesOf(model)));
  });

  it.each(TESTS)("pass the test %s and fail it", (test) => {
    const passed = expected.flatMap(({ partners }) => partners.map(({ passes }) => passes.includes(test)));
    expect(passed).toContain(true);
    expect(passed).toContain(false);
  });

  it.each(GRAY_CODES)("find %s", (code) => {
    expect(expected.flatMap(({ gray }) => gray)).toContain(code);
  });

  it("have names of their own", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });
});
