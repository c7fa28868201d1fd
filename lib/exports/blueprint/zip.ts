import { strToU8, zipSync } from "fflate";

/** Of every file in it the time that says nothing; a zip knows none before 1980. */
const NO_TIME = new Date(1980, 0, 1);

/** Files of text as a zip: the same files are the same bytes. */
export function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  const zipped = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  return zipSync(Object.fromEntries(zipped), { mtime: NO_TIME, level: 6 });
}
