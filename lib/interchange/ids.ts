import { refuse } from "@/lib/errors";

/** Ids as other systems hand them over. Source: imports.md, "Ids". */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * The one form of an id. Salesforce gives 15 characters in a report and 18 through its API, the last three of which
 * say which of the others are capitals: where they do, the id is the first 15. Any other stands as it is.
 */
export function oneId(id: string): string {
  if (!/^[A-Za-z0-9]{18}$/.test(id)) return id;
  return id.slice(15).toUpperCase() === capitalsOf(id) ? id.slice(0, 15) : id;
}

/** Every form in which an id may be written, its one form first. */
export function formsOf(id: string): string[] {
  return /^[A-Za-z0-9]{15}$/.test(id) ? [id, id + capitalsOf(id)] : [id];
}

/** Which of the first 15 characters are capitals, five to a letter. */
function capitalsOf(id: string): string {
  let check = "";
  for (let group = 0; group < 3; group++) {
    let bits = 0;
    for (let at = 0; at < 5; at++) if (/[A-Z]/.test(id[group * 5 + at] as string)) bits |= 1 << at;
    check += LETTERS[bits];
  }
  return check;
}

/** Refuses an id that a spreadsheet has turned into a number: many ids become one there. */
export function mustBeWhole(field: string, id: string): void {
  if (/^\d+(?:[.,]\d+)?E\+\d+$/i.test(id))
    refuse(field, id, "a spreadsheet has turned this id into a number; export it again, as text");
}
