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
