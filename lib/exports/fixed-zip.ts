import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";

/** Of every file in it the time that says nothing; a zip knows none before 1980. */
const NO_TIME = new Date(1980, 0, 1);

/** An identifier that a writer made up, in braces or not. */
const MADE_UP = /\b[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}\b/gi;

/** A numbered part of which the writer counts on from one file to the next. */
const COUNTED = /(chart|Microsoft_Excel_Worksheet)(\d+)(?=\.xml|\.xlsx)/g;

/**
 * An Office file (a zip of XML) without what differs from one making to the next: the times of its files, the
 * time it was made, identifiers drawn by lot, numbers that count on. The same content is the same bytes, whenever it is written.
 *
 * @param at ISO 8601; what it says it was made
 */
export function fixedZip(bytes: Uint8Array, at: string): Uint8Array {
  const made = new Date(at).toISOString().replace(/[.]\d+Z$/, "Z");
  const found = unzipSync(bytes);
  const numbers = Object.keys(found).flatMap((name) =>
    [...name.matchAll(COUNTED)].map(([, , n]) => Number(n)),
  );
  const ranks = new Map([...new Set(numbers)].sort((a, b) => a - b).map((number, at) => [number, at + 1]));
  const recount = (text: string) =>
    text.replace(COUNTED, (_, part, n) => `${part}${ranks.get(Number(n)) ?? n}`);
  const known = new Map<string, string>();
  const files: Zippable = {};
  for (const [name, content] of Object.entries(found)) {
    if (name.endsWith("/")) continue;
    const fixed = name.endsWith(".xlsx")
      ? fixedZip(content, made)
      : fixedText(name, content, made, known, recount);
    files[recount(name)] = [fixed, { mtime: NO_TIME, level: 6 }];
  }
  return zipSync(files, { mtime: NO_TIME });
}

function fixedText(
  name: string,
  content: Uint8Array,
  made: string,
  known: Map<string, string>,
  recount: (text: string) => string,
): Uint8Array {
  if (!/\.(xml|rels)$/.test(name)) return content;
  const fixed = recount(strFromU8(content))
    .replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${made}`)
    .replace(MADE_UP, (id) => {
      const nth = known.get(id) ?? String(known.size + 1).padStart(12, "0");
      known.set(id, nth);
      return `00000000-0000-4000-8000-${nth}`;
    });
  return strToU8(fixed);
}
