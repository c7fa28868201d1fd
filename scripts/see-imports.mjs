import { readFileSync } from "node:fs";
import swc from "@swc/core";

/**
 * Lets dependency-cruiser see every import there is. TypeScript 7 has no JavaScript API, and what
 * dependency-cruiser makes of swc refuses JSX and passes over `import("…")` types and a call inside
 * syntax newer than its visitor. So swc's whole tree is walked here, and dependency-cruiser is given
 * a module that consists of the imports found: `import`, `export … from`, `import()`, `require()`,
 * `import x = require()` and `import("…").Type`.
 */
export function seeEveryImport() {
  swc.parseFileSync = (file) => {
    const syntax = { syntax: "typescript", tsx: file.endsWith("x"), decorators: true, target: "es2022" };
    const module = swc.parseSync(readFileSync(file, "utf8"), syntax);
    const body = [...sources(module)].map((source) => ({
      type: "ImportDeclaration",
      specifiers: [],
      source: { type: "StringLiteral", value: source },
    }));
    return { ...module, body };
  };
}

function sources(node, found = new Set()) {
  if (Array.isArray(node)) for (const child of node) sources(child, found);
  else if (node !== null && typeof node === "object") {
    const source = sourceOf(node);
    if (typeof source === "string") found.add(source);
    for (const child of Object.values(node)) sources(child, found);
  }
  return found;
}

function sourceOf(node) {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
      return node.source?.value;
    case "TsImportType":
      return node.argument?.value;
    case "TsExternalModuleReference":
      return node.expression?.value;
    case "CallExpression": {
      const called = node.callee.type === "Import" || node.callee.value === "require";
      const [argument] = called ? node.arguments : [];
      if (argument?.expression.type === "StringLiteral") return argument.expression.value;
      // A template with holes is not known before it runs.
      if (argument?.expression.expressions?.length === 0) return argument.expression.quasis[0].cooked;
    }
  }
}
