import swc from "@swc/core";

/** One change of a source that its tests ought to notice. */
export interface Mutant {
  path: string;
  line: number;
  /** What stands at the place, and what was planted instead. */
  before: string;
  after: string;
  /** The whole source with it. */
  planted: string;
}

interface Node {
  type: string;
  span: { start: number; end: number };
  [key: string]: unknown;
}

/** A replacement of bytes `from` to `to` of a source. */
type Change = [from: number, to: number, text: string];

const OPERATORS = new Map(
  Object.entries({
    "===": "!==",
    "!==": "===",
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "+": "-",
    "-": "+",
    "*": "/",
    "/": "*",
    "&&": "||",
    "||": "&&",
    "??": "&&",
  }),
);
const METHODS = new Map(
  Object.entries({
    some: "every",
    every: "some",
    min: "max",
    max: "min",
    floor: "ceil",
    ceil: "floor",
    startsWith: "endsWith",
    endsWith: "startsWith",
  }),
);

/** Every mutant of a source: operators turned, conditions negated, literals changed, calls left out. */
export function mutantsOf(path: string, source: string): Mutant[] {
  const bytes = Buffer.from(source);
  // A parse counts on from the one before it; the empty statement in front says from where.
  const module = swc.parseSync(`;${source}`, {
    syntax: "typescript",
    tsx: path.endsWith(".tsx"),
    target: "es2022",
  });
  const base = (module.body[0] as unknown as Node).span.start + 1;
  const found: Mutant[] = [];
  const text = (from: number, to: number) => bytes.subarray(from, to).toString();
  walk(module.body.slice(1) as unknown as Node[], (node) => {
    for (const [from, to, after] of changesOf(node, (at) => at - base, text)) {
      const planted = `${text(0, from)}${after}${text(to, bytes.length)}`;
      const line = text(0, from).split("\n").length;
      found.push({ path, line, before: short(text(from, to)), after: short(after), planted });
    }
  });
  return found;
}

const short = (text: string) => text.replace(/\s+/g, " ").slice(0, 60) || "nothing";

/** Types are not run: what stands in them cannot be noticed. */
const UNRUN = /^(Ts(?!AsExpression|NonNull|Satisfies|ConstAssertion)|Import|ExportAll)/;

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (value !== null && typeof value === "object") {
    const node = value as Node;
    if (typeof node.type === "string") {
      if (UNRUN.test(node.type)) return;
      if (node.span) visit(node);
    }
    for (const [key, child] of Object.entries(node))
      if (key !== "span" && key !== "typeAnnotation" && key !== "typeParams") walk(child, visit);
  }
}

function changesOf(
  node: Node,
  at: (byte: number) => number,
  text: (from: number, to: number) => string,
): Change[] {
  const [from, to] = [at(node.span.start), at(node.span.end)];
  const of = (key: string) => node[key] as Node;
  switch (node.type) {
    case "BinaryExpression": {
      const turned = OPERATORS.get(node.operator as string);
      if (turned === undefined) return [];
      const [start, end] = [at(of("left").span.end), at(of("right").span.start)];
      return [[start, end, text(start, end).replace(node.operator as string, turned)]];
    }
    case "BooleanLiteral":
      return [[from, to, String(!node.value)]];
    case "NumericLiteral":
      return [[from, to, String((node.value as number) + 1)]];
    case "UnaryExpression":
      return node.operator === "!" ? [[from, to, text(at(of("argument").span.start), to)]] : [];
    case "IfStatement":
    case "ConditionalExpression": {
      const [start, end] = [at(of("test").span.start), at(of("test").span.end)];
      return [[start, end, `!(${text(start, end)})`]];
    }
    case "MemberExpression": {
      const property = of("property");
      const other = property.type === "Identifier" ? METHODS.get(property.value as string) : undefined;
      return other === undefined ? [] : [[at(property.span.start), at(property.span.end), other]];
    }
    case "ExpressionStatement":
      return of("expression").type === "CallExpression" ? [[from, to, ";"]] : [];
    default:
      return [];
  }
}
