import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { classify } from "@/lib/attribution/classify";
import { factsArbitrary, policyArbitrary } from "@/lib/attribution/facts.arbitrary";
import { parseFacts } from "@/lib/attribution/parse-facts";
import { parsePolicyChoice } from "@/lib/attribution/parse-policy";
import { classifyPlainly } from "./plain";

it("says of any document what the heart says, to the last word", () => {
  fc.assert(
    fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
      expect(classifyPlainly(policy, facts)).toEqual(classify(policy, facts));
    }),
    { numRuns: 5000, seed: 20261128 },
  );
});

const FILES = ["fixtures/cases.json", "../shared/cases/two-hands.json"].filter(existsSync);

it.each(FILES)("says of the worked cases of %s what the heart says", (file) => {
  for (const worked of JSON.parse(readFileSync(file, "utf8"))) {
    const [policy, facts] = [parsePolicyChoice(worked.policy), parseFacts(worked.facts)];
    expect(classifyPlainly(policy, facts), worked.name).toEqual(classify(policy, facts));
  }
});
