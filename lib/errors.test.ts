import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { isRefusal, Refusal, refusalIn } from "./errors";

const PROBLEM = { code: "unavailable", field: "", value: null, rule: "no answer" } as const;

test("a refusal is known by whoever holds another copy of its class, as the bundles of a build do", async () => {
  vi.resetModules();
  const copy = await import("./errors");
  const theirs = new copy.Refusal(PROBLEM);
  expect(Object.getPrototypeOf(theirs)).not.toBe(Refusal.prototype);
  expect(isRefusal(theirs)).toBe(true);
  expect(copy.isRefusal(new Refusal(PROBLEM))).toBe(true);
  expect(refusalIn(new Error("wrapped", { cause: new Error("again", { cause: theirs }) }))).toBe(theirs);
});

test("nothing else is one, whatever it looks like", () => {
  const alike = Object.assign(new Error("no answer"), { name: "Refusal", ...PROBLEM });
  for (const other of [alike, PROBLEM, null, undefined, "no answer"]) expect(isRefusal(other)).toBe(false);
  expect(refusalIn(new Error("alone"))).toBeNull();
});

test("the linter refuses instanceof with a class of ours, and with no other", () => {
  const house = mkdtempSync(join(tmpdir(), "countersign-lint-"));
  const project = fileURLToPath(new URL("..", import.meta.url));
  const lines = ["Refusal", "errors.Refusal", "Error", "HTMLInputElement", "ORPCError"];
  const source = lines.map((name) => `told(error instanceof ${name});\n`).join("");
  writeFileSync(join(house, "planted.ts"), source);
  const plugin = join(project, "scripts/no-own-instanceof.grit");
  writeFileSync(join(house, "biome.json"), JSON.stringify({ plugins: [plugin] }));
  const biome = join(project, "node_modules/.bin/biome");
  const lint = spawnSync(biome, ["lint", "--reporter=github"], { cwd: house, encoding: "utf8" });
  rmSync(house, { recursive: true });
  const refused = [...lint.stdout.matchAll(/line=(\d+).*tell by a brand/g)].map(([, line]) => Number(line));
  expect(refused).toEqual([1, 2]);
});
