/**
 * Which letters the memo and the pack print as they are: what their faces have (lib/exports/fonts.ts), less what the
 * renderer sets wrongly, marks above and below Hebrew and Arabic letters and emoji of several parts. A letter that is
 * not here is refused where it would be signed, and shown as a box elsewhere, never as another letter.
 */
const RANGES: readonly (readonly [number, number])[] = [
  // Latin, with the letters of Vietnamese; marks that it is composed with are composed before.
  ...([
    [0x20, 0x7e],
    [0xa0, 0xac],
    [0xae, 0x148],
    [0x14a, 0x151],
    [0x152, 0x1c3],
    [0x1c5, 0x254],
  ] as const),
  ...([
    [0x1e00, 0x1e9b],
    [0x1e9d, 0x1e9f],
    [0x1ea0, 0x1eff],
  ] as const),
  // Greek and Cyrillic.
  ...([
    [0x384, 0x38a],
    [0x38c, 0x38c],
    [0x38e, 0x3a1],
    [0x3a3, 0x3ce],
    [0x1f00, 0x1f15],
  ] as const),
  ...([
    [0x1f18, 0x1f1d],
    [0x1f20, 0x1f45],
    [0x1f48, 0x1f4d],
    [0x1f50, 0x1f57],
    [0x400, 0x479],
  ] as const),
  ...([
    [0x48a, 0x49d],
    [0x4a0, 0x4ff],
  ] as const),
  // Quotes, dashes, bullets, currencies, signs.
  ...([
    [0x2013, 0x2014],
    [0x2018, 0x201a],
    [0x201c, 0x201e],
    [0x2020, 0x2020],
    [0x2022, 0x2022],
  ] as const),
  ...([
    [0x2026, 0x2026],
    [0x2032, 0x2033],
    [0x2039, 0x203a],
    [0x2044, 0x2044],
    [0x20a0, 0x20ab],
  ] as const),
  ...([
    [0x20ac, 0x20af],
    [0x20b1, 0x20b5],
    [0x20b8, 0x20ba],
    [0x20bc, 0x20bf],
    [0x2116, 0x2116],
  ] as const),
  ...([
    [0x2122, 0x2122],
    [0x2190, 0x2193],
    [0x21d0, 0x21d4],
    [0x2200, 0x222b],
    [0x2248, 0x2248],
  ] as const),
  ...([
    [0x2260, 0x2261],
    [0x2264, 0x2265],
    [0x25a0, 0x25a1],
    [0x25b2, 0x25b3],
    [0x25cb, 0x25cb],
  ] as const),
  ...([
    [0x25cf, 0x25cf],
    [0x2605, 0x2606],
    [0x2713, 0x2713],
  ] as const),
  // Hebrew and Arabic letters, Persian and Urdu ones among them.
  ...([
    [0x5d0, 0x5ea],
    [0x5f3, 0x5f4],
    [0x60c, 0x60c],
    [0x61b, 0x61b],
    [0x61f, 0x61f],
  ] as const),
  ...([
    [0x621, 0x63a],
    [0x640, 0x64a],
    [0x660, 0x66c],
    [0x671, 0x6a1],
    [0x6a3, 0x6d3],
    [0x6f0, 0x6f9],
  ] as const),
];

/** Kana, and the Han letters that Japanese writes: JIS X 0208, whose table every runtime has. */
const JAPANESE: ReadonlySet<string> = new Set(
  jisRows().filter((letter) =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、。「」『』・々〜]/u.test(letter),
  ),
);

function jisRows(): string[] {
  const bytes: number[] = [];
  // Rows 1 to 8 and 16 to 84; others are some vendor's own.
  for (let row = 1; row <= 84; row++) {
    if (row > 8 && row < 16) continue;
    for (let cell = 1; cell <= 94; cell++) bytes.push(0xa0 + row, 0xa0 + cell);
  }
  return [...new TextDecoder("euc-jp").decode(new Uint8Array(bytes))];
}

/** Whether a letter, one code point of composed text, is printed as it is. */
export function isPrintable(letter: string): boolean {
  const known = PRINTABLE.get(letter) ?? isInFaces(letter);
  PRINTABLE.set(letter, known);
  return known;
}

/** A pack asks of the same hundred letters a million times. */
const PRINTABLE = new Map<string, boolean>();

function isInFaces(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  if (RANGES.some(([first, last]) => first <= code && code <= last)) return true;
  return JAPANESE.has(letter) || (/\p{Emoji}/u.test(letter) && !/\p{Emoji_Modifier}/u.test(letter));
}

const PLAIN = /^[ -~]*$/;
/** Ends of lines, and what makes a sign an emoji: nothing of their own is printed. */
const UNSEEN: ReadonlySet<string> = new Set(["\n", "\r", "\t", "\ufe0f"]);

/** The letters of a text that cannot be printed, each once, in the order of the text; none mostly. */
export function unprintable(text: string): string[] {
  if (PLAIN.test(text)) return [];
  return [...new Set(text.normalize("NFC"))].filter((letter) => !isPrintable(letter) && !UNSEEN.has(letter));
}

/** A text as it is printed: a box stands for each letter that cannot be. */
export function printed(text: string): string {
  const missing = unprintable(text);
  return missing.length === 0
    ? text
    : text.normalize("NFC").replace(new RegExp(`[${missing.map(escaped).join("")}]`, "gu"), BOX);
}

/** What stands for a letter that no face has. */
export const BOX = "\u25a1";

const escaped = (letter: string) => `\\u{${letter.codePointAt(0)!.toString(16)}}`;

/** A whole document as it is printed, and whether a box stands anywhere in it. */
export function printedAll<T>(document: T): { document: T; boxes: boolean } {
  let boxes = false;
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") {
      const text = printed(value);
      boxes ||= text !== value.normalize("NFC");
      return text;
    }
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
      return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walk(member)]));
  };
  return { document: walk(document) as T, boxes };
}
