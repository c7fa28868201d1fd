import { columnsOf } from "@/lib/interchange/mapping";
import type { Fix, QueuedFile } from "./queue";
import { answerOf } from "./reading";

/** The cells of some lines of a file, as it has them; a line that cannot be cut into its header's cells is not among them. */
export async function cellsOf(
  { file, survey }: QueuedFile,
  lines: ReadonlySet<number>,
): Promise<Map<number, string[]>> {
  if (!survey || lines.size === 0) return new Map();
  const { delimiter, header } = survey;
  return answerOf("cells", { file, delimiter, columns: header.length, lines });
}

/** In which cells of its row a field of ours stands; of the whole row, none. */
export function cellsOfField({ survey, mapping }: QueuedFile, field: string): number[] {
  const columns = mapping ? columnsOf(mapping.fields[field]) : [field];
  return columns.map((name) => survey?.header.indexOf(name) ?? -1).filter((at) => at >= 0);
}

/**
 * Rows that were refused and written anew, as a file of their own: whoever accepts the first one by its digest has
 * not seen them. How its columns are written is what the first one says; its lines are that one's.
 */
export function fixedFile(file: QueuedFile, fixes: readonly Fix[]): QueuedFile {
  const { delimiter = ",", header = [] } = file.survey ?? {};
  const write = (cells: readonly string[]) =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter);
  const lines = new Map<number, number>();
  let at = 2;
  for (const { line, cells } of fixes) {
    lines.set(at, line);
    at += cells.join("").split(/\r\n|\r|\n/).length;
  }
  const text = [header, ...fixes.map(({ cells }) => cells)].map(write).join("\n");
  const name = file.file.name.replace(/(\.[^.]+)?$/, " (fixed rows)$1");
  return {
    ...file,
    file: new File([`${text}\n`], name, { type: "text/csv" }),
    replaces: false,
    fixes: [],
    fixed: { of: file.file, lines },
  };
}
