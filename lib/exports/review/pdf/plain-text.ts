import type { FontFace } from "../../font-face";
import { facesOf, syllablesOf } from "../../fonts";

/** How text is set, in points. */
export interface TextLook {
  weight: 400 | 500 | 600;
  size: number;
  /** From line to line. */
  leading: number;
  /** `#rrggbb`. */
  color: string;
}

/** Letters of one face in a row, `x` points from the left. */
interface Run {
  face: FontFace;
  text: string;
  x: number;
}

/** A text in its lines, ready to be drawn. */
export interface PlainText {
  look: TextLook;
  lines: { runs: Run[]; ascent: number }[];
  /** Of the longest line. */
  width: number;
  height: number;
}

/** The page as a `Canvas` paints on it, as far as text and boxes need. */
export interface Painter {
  font(face: unknown, name: string, size: number): Painter;
  fillColor(color: string): Painter;
  text(text: string, x: number, y: number, options: { lineBreak: false; baseline: "alphabetic" }): Painter;
  rect(x: number, y: number, width: number, height: number): Painter;
  roundedRect(x: number, y: number, width: number, height: number, radius: number): Painter;
  fill(color: string): Painter;
}

/** Letters that run from right to left, and signs that are made of several: those take the renderer's own way. */
const NOT_PLAIN =
  /[\p{Script_Extensions=Hebrew}\p{Script_Extensions=Arabic}\p{M}\p{Emoji_Presentation}\r\t]|\u200d/u;

export const isPlain = (text: string): boolean => !NOT_PLAIN.test(text);

/**
 * Sets a text as the renderer sets it, at a tenth of its cost: it looks at each letter of each text a dozen times, and
 * a pack has a thousand cases. A line ends at the last blank, or between two Japanese letters, before it is full.
 */
export function setPlain(text: string, look: TextLook, width: number): PlainText {
  const lines = text.split("\n").flatMap((paragraph) => brokenInto(paragraph.normalize("NFC"), look, width));
  return {
    look,
    lines: lines.map(({ runs }) => ({
      runs,
      ascent: Math.max(0, ...runs.map(({ face }) => (face.ascent / face.unitsPerEm) * look.size)),
    })),
    width: Math.max(0, ...lines.map(({ end }) => end)),
    height: lines.length * look.leading,
  };
}

/** A line under way: `end` is where its last letter ends, `next` where another would begin. */
interface Line {
  runs: Run[];
  end: number;
  next: number;
}

function brokenInto(paragraph: string, look: TextLook, width: number): Line[] {
  let line: Line = { runs: [], end: 0, next: 0 };
  const lines = [line];
  for (const word of paragraph.match(WORDS) ?? []) {
    for (const part of syllablesOf(word)) {
      const pieces = piecesOf(part, look);
      const letters = pieces.reduce((sum, piece) => sum + piece.letters, 0);
      if (line.runs.length > 0 && line.next + letters > width + HAIR) {
        line = { runs: [], end: 0, next: 0 };
        lines.push(line);
      }
      for (const { face, text, letters: own, advance } of pieces) {
        const last = line.runs.at(-1);
        if (last?.face === face) last.text += text;
        else line.runs.push({ face, text, x: line.next });
        if (own > 0) line.end = line.next + own;
        line.next += advance;
      }
    }
  }
  return lines;
}

/** A word with the blanks that end it; of several blanks each is its own, as the page is written. */
const WORDS = /[^ ]+ ?| /g;
/** Sums of the same widths differ in their last bits. */
const HAIR = 1e-6;

interface Piece {
  face: FontFace;
  text: string;
  /** Width without the blank at its end, and with it. */
  letters: number;
  advance: number;
}

const MOST_KNOWN = 20_000;
const known = new Map<string, Piece[]>();

/** A part of a word by the faces that have its letters, each as wide as its face says. */
function piecesOf(part: string, { weight, size }: TextLook): Piece[] {
  const key = `${weight} ${size} ${part}`;
  const found = known.get(key);
  if (found) return found;
  const pieces = byFace(part, facesOf(weight)).map(({ face, text }): Piece => {
    // With its blank, as it will be drawn: the face shapes it once for both.
    const wide = (some: string) => (face.layout(some).advanceWidth / face.unitsPerEm) * size;
    const advance = wide(text);
    return { face, text, letters: text.endsWith(" ") ? advance - wide(" ") : advance, advance };
  });
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, pieces);
  return pieces;
}

function byFace(text: string, faces: readonly FontFace[]): { face: FontFace; text: string }[] {
  const pieces: { face: FontFace; text: string }[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0) as number;
    const face = (faces.find((one) => one.hasGlyphForCodePoint(code)) ?? faces.at(-1)) as FontFace;
    const last = pieces.at(-1);
    if (last?.face === face) last.text += letter;
    else pieces.push({ face, text: letter });
  }
  return pieces;
}

/** Draws a text with its upper left corner there. */
export function drawPlain(painter: Painter, { look, lines }: PlainText, x: number, y: number): void {
  lines.forEach(({ runs, ascent }, nth) => {
    for (const { face, text, x: from } of runs) {
      painter
        .font(face, face.postscriptName, look.size)
        .fillColor(look.color)
        .text(text, x + from, y + nth * look.leading + ascent, { lineBreak: false, baseline: "alphabetic" });
    }
  });
}
