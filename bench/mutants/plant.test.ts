import { expect, test } from "vitest";
import { mutantsOf } from "./plant";

const planted = (source: string) => mutantsOf("some.ts", source).map((mutant) => mutant.planted);

test("turns operators, literals, conditions and methods, one at a time, and leaves calls out", () => {
  expect(planted("const a = b <= 3;")).toEqual(["const a = b < 3;", "const a = b <= 4;"]);
  expect(planted("const a = b && !c;")).toEqual(["const a = b || !c;", "const a = b && c;"]);
  expect(planted("if (a) b();")).toEqual(["if (!(a)) b();", "if (a) ;"]);
  expect(planted("const a = b.some((c) => c ? true : d);")).toEqual([
    "const a = b.every((c) => c ? true : d);",
    "const a = b.some((c) => !(c) ? true : d);",
    "const a = b.some((c) => c ? false : d);",
  ]);
});

test("plants nothing in types, and knows its place beside letters of more than one byte", () => {
  expect(planted("type A = 1 | true;")).toEqual([]);
  const [mutant] = mutantsOf("some.ts", "// §7, 95 % – über\n\nexport const most = 95;");
  expect(mutant).toMatchObject({ line: 3, before: "95", after: "96" });
  expect(mutant!.planted).toBe("// §7, 95 % – über\n\nexport const most = 96;");
});
