import { expect, it } from "vitest";
import { isPrintable } from "../text/printable";
import { openFonts } from "./fonts";

it("have every letter that may be printed, in every weight", async () => {
  const faces = await openFonts();
  const weights = [0, 1, 2].map((weight) => faces.filter((_, at) => at % 3 === weight));
  const missing: string[] = [];
  for (let code = 0x20; code < 0x20000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const letter = String.fromCodePoint(code);
    if (!isPrintable(letter)) continue;
    if (!weights.every((some) => some.some((face) => face.hasGlyphForCodePoint(code))))
      missing.push(`${code.toString(16)} ${letter}`);
  }
  expect(missing).toEqual([]);
});

/** Words, figures, capitals, brackets and arrows, by which faces choose other glyphs and other places. */
const TEXTS = [
  "The row came eleven days after the close, and nothing from before it names the partner.",
  "owner Pam Lind  ·  USD 79,200.91  ·  2026-03-02  ·  41 days",
  "(A) to x 2x3 -> next a-b To we Ta AV. fi ffi office fly T o 12:30 at",
  "Żółta Łódź every wave, yes. why? Yo LT off flag ever very away",
  "Οδός Α.Ε.",
  "Мир Техника",
];

it("set the same words as the faces themselves do, with and without figures of one width", async () => {
  // Latin in every weight, and each other script of that family in one.
  const faces = (await openFonts()).filter((_, at) => at < 3 || (at < 21 && at % 3 === 0));
  const whole = (face: (typeof faces)[number], text: string, features: unknown) =>
    (Object.getPrototypeOf(face) as typeof face).layout.call(
      face,
      text,
      features,
      undefined,
      undefined,
      "ltr",
    );
  const seen = ({ glyphs, positions }: ReturnType<typeof whole>) => ({
    ids: (glyphs as { id: number }[]).map(({ id }) => id),
    places: (positions as Record<string, number>[]).map((at) => [at.xAdvance, at.xOffset, at.yOffset]),
  });
  let compared = 0;
  for (const face of faces)
    for (const text of TEXTS)
      for (const features of [undefined, ["tnum", "lnum"]])
        for (const time of ["first", "again"]) {
          const set = face.layout(text, features, undefined, undefined, "ltr");
          expect(seen(set), `${text} for the ${time} time`).toEqual(seen(whole(face, text, features)));
          compared++;
        }
  expect(compared).toBe(faces.length * TEXTS.length * 4);
}, 120_000);
