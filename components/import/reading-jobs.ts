import { batchesOf } from "@/lib/connectors/csv/batches";
import { type Formats, findFormats } from "@/lib/connectors/csv/find-formats";
import { type Reading, readCsv } from "@/lib/connectors/csv/reader";
import { readRecords } from "@/lib/connectors/csv/splitter";
import type { Kind } from "@/lib/interchange/kinds";
import type { Delimiter, Mapping } from "@/lib/interchange/mapping";
import { piecesOf, type Survey, surveyFile } from "./survey";

/** A file as it is to be read, batch by batch. */
export interface ReadAsk {
  file: Blob;
  kind: Kind;
  mapping: Mapping | null;
  zone: string;
  replaces: boolean;
  /** Lines that were written anew, and are not read here. */
  anew: readonly number[];
  /** Of rows written anew: the file that says how they are written, and its lines by their own. */
  fixed?: { of: Blob; lines: ReadonlyMap<number, number> };
}

/** What is asked of a file, and what comes back: an answer, or one a batch. All of it can be handed to a worker. */
export interface Jobs {
  survey: { ask: { file: Blob }; answer: Survey };
  formats: { ask: { file: Blob; mapping: Mapping; zone: string }; answer: Formats };
  /** The cells of some lines; one that cannot be cut into the header's cells is not among them. */
  cells: {
    ask: { file: Blob; delimiter: Delimiter; columns: number; lines: ReadonlySet<number> };
    answer: Map<number, string[]>;
  };
  batches: { ask: ReadAsk; answer: Reading };
}
export type Job = keyof Jobs;

/** The work of reading, wherever it runs. */
export const JOBS: { [J in Job]: (ask: Jobs[J]["ask"]) => AsyncGenerator<Jobs[J]["answer"]> } = {
  async *survey({ file }) {
    yield await surveyFile(file);
  },
  async *formats({ file, mapping, zone }) {
    yield await findFormats(piecesOf(file), mapping, zone);
  },
  async *cells({ file, delimiter, columns, lines }) {
    const found = new Map<number, string[]>();
    for await (const records of readRecords(piecesOf(file), delimiter)) {
      for (const { line, cells, fault } of records) {
        if (!lines.has(line) || fault || cells.length > columns) continue;
        found.set(line, [...cells, ...Array<string>(columns - cells.length).fill("")]);
      }
      if (found.size === lines.size) break;
    }
    yield found;
  },
  async *batches({ file, kind, mapping, zone, replaces, anew, fixed }) {
    const formats = fixed && mapping ? await findFormats(piecesOf(fixed.of), mapping, zone) : undefined;
    const readings = readCsv(() => piecesOf(file), kind, mapping, zone, formats);
    const not = new Set(anew);
    for await (const read of batchesOf(readings, kind, replaces)) yield ofLines(read, not, fixed?.lines);
  },
};

/** What was read without the lines that were written anew; of those, by the lines of the file that they are of. */
function ofLines(read: Reading, anew: ReadonlySet<number>, lines?: ReadonlyMap<number, number>): Reading {
  const those = <R extends { line: number }>(rows: readonly R[]): R[] =>
    rows
      .filter(({ line }) => !anew.has(line))
      .map((row) => (lines ? { ...row, line: lines.get(row.line) ?? row.line } : row));
  return { ...read, rows: those(read.rows), refused: those(read.refused) };
}
