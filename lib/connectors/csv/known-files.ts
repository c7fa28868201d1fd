import { COLUMNS, KINDS, type Kind } from "@/lib/interchange/kinds";
import { columnsOf, type FieldSource, type Mapping, parseMapping } from "@/lib/interchange/mapping";
import { headerOf } from "./reader";
import { isSepLine, readRecords } from "./splitter";
import { OPEN } from "./suggest";
import { type Shipped, type ShippedField, SYSTEMS } from "./systems";

/** The names of a file's columns; empty when nothing stands in it. */
export async function headerIn(file: AsyncIterable<Uint8Array | string>): Promise<string[]> {
  for await (const records of readRecords(file))
    for (const record of records) if (!isSepLine(record)) return headerOf(record);
  return [];
}

/** The kind whose format a header is in, with no mapping needed; null when it is foreign (imports.md). */
export function kindOfHeader(header: readonly string[]): Kind | null {
  const fits = KINDS.filter((kind) => {
    // An id and a name alone may be anybody's.
    if (kind === "accounts" && !header.includes("domains")) return false;
    const names = COLUMNS[kind].map(({ name }) => name);
    const needed = COLUMNS[kind].filter(({ required }) => required).map(({ name }) => name);
    return header.every((name) => names.includes(name)) && needed.every((name) => header.includes(name));
  });
  return fits.length === 1 ? (fits[0] as Kind) : null;
}

/**
 * How a file is read that one of the common systems wrote, known by its header; null for any other.
 *
 * @param currency the reporting one: of amounts in a file that names none
 */
export function shippedFor(
  header: readonly string[],
  currency: string,
): { name: string; mapping: Mapping } | null {
  let best: Shipped | null = null;
  for (const shipped of SYSTEMS)
    if (
      shipped.knownBy.every((name) => header.includes(name)) &&
      (best === null || shipped.knownBy.length > best.knownBy.length)
    )
      best = shipped;
  return best && { name: best.name, mapping: mappingOf(best, header, currency) };
}

function mappingOf(
  { kind, source, fields, leaveOut }: Shipped,
  header: readonly string[],
  currency: string,
): Mapping {
  const found: Record<string, FieldSource> = {};
  for (const [name, field] of Object.entries(fields)) {
    const said = sourceOf(field, header);
    if (said) found[name] = said;
    else if (name === "currency") found[name] = { constant: currency };
  }
  return parseMapping({
    ...OPEN,
    kind,
    source,
    leaveOut: leaveOut.filter(({ column }) => header.includes(column)),
    fields: found,
  });
}

function sourceOf(
  { columns, otherwise, else: further = [], ...told }: ShippedField,
  header: readonly string[],
): FieldSource | null {
  const [column, ...others] = [
    ...columns.filter((name) => header.includes(name)).slice(0, 1),
    ...further,
  ].filter((name) => header.includes(name));
  if (column === undefined) return otherwise === undefined ? null : { constant: otherwise };
  return { ...told, column, ...(others.length > 0 && { else: others }) } as FieldSource;
}

/** Every column that a mapping reads. */
export function readColumns({ fields, leaveOut }: Mapping): string[] {
  return [...Object.values(fields).flatMap(columnsOf), ...leaveOut.map(({ column }) => column)];
}
