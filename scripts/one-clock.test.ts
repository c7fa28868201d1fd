import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const project = fileURLToPath(new URL("..", import.meta.url));

/** What would make a day of a clock, or of an instant, by another zone than the company's (domain.md §9). */
const DECIDES_A_DAY =
  /toISOString\(\)\.slice\(0, ?\d+\)|new Date\(\)\.|\bcurrent_date\b|\bnow\(\)::date|[aA]t\.slice\(0, ?1\d\)|\.get(UTC)?(FullYear|Month|Date|Day|Hours)\(|toLocale(Date|Time)?String\(|at time zone (?!s\.time_zone|\(select time_zone from settings\))[^:]*::date(?! \+ 1)/i;

const files = ["app", "bench", "components", "db", "lib", "scripts"]
  .flatMap((room) =>
    readdirSync(`${project}${room}`, { recursive: true, encoding: "utf8" }).map((name) => `${room}/${name}`),
  )
  .filter((name) => /[.](tsx?|mjs|sql)$/.test(name) && !/[.](test|fixture|arbitrary)[.]tsx?$/.test(name));

/** The tables' own check, with its day of grace around Greenwich. */
const GRACE = /FUNCTION utc_day\(\)/;

test("one clock tells the day: the company's", () => {
  const found = files.flatMap((file) =>
    readFileSync(project + file, "utf8")
      .split("\n")
      .filter((line) => DECIDES_A_DAY.test(line) && !GRACE.test(line) && !/^\s*(\*|\/\/|--|\/\*)/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

test.each([
  "const today = new Date().toISOString().slice(0, 10);",
  "select current_date",
  "dayInWords(seal.at.slice(0, 10))",
  "(s.signed_at at time zone 'UTC')::date",
  "new Date(instant).getHours()",
])("%s would be found", (planted) => expect(DECIDES_A_DAY.test(planted)).toBe(true));

test.each([
  "select (now() at time zone s.time_zone)::date as today",
  "(at at time zone (select time_zone from settings))::date",
])("%s is the company's own", (right) => expect(DECIDES_A_DAY.test(right)).toBe(false));
