import { inflateSync } from "node:zlib";

/** Glyphs in a row, and where each stands, in units of the face. */
export interface Shaped {
  glyphs: unknown[];
  positions: { xAdvance: number; xOffset: number; yOffset: number }[];
  advanceWidth: number;
}

/** What this folder asks of a face as the renderer has it. */
export interface FontFace {
  postscriptName: string;
  unitsPerEm: number;
  /** Units above the line that letters stand on. */
  ascent: number;
  hasGlyphForCodePoint(code: number): boolean;
  glyphForCodePoint(code: number): unknown;
  layout(text: string, features?: unknown, script?: string, language?: string, direction?: string): Shaped;
}

const MOST_SHAPED = 20_000;
/**
 * No rule of a face looks across the space between two words in small letters, nor across those around the dot between two
 * facts; fonts.test.ts holds the faces to that.
 */
const APART = /(?<=[a-z] )(?=[a-z])|(?<= {2})(?=·)|(?<=· {2})/;
const LATIN = /^[ -~\u00a0-\u024f\u2013-\u2026]*$/;
/**
 * Days, amounts and ids, each of which stands in a pack once: there a rule looks at a letter's two neighbours at most,
 * two dashes apart, which fonts.test.ts holds the faces to as well.
 */
const FIGURES = /^(?!.*--)[A-Z]*[\d.,-]*\d ?$/;

/**
 * Has a face shape the same words once, which takes a hundred times as long as to find them again; of a pack of a
 * thousand cases most words stand in it a thousand times.
 */
export function shapeOnce(font: FontFace): void {
  if (Object.hasOwn(font, "layout")) return;
  const shape = (Object.getPrototypeOf(font) as FontFace).layout;
  const known = new Map<string, Shaped>();
  font.layout = (text, features, script, language, direction) => {
    // A face looks for the script of the whole: of a part in figures alone it would find none.
    const isLatin = script === undefined && LATIN.test(text) && /[a-z]/i.test(text);
    const of = [isLatin ? "latn" : script, language, direction] as const;
    const kind = JSON.stringify([features, of]);
    const once = (part: string) => {
      const key = `${kind}${part}`;
      const found = known.get(key) ?? shape.call(font, part, features, ...of);
      if (known.size >= MOST_SHAPED) known.clear();
      known.set(key, found);
      return found;
    };
    if (FIGURES.test(text)) return joined(letterByLetter(text, once));
    return joined((isLatin ? text.split(APART) : [text]).map(once));
  };
}

/** Each letter as it stands between its neighbours. */
const letterByLetter = (text: string, shape: (part: string) => Shaped) =>
  Array.from(text, (_, at) => {
    const { glyphs, positions } = shape(text.slice(Math.max(0, at - 1), at + 2));
    const own = at === 0 ? 0 : 1;
    return { glyphs: glyphs.slice(own, own + 1), positions: positions.slice(own, own + 1) };
  });

function joined(shaped: readonly Pick<Shaped, "glyphs" | "positions">[]): Shaped {
  // Whoever writes the text scales the places in place.
  const positions = shaped.flatMap((part) => part.positions.map((position) => ({ ...position })));
  return {
    glyphs: shaped.flatMap(({ glyphs }) => glyphs),
    positions,
    advanceWidth: positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0),
  };
}

/** A face in a WOFF file, of which this room knows how its tables are read. */
interface WoffFace {
  stream: Readable;
  directory: { tables: Record<string, { offset: number; compLength: number; length: number } | undefined> };
  _getTableStream(tag: string): Readable | null;
}
interface Readable {
  pos: number;
  buffer: Uint8Array;
  constructor: new (bytes: Uint8Array) => Readable;
}

/** Has a face unpack a table once: all its outlines were unpacked anew for each letter that a file embeds. */
export function inflateOnce(font: FontFace): void {
  const face = font as unknown as WoffFace;
  if (Object.hasOwn(face, "_getTableStream")) return;
  const own = Object.getPrototypeOf(face) as WoffFace;
  const known = new Map<string, Uint8Array>();
  face._getTableStream = (tag) => {
    const table = face.directory.tables[tag];
    if (!table || table.compLength >= table.length) return own._getTableStream.call(face, tag);
    const { offset, compLength } = table;
    const bytes = known.get(tag) ?? inflateSync(face.stream.buffer.subarray(offset, offset + compLength));
    known.set(tag, bytes);
    return new face.stream.constructor(bytes);
  };
}

/** A name of its own: the files of one family call themselves the same, and a document finds its faces by name. */
export function nameApart(font: FontFace, name: string): void {
  Object.defineProperty(font, "postscriptName", { value: name.replaceAll(" ", "-"), configurable: true });
}
