import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoOf } from "../attribution/memo";
import { memoLength } from "../attribution/memo-page";
import { ACTIVITY_MENU } from "../attribution/menu";
import { type Policy, PRESETS } from "../attribution/policy";
import { MODELS } from "../attribution/vocabulary";
import { memoPdf } from "./memo-pdf";

const pagesOf = (pdf: Buffer) => (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
const print = (policy: Policy) =>
  memoPdf({
    memo: memoOf(policy),
    company: "Company of the test",
    hash: "a".repeat(64),
    state: "Draft, binds nobody",
    signatures: [{ seat: "cro", name: "日本 ไทย", on: "1 Jan 2027" }],
  });

/** A menu of n more types, each defined in so many letters. */
const withMenu = (model: Policy["model"], types: number, letters: number, word: string): Policy => ({
  ...PRESETS[model],
  menu: [
    ...ACTIVITY_MENU,
    ...Array.from({ length: types }, (_, at) => ({
      type: `own_${at}`,
      label: `Own activity ${at}`,
      definition: word.repeat(40).slice(0, letters).trim(),
      stages: [1, 2] as const,
      involvement: "direct" as const,
    })),
  ] as Policy["menu"],
});

describe("the memo as a PDF", () => {
  it.each(MODELS)("of %s is one page", async (model) => {
    expect(memoLength(PRESETS[model]).over).toBe(0);
    expect(pagesOf(await print(PRESETS[model]))).toBe(1);
  });

  it("fits its page whenever it is said to, whatever it is written in", async () => {
    const words = [
      "partner and customer met ",
      "顧客との打合せを行う",
      "שותף ולקוח נפגשו ",
      "التقى الشريك والعميل ",
      "WWW MMM ",
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...MODELS),
        fc.integer({ min: 10, max: 60 }),
        fc.integer({ min: 20, max: 200 }),
        fc.constantFrom(...words),
        async (model, types, letters, word) => {
          // The longest of its kind that is still said to fit.
          let most = types;
          while (most > 0 && memoLength(withMenu(model, most, letters, word)).over > 0) most -= 1;
          expect(pagesOf(await print(withMenu(model, most, letters, word)))).toBe(1);
        },
      ),
      { numRuns: 6, seed: 7 },
    );
  }, 120_000);

  it("of a draft that is far too long runs on, and says so", async () => {
    const long = withMenu("triple_tier", 60, 200, "partner and customer met ");
    expect(memoLength(long).over).toBeGreaterThan(10);
    expect(pagesOf(await print(long))).toBeGreaterThan(1);
  }, 60_000);
});
