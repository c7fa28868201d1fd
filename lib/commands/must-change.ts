import { canonicalJson } from "@/lib/attribution/canonical";
import { refuse } from "@/lib/errors";

type Row = Readonly<Record<string, unknown>>;

/**
 * Refuses an edit that says only what stands already: it would be an entry of the log that changed nothing, and of a
 * claim it would make a word of whoever says it again. What an edit says is its `changes`, or else all of it.
 */
export function mustChange(input: unknown, stands: Row): void {
  const isInside = typeof input === "object" && input !== null && "changes" in input;
  const said = (isInside ? (input as { changes: Row }).changes : input) as Row;
  const isSaid = (name: string) => written(said[name]) === written(stands[name]);
  if (Object.keys(said).every(isSaid))
    refuse(isInside ? "changes" : "", said, "says what stands already: there is nothing to change");
}

/** Lists that an edit gives are of things, in no order. */
const written = (value: unknown) => canonicalJson(Array.isArray(value) ? value.toSorted() : (value ?? null));
