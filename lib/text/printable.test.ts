import { describe, expect, it } from "vitest";
import { BOX, printed, printedAll, unprintable } from "./printable";

describe("letters that can be printed", () => {
  it.each([
    "Łódź Müller Søren Çağrı Tiếng Việt",
    "Ελληνικά Кириллица Україна",
    "パートナー株式会社、日本語です。",
    "שלום עולם",
    "الشراكة محمد پشتیبانی ١٢٣",
    "🚀 ✅ 👍 🇩🇪 ❤️",
    "e\u0301 “quotes” – 1 → 2 ≤ 3 ✓ € ₪",
    "two\nlines",
  ])("%s", (text) => expect(unprintable(text)).toEqual([]));

  it.each([
    ["ไทย", ["ไ", "ท", "ย"]],
    ["한국어 Ltd", ["한", "국", "어"]],
    ["नमस्ते", ["न", "म", "स", "्", "त", "े"]],
    ["们们", ["们"]],
    ["👍🏽", ["🏽"]],
    ["👨‍👩‍👧", ["\u200d"]],
    ["1️⃣", ["\u20e3"]],
    ["שָׁלוֹם", ["ׁ", "ָ", "ֹ"]],
    ["مُحَمَّد", ["ُ", "َ", "ّ"]],
    ["a\u202eb", ["\u202e"]],
  ])("%s is not, and the letters are named once each", (text, letters) => {
    expect(new Set(unprintable(text))).toEqual(new Set(letters));
  });

  it("a box stands for those in what is printed all the same", () => {
    expect(printed("Siam ไทย 2")).toBe(`Siam ${BOX.repeat(3)} 2`);
    expect(printedAll({ a: ["日本", { b: "ไ" }], n: 1, none: null })).toEqual({
      document: { a: ["日本", { b: BOX }], n: 1, none: null },
      boxes: true,
    });
    expect(printedAll({ a: "Łódź" }).boxes).toBe(false);
  });
});
