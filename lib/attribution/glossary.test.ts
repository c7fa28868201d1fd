import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { GLOSSARY, TERMS } from "./glossary";

/** The contract's text, its ways of writing a word aside. */
const contract = readFileSync(fileURLToPath(new URL("../../docs/domain.md", import.meta.url)), "utf8")
  .toLowerCase()
  .replace(/[*`_-]/g, " ")
  .replace(/\s+/g, " ");

/** Words that a page shortens: what the contract calls them. */
const AS_THE_CONTRACT_SAYS: Partial<Record<(typeof TERMS)[number], string>> = {
  gate: "stage gate",
  lens: "lenses",
};

test.each(TERMS)("%s is a word of the contract", (term) => {
  const word = (AS_THE_CONTRACT_SAYS[term] ?? GLOSSARY[term].label).toLowerCase().replaceAll("-", " ");
  expect(new RegExp(`\\b${word}(s|es)?\\b`).test(contract), word).toBe(true);
});

test("each is defined once, in one sentence", () => {
  const words = TERMS.map((term) => GLOSSARY[term]);
  expect(new Set(words.map(({ label }) => label)).size).toBe(TERMS.length);
  for (const { definition } of words) expect(definition).toMatch(/^[A-Z][^.]*\.$/);
});
