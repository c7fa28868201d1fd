import { strFromU8, unzipSync } from "fflate";
import { extractText, getDocumentProxy } from "unpdf";

/** Reads a produced pack back as another program would: a PDF by its text, slides and workbook from their XML. */

/** Where a line breaks is the layout's business. */
export const squeeze = (text: string) => text.replace(/\s+/g, "");

const unescapeXml = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
export const all = (xml: string, pattern: RegExp) =>
  [...xml.matchAll(pattern)].map(([, text]) => unescapeXml(text ?? ""));

export type Files = Record<string, string>;
export function unzip(bytes: Uint8Array, wanted: RegExp): Files {
  const files = unzipSync(bytes, { filter: ({ name }) => wanted.test(name) });
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, strFromU8(content)]));
}

export interface SheetRow {
  values: (string | number | null)[];
  formulas: string[];
}

export const sharedStrings = (files: Files) =>
  all(files["xl/sharedStrings.xml"] ?? "", /<si><t(?:\/|[^>/]*>([^<]*)<\/t)><\/si>/g);

/** What a workbook's sheets hold, read from their XML by name. */
export function readSheets(files: Files): Map<string, SheetRow[]> {
  const strings = sharedStrings(files);
  const names = all(files["xl/workbook.xml"] ?? "", /<sheet name="([^"]*)"/g);
  return new Map(
    names.map((name, at) => {
      const xml = files[`xl/worksheets/sheet${at + 1}.xml`] ?? "";
      const rows: SheetRow[] = [];
      for (const [, nth, row = ""] of xml.matchAll(/<row r="(\d+)"[^>]*?(?:\/>|>(.*?)<\/row>)/gs)) {
        const values: SheetRow["values"] = [];
        for (const [, column = "", attributes = "", inner = ""] of row.matchAll(
          /<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs,
        )) {
          const [value] = all(inner, /<v>([^<]*)<\/v>/g);
          const place = [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
          values[place] =
            value === undefined
              ? null
              : attributes.includes('t="s"')
                ? strings[Number(value)]!
                : Number(value);
        }
        const formulas = all(row, /<f>([^<]*)<\/f>/g);
        rows[Number(nth) - 1] = { values: Array.from(values, (value) => value ?? null), formulas };
      }
      return [name, Array.from(rows, (row) => row ?? { values: [], formulas: [] })];
    }),
  );
}

/** The text of a PDF, page after page, without its spaces. */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  return squeeze(text);
}

/** The text of a deck, slide after slide, without its spaces. */
export const slideText = (slides: Files): string =>
  squeeze(
    Object.keys(slides)
      .filter((name) => name.startsWith("ppt/slides/"))
      .sort((one, other) => Number(/\d+/.exec(one)) - Number(/\d+/.exec(other)))
      .flatMap((name) => all(slides[name] ?? "", /<a:t>([^<]*)<\/a:t>/g))
      .join(""),
  );
