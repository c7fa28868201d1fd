import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { METRICS } from "./quarter-numbers";

/** One row a metric, made from its definition, so that the page cannot say anything else. */
function table(): string {
  const rows = Object.values(METRICS).map(({ name, formula, benchmarks, source }) => {
    const bands = benchmarks.map(({ words }) => words).join("; ");
    return `| ${name} | ${formula} | ${bands || "none"} | ${source} |`;
  });
  return ["| metric | definition | benchmark | source |", "|---|---|---|---|", ...rows].join("\n");
}

test("the README's table is the definitions", () => {
  expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(table());
});
