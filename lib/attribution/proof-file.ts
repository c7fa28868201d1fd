/** Files that are kept as proof (domain.md §1 proof): which, how large, and what they are by their bytes. */

/** Most bytes of one. */
export const LARGEST_FILE = 5_000_000;

const OFFICE = "application/vnd.openxmlformats-officedocument.";

/** The types that are kept, by what a name ends in; nothing that a browser would run. */
const TYPES: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  docx: `${OFFICE}wordprocessingml.document`,
  xlsx: `${OFFICE}spreadsheetml.sheet`,
  pptx: `${OFFICE}presentationml.presentation`,
  txt: "text/plain",
  csv: "text/plain",
  eml: "text/plain",
  ics: "text/plain",
  md: "text/plain",
};

/** What a field for files takes, `.pdf,.png,…`. */
export const ACCEPTED_FILES = Object.keys(TYPES)
  .map((ending) => `.${ending}`)
  .join(",");

const endingOf = (name: string) => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";

/** Bytes that a type begins with; of text, that it is text. */
const BEGINS: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  "application/pdf": (bytes) => starts(bytes, "%PDF-"),
  "image/png": (bytes) => starts(bytes, "\x89PNG\r\n\x1a\n"),
  "image/jpeg": (bytes) => starts(bytes, "\xff\xd8\xff"),
  "image/webp": (bytes) => starts(bytes, "RIFF") && starts(bytes.subarray(8), "WEBP"),
  "text/plain": isText,
};

const starts = (bytes: Uint8Array, with_: string) =>
  [...with_].every((character, at) => bytes[at] === character.charCodeAt(0));

/** UTF-8 without a NUL. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Of which type a file is; or why it is not kept.
 *
 * @param name with its ending
 */
export function fileType(name: string, bytes: Uint8Array): { type: string } | { problem: string } {
  const ending = endingOf(name);
  const type = Object.hasOwn(TYPES, ending) ? TYPES[ending]! : null;
  if (type === null)
    return { problem: `is none of the files that are kept: ${Object.keys(TYPES).join(", ")}` };
  if (bytes.length === 0) return { problem: "is empty" };
  if (bytes.length > LARGEST_FILE)
    return { problem: `is larger than ${LARGEST_FILE / 1_000_000} MB; give a link to it` };
  const begins = BEGINS[type] ?? ((zip: Uint8Array) => starts(zip, "PK\x03\x04"));
  return begins(bytes) ? { type } : { problem: `is no ${ending.toUpperCase()}, whatever its name says` };
}
