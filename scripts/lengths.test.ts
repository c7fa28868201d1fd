import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import swc from "@swc/core";
import { describe, expect, test } from "vitest";

const project = fileURLToPath(new URL("..", import.meta.url));
const LONGEST_FUNCTION = 70;
const LONGEST_FILE = 300;

const sources = ["app", "bench", "components", "db", "e2e", "lib", "scripts"].flatMap((room) =>
  readdirSync(`${project}${room}`, { recursive: true, encoding: "utf8" })
    .filter((name) => /[.](tsx?|mjs)$/.test(name))
    .map((name) => `${room}/${name}`),
);
/** A `describe` is a table of contents and not a function anybody has to hold in mind; nor is a scene's data. */
const product = sources.filter((file) => !/[.](test|spec|fixture|arbitrary)[.]tsx?$/.test(file));
const textOf = (file: string) => readFileSync(project + file, "utf8");

interface Length {
  name: string;
  lines: number;
}

interface Node {
  type?: string;
  span?: { start: number; end: number };
  identifier?: { value?: string } | null;
  key?: { value?: string };
  id?: { value?: string };
  function?: { span?: { start: number; end: number } };
}

const FUNCTIONS =
  /^(Function(Declaration|Expression)|ArrowFunctionExpression|(Class|Private)Method|MethodProperty|GetterProperty|SetterProperty|Constructor)$/;

/**
 * Every function with its lines, those of its arguments and of JSX among them, which Biome's own rule
 * (noExcessiveLinesPerFunction) does not count. One without a name bears that of what it is given to.
 */
function functionsOf(source: string, tsx: boolean): Length[] {
  const bytes = Buffer.from(source);
  const found: Length[] = [];
  const visit = (value: unknown, given: string) => {
    if (Array.isArray(value)) for (const one of value) visit(one, given);
    else if (value !== null && typeof value === "object") {
      const node = value as Node;
      const name = node.identifier?.value ?? node.id?.value ?? node.key?.value ?? given;
      const span = node.span ?? node.function?.span;
      // swc counts bytes from 1.
      if (span && FUNCTIONS.test(node.type ?? ""))
        found.push({ name, lines: linesIn(bytes.subarray(span.start - 1, span.end - 1).toString()) });
      for (const child of Object.values(value)) visit(child, name);
    }
  };
  visit(swc.parseSync(source, { syntax: "typescript", tsx, decorators: true, target: "es2022" }).body, "");
  return found;
}

const linesIn = (text: string) => text.trimEnd().split("\n").length;

const tooLong = (file: string, source: string) =>
  functionsOf(source, file.endsWith("x"))
    .filter(({ lines }) => lines > LONGEST_FUNCTION)
    .map(({ name, lines }) => `${file}: ${name} has ${lines} lines`);

/** The comment before any code, where a long file says why it is long. */
const saysWhy = (source: string) =>
  /\blong\b|\b300 lines\b/i.test(/^(\/\*\*?[\s\S]*?\*\/|(\/\/.*\n)+)/.exec(source)?.[0] ?? "");

const longAndMute = (file: string, source: string) =>
  linesIn(source) > LONGEST_FILE && !saysWhy(source) ? [`${file} has ${linesIn(source)} lines`] : [];

describe(`a function has at most ${LONGEST_FUNCTION} lines`, () => {
  const body = (lines: number) => "  call();\n".repeat(lines - 2);
  test.each([
    ["a function", `function long() {\n${body(71)}}`],
    ["an arrow", `// first\n\nconst long = () => {\n${body(71)}};`],
    [
      "a component",
      `export function long() {\n  return (\n    <p>\n${"      words of é\n".repeat(65)}    </p>\n  );\n}`,
    ],
    ["its arguments", `function long({\n${"  a,\n".repeat(69)}}) {}`],
    ["a method", `class A {\n  long() {\n${body(71)}  }\n}`],
    ["one in an object", `const a = {\n  long() {\n${body(71)}  },\n};`],
    ["a callback", `use({ long: () => {\n${body(71)}} });`],
  ])("sees %s of 71 lines", (_what, source) => {
    expect(tooLong("a.tsx", source)).toEqual(["a.tsx: long has 71 lines"]);
  });
  test("passes one of 70", () => expect(tooLong("a.ts", `function fits() {\n${body(70)}}`)).toEqual([]));

  test("everywhere in the house", () =>
    expect(product.flatMap((file) => tooLong(file, textOf(file)))).toEqual([]));
});

describe(`a file of more than ${LONGEST_FILE} lines says why in its first comment`, () => {
  const long = "call();\n".repeat(LONGEST_FILE + 1);
  test("sees one that does not, and one that says something else", () => {
    expect(longAndMute("a.ts", long)).toEqual(["a.ts has 301 lines"]);
    expect(longAndMute("a.ts", `/** What it is. */\n${long}// Long because.\n`)).toHaveLength(1);
    expect(longAndMute("a.ts", `// Long: one table.\n${long}`)).toEqual([]);
  });

  test("everywhere in the house", () =>
    expect(sources.flatMap((file) => longAndMute(file, textOf(file)))).toEqual([]));
});
