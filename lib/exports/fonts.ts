import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Font } from "@react-pdf/renderer";
import { type FontFace, inflateOnce, nameApart, shapeOnce } from "./font-face";

const JAPANESE = "BIZ UDPGothic";

/**
 * The faces of everything that is printed, memo and pack alike; a letter is looked for in this order. What none of
 * them has is no letter of lib/text/printable.ts, which says what may be printed (fonts.test.ts holds them together).
 */
const FACES = [
  ...["latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"].map((script) => ({
    family: `Inter ${script}`,
    file: `@fontsource/inter/files/inter-${script}`,
    weights: { 400: 400, 500: 500, 600: 600 },
  })),
  {
    family: JAPANESE,
    file: "@fontsource/biz-udpgothic/files/biz-udpgothic-japanese",
    weights: { 400: 400, 500: 400, 600: 700 },
  },
  {
    family: "Noto Sans Hebrew",
    file: "@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew",
    weights: { 400: 400, 500: 500, 600: 600 },
  },
  // Its letters carry their dots: those of a face that places dots as marks are printed beside their letters.
  {
    family: "IBM Plex Sans Arabic",
    file: "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic",
    weights: { 400: 400, 500: 500, 600: 600 },
  },
  {
    family: "Noto Sans Math",
    file: "@fontsource/noto-sans-math/files/noto-sans-math-latin",
    weights: { 400: 400, 500: 400, 600: 400 },
  },
  {
    family: "Noto Emoji",
    file: "@fontsource/noto-emoji/files/noto-emoji-emoji",
    weights: { 400: 400, 500: 500, 600: 600 },
  },
] as const;

// From the project's folder and not from this file, which a build moves elsewhere.
const project = createRequire(join(process.cwd(), "package.json"));

/** The file of a face in a weight. */
function fileOf(file: string, weight: number): string {
  const [scope, name, ...path] = file.split("/");
  const folder = dirname(project.resolve(`${scope}/${name}/package.json`));
  return join(folder, ...path.slice(0, -1), `${path.at(-1)}-${weight}-normal.woff`);
}

for (const { family, file, weights } of FACES) {
  Font.register({
    family,
    fonts: Object.entries(weights).map(([fontWeight, weight]) => ({
      src: fileOf(file, weight),
      fontWeight: Number(fontWeight),
    })),
  });
}

/** The families to set text in, in this order: names of people are written in more than one script. */
export const FONTS: string[] = FACES.map(({ family }) => family);

/**
 * Opens the faces, once, before something is printed. Japanese has no spaces, so a line of it ends between any two
 * letters; there the renderer would set the hyphen of a broken word, which Japanese does not have.
 */
export async function openFonts(): Promise<FontFace[]> {
  const all = FACES.flatMap(({ family, weights }) =>
    Object.keys(weights).map((weight) => ({ fontFamily: family, fontWeight: Number(weight) })),
  );
  await Promise.all(all.map((face) => Font.load(face)));
  return all.map((face) => {
    const font = Font.getFont(face)?.data as unknown as FontFace;
    shapeOnce(font);
    inflateOnce(font);
    nameApart(font, `${face.fontFamily} ${face.fontWeight}`);
    if (face.fontFamily === JAPANESE) {
      const blank = font.glyphForCodePoint(0x20);
      const own = Object.getPrototypeOf(font).glyphForCodePoint;
      font.glyphForCodePoint = (code) => (code === HYPHEN ? blank : own.call(font, code));
    }
    return font;
  });
}

const HYPHEN = 0x2d;

/** Figures and names are never broken in the middle; Japanese is, but not before a mark that closes. */
export const syllablesOf = (word: string): string[] => word.match(SYLLABLES) ?? [word];
const SYLLABLES =
  /[^\u3000-\u30ff\u4e00-\u9fff]+|[「『（【〔《〈]*[\u3000-\u30ff\u4e00-\u9fff][、。」』）】〕》〉・ー々\u3099\u309aゝゞヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ]*/gu;
Font.registerHyphenationCallback(syllablesOf);

/** The opened faces of a weight, in the order in which a letter is looked for. */
export const facesOf = (weight: 400 | 500 | 600): FontFace[] =>
  FONTS.map((fontFamily) => Font.getFont({ fontFamily, fontWeight: weight })?.data as unknown as FontFace);
