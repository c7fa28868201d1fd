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
  ...["8.9.--77", "A--87", "--434", "D--.34", "10--,,8-9", "2026-03-02 ", "835,283.31 "],
  ...figures(40),
];

/** Days, amounts and ids as no list of them would have them. */
function figures(many: number): string[] {
  const SIGNS = "0123456789.,-0123456789.,-ABDEFKLPRTVWXYZ";
  let state = 7;
  const below = (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  return Array.from({ length: many }, () => {
    const letters = Array.from({ length: below(4) }, () => SIGNS[26 + below(SIGNS.length - 26)]);
    const signs = Array.from({ length: 2 + below(10) }, () => SIGNS[below(26)]);
    return `${[...letters, ...signs].join("")}${below(10)}${below(2) ? " " : ""}`;
  });
}

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
    places: positions.map((at) => [at.xAdvance, at.xOffset, at.yOffset]),
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
