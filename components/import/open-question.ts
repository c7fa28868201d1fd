import type { Formats } from "@/lib/connectors/csv/find-formats";
import { COLUMNS } from "@/lib/interchange/kinds";
import { columnsOf, type Mapping } from "@/lib/interchange/mapping";
import { fieldLabel } from "./queue";

/** What must be said before the file can be read, or null: a cell with two readings is never guessed (imports.md). */
export function openQuestion(mapping: Mapping, { dates, numbers }: Formats): string | null {
  for (const { name, type } of COLUMNS[mapping.kind]) {
    const source = mapping.fields[name];
    if (!source || !("column" in source)) continue;
    if (type === "day" && !source.format && !mapping.dates)
      for (const column of columnsOf(source)) {
        const found = dates.get(column);
        if (found?.at === "ambiguous" || found?.at === "mixed")
          return `${fieldLabel(name)}: say how the days in ${column} are written.`;
      }
    if ((type === "money" || type === "number") && !mapping.numbers && numbers.at === "ambiguous")
      return `${fieldLabel(name)}: say how the numbers in ${source.column} are written.`;
  }
  return null;
}
