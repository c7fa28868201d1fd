import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** What the code cites must be there for whoever has a clone: sections of the contract, documents, headings, decisions, files. */
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const ELSEWHERE = new Set([
  "node_modules",
  ".git",
  ".next",
  ".data",
  "company",
  "test-results",
  "playwright-report",
]);
const CITING = /[.](ts|tsx|mjs|sql|css|json|md)$/;
const NOT_OURS = /(^|\/)(package-lock|tsconfig)[.]json$|migrations\/meta\//;

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (ELSEWHERE.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (CITING.test(entry.name) && !NOT_OURS.test(path)) yield path;
  }
}

const textOf = (path: string) => readFileSync(join(ROOT, path), "utf8");
const headingsOf = (path: string) =>
  [...textOf(path).matchAll(/^#{1,4} (.+)$/gm)].map(([, heading]) => (heading as string).trim());
const NUMBERED = headingsOf("docs/domain.md").flatMap(
  (heading) => /^(\d+(?:\.\d+)?)[. ]/.exec(heading)?.[1] ?? [],
);
const SECTIONS = new Set(NUMBERED);
const DECISIONS = readdirSync(join(ROOT, "docs/decisions"));

const PATHS =
  /(?<![\w@./-])(?:app|components|lib|db|e2e|bench|scripts|docs|fixtures)\/[\w./-]*\w\.(?:ts|tsx|mjs|sql|json)\b/g;
/** Tests that plant citations and imports of what is not there. */
const PLANTING = new Set(["docs/citations.test.ts", "scripts/boundaries.test.ts"]);

/** What `text`, the file at `path`, cites and is not there, each with its line. */
function missingIn(path: string, text: string): string[] {
  const missing: string[] = [];
  const note = (index: number, what: string) =>
    missing.push(`${path}:${text.slice(0, index).split("\n").length}: ${what}`);
  for (const { 0: cited, 1: section, index } of text.matchAll(/(?<!RFC \d{4} )§ ?(\d+(?:\.\d+)?)/g))
    if (!SECTIONS.has(section as string)) note(index, `${cited} is no section of docs/domain.md`);
  for (const { 0: cited, index } of text.matchAll(/(?<![\w/.-])[\w./-]*\w+\.md\b/g))
    if (!placesOf(cited, path).some((place) => existsSync(join(ROOT, place))))
      note(index, `there is no ${cited}`);
  for (const { 1: document, 2: heading, index } of text.matchAll(/(\w[\w-]*\.md),? "([A-Z][^"\n]{0,60})"/g))
    if (
      existsSync(join(ROOT, "docs", document as string)) &&
      !headingsOf(`docs/${document}`).includes(heading as string)
    )
      note(index, `docs/${document} has no heading "${heading}"`);
  for (const { 0: cited, 1: number, index } of text.matchAll(/\bdecision (\d{4})\b/g))
    if (!DECISIONS.some((name) => name.startsWith(`${number}-`))) note(index, `there is no ${cited}`);
  for (const { 0: cited, index } of text.matchAll(PATHS))
    if (!existsSync(join(ROOT, cited))) note(index, `there is no ${cited}`);
  if (path.endsWith("/README.md"))
    for (const { 1: cited, index } of text.matchAll(/`([\w-]+\.(?:ts|tsx|mjs))`/g))
      if (!existsSync(join(ROOT, dirname(path), cited as string)))
        note(index, `there is no ${cited} beside it`);
  return missing;
}

/** A document is named by its place, from the root or from beside the file, or, one of docs/, by its name alone. */
const placesOf = (cited: string, path: string) => [cited, join(dirname(path), cited), join("docs", cited)];

/** Links of a document that lead nowhere. */
function deadLinksIn(path: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].flatMap(({ 1: link, index }) => {
    if (/^[a-z]+:/.test(link as string) || existsSync(join(ROOT, dirname(path), link as string))) return [];
    return [`${path}:${text.slice(0, index).split("\n").length}: ${link} leads nowhere`];
  });
}

test("no two sections of the contract have one number", () => {
  expect(NUMBERED.filter((section, at) => NUMBERED.indexOf(section) !== at)).toEqual([]);
});

const FILES = [...filesUnder(ROOT)].map((path) => relative(ROOT, path)).sort();

describe("citations", () => {
  test("every section, document, heading and decision that a file cites is there", () => {
    const missing = FILES.filter((path) => !PLANTING.has(path)).flatMap((path) =>
      missingIn(path, textOf(path)),
    );
    expect(missing).toEqual([]);
  });

  test("every link of a document leads somewhere", () => {
    const documents = FILES.filter((path) => path.endsWith(".md"));
    expect(documents.length).toBeGreaterThan(20);
    expect(documents.flatMap((path) => deadLinksIn(path, textOf(path)))).toEqual([]);
  });

  test.each([
    ["// Source: domain.md §11.", "§11 is no section of docs/domain.md"],
    ["// (§8.99)", "§8.99 is no section of docs/domain.md"],
    ["// see elsewhere.md", "there is no elsewhere.md"],
    ["// see docs/elsewhere.md", "there is no docs/elsewhere.md"],
    ['// architecture.md "The cellar"', 'docs/architecture.md has no heading "The cellar"'],
    ["// decision 9999", "there is no decision 9999"],
    ["// kept by lib/nobody.ts", "there is no lib/nobody.ts"],
  ])("%j is found", (text, problem) => {
    expect(missingIn("lib/a.ts", `\n${text}\n`)).toEqual([`lib/a.ts:2: ${problem}`]);
  });

  test.each([
    "// domain.md §4-§6, §8.6",
    "// RFC 8785 §3.2.2",
    "// imports.md, first paragraph",
    "// decision 0002",
  ])("%j is in order", (text) => {
    expect(missingIn("lib/a.ts", text)).toEqual([]);
  });

  test("a README names the files beside it", () => {
    expect(missingIn("lib/metrics/README.md", "`nobody.ts` and `tally.ts`")).toEqual([
      "lib/metrics/README.md:1: there is no nobody.ts beside it",
    ]);
  });

  test("a dead link is found", () => {
    expect(
      deadLinksIn("docs/a.md", "\n[there](domain.md) [nowhere](b.md#c) [far](https://a.example)"),
    ).toEqual(["docs/a.md:2: b.md leads nowhere"]);
  });
});
