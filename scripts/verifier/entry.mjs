import { canonical } from "./canonical.mjs";
import { fault } from "./fault.mjs";

const FIELDS = [
  "action",
  "actor",
  "after",
  "at",
  "before",
  "dealId",
  "id",
  "request",
  "subjectId",
  "subjectKind",
];

/** An entry is canonical JSON of these fields and no other, in order of id. */
export function readEntry(line, id, before) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    fault(`the entry after ${before} is no JSON`);
  }
  const named = entry?.id ?? id;
  if (
    Object.keys(entry ?? {})
      .sort()
      .join() !== FIELDS.join()
  )
    fault(`entry ${named} has not the fields of an entry`);
  if (canonical(entry) !== line) fault(`entry ${named} is not written canonically`);
  if (!/^[1-9]\d*$/.test(entry.id) || BigInt(entry.id) <= before) fault(`entry ${named} is out of order`);
  return entry;
}
