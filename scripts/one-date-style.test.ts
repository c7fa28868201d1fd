import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const project = fileURLToPath(new URL("..", import.meta.url));

/**
 * A day put into a sentence as it is stored: `on 2026-03-04`. People read `4 Mar 2026`, which dayInWords says. A
 * word before it, or a word or a stop after it, tells a sentence from an address, a key or a query.
 */
const DAY = String.raw`\$\{(?:[\w?.!]+\.)?(?:\w+On|today|asOf|day|from|until|fromDay|toDay)\}`;
const IN_A_SENTENCE = new RegExp(
  String.raw`\b(?:on|from|until|till|since|before|after|by|to|today,|in) ${DAY}|${DAY}(?:[,;:.]? [a-z]{3,}|[:;] )`,
);

const SQL = /::date|\bselect\b|\bwhere\b|\bset\b|\band\b .*(?:<|>|=)|(?:<=|>=) ?\$\{/;

const files = ["app", "components", "lib", "scripts"]
  .flatMap((room) =>
    readdirSync(`${project}${room}`, { recursive: true, encoding: "utf8" }).map((name) => `${room}/${name}`),
  )
  .filter((name) => /[.]tsx?$/.test(name) && !/[.](test|fixture|arbitrary)[.]tsx?$/.test(name));

test("a day stands in a sentence in words", () => {
  const found = files.flatMap((file) =>
    readFileSync(project + file, "utf8")
      .split("\n")
      .filter((line) => IN_A_SENTENCE.test(line) && !SQL.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

/** `§` stands for the sign that would make a template of a test's own text. */
const written = (text: string) => text.replaceAll("§", "$");

test.each([
  "return `It was settled on §{subject.settledOn}: a decision stands`;",
  "`The deal was §{deal.outcome} on §{deal.closedOn}: what was recorded by then is locked`",
  "`must not be after §{row.recordedOn}, the day it was recorded`",
  "`an occurrence cannot be in the future (after §{asOf})`",
])("%s would be found", (planted) => expect(IN_A_SENTENCE.test(written(planted))).toBe(true));

test.each([
  "`It was settled on §{dayInWords(subject.settledOn)}: a decision stands`",
  "key={`§{program.name} §{program.from}`}",
  "`deals-§{me.today}.csv`",
])("%s is left alone", (good) => expect(IN_A_SENTENCE.test(written(good))).toBe(false));
