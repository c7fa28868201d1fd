"use client";

import { useEffect, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { TextField } from "@/components/ui/field";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { RefusedRow } from "@/lib/interchange/kinds";
import { thousands } from "@/lib/text/numbers";
import { capital, count, list } from "@/lib/text/words";
import { cellsOf, cellsOfField } from "./fixes";
import { type Fix, fieldLabel, type QueuedFile } from "./queue";
import { downloadRefused } from "./refused-csv";

const SHOWN = 50;

/** A line of the file that was refused, once, with everything that is wrong with it. */
interface RefusedLine {
  line: number;
  faults: { row: RefusedRow; cells: number[] }[];
}

/** Each refused row in the cells of its file, the reason at the cell; what is written anew is tried again alone. */
export function RefusedRows({
  file,
  rows,
  onTryAgain,
}: {
  file: QueuedFile;
  rows: readonly RefusedRow[];
  onTryAgain(fixes: readonly Fix[]): Promise<void>;
}) {
  const lines = useMemo(() => linesOf(file, rows), [file, rows]);
  const stored = useCells(file, lines);
  const [typed, setTyped] = useState<ReadonlyMap<number, readonly string[]>>(new Map());
  const [isTrying, setTrying] = useState(false);
  const fixes = [...typed].map(([line, cells]) => ({ line, cells })).sort((a, b) => a.line - b.line);
  const type = (line: number, at: number, text: string) => {
    const cells = [...(typed.get(line) ?? stored?.get(line) ?? [])];
    cells[at] = text;
    setTyped(new Map(typed).set(line, cells));
  };
  const tryAgain = async () => {
    setTrying(true);
    await onTryAgain(fixes);
    setTyped(new Map());
    setTrying(false);
  };
  const columns = columnsOf(file.survey?.header ?? [], lines);
  return (
    <div className="mt-2 rounded-md border border-line bg-surface text-xs">
      <ScrollRegion label={`Refused rows of ${file.file.name}`} className="max-h-96">
        <table className="w-full border-collapse">
          <Head columns={columns} />
          <tbody>
            {lines.slice(0, SHOWN).map((one) => (
              <Line
                key={one.line}
                {...one}
                columns={columns}
                cells={typed.get(one.line) ?? stored?.get(one.line) ?? null}
                onType={(at, text) => type(one.line, at, text)}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t px-3 py-1.5 text-ink-3">
        <span>{inSum(lines.length, fixes.length)}</span>
        <span className="flex flex-wrap gap-1.5">
          <Button size="small" icon="import" onPress={() => void downloadRefused(file.file.name, rows)}>
            Refused rows as CSV
          </Button>
          <Button
            size="small"
            look="primary"
            isDisabled={fixes.length === 0}
            isPending={isTrying}
            onPress={() => void tryAgain()}
          >
            Try again
          </Button>
        </span>
      </div>
    </div>
  );
}

/** A column of the file: its name, and where it stands in a row. */
interface Column {
  name: string;
  at: number;
}

/** The columns with something at fault first, so that it is seen; each side in the order of the file. */
function columnsOf(header: readonly string[], lines: readonly RefusedLine[]): Column[] {
  const bad = new Set(lines.flatMap(({ faults }) => faults.flatMap(({ cells }) => cells)));
  const columns = header.map((name, at) => ({ name, at }));
  return [...columns.filter(({ at }) => bad.has(at)), ...columns.filter(({ at }) => !bad.has(at))];
}

function Head({ columns }: { columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {["Line", "Refused for", ...columns.map(({ name }) => name)].map((name, at) => (
          <th
            // biome-ignore lint/suspicious/noArrayIndexKey: a header may hold a name twice
            key={`${name} ${at}`}
            scope="col"
            className={classNames(
              "eyebrow sticky top-0 z-1 bg-surface px-2 py-1.5 font-medium",
              at === 0 ? "text-right" : "whitespace-nowrap text-left",
            )}
          >
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function inSum(lines: number, fixed: number): string {
  if (fixed > 0) return `${count(fixed, "row")} written anew; the others stay as they are`;
  if (lines > SHOWN) return `The first ${SHOWN} of ${thousands(lines)}; all are in the file of refused rows`;
  return "Correct a row in its cells and try it again, or fix the file: what landed stays as it is";
}

function linesOf(file: QueuedFile, rows: readonly RefusedRow[]): RefusedLine[] {
  const lines = new Map<number, RefusedLine>();
  for (const row of rows) {
    const one = lines.get(row.line) ?? { line: row.line, faults: [] };
    one.faults.push({ row, cells: cellsOfField(file, row.field) });
    lines.set(row.line, one);
  }
  return [...lines.values()];
}

/** The cells of the lines that are shown, as the file has them or as they were written anew; null while it is read. */
function useCells(file: QueuedFile, lines: readonly RefusedLine[]) {
  const [cells, setCells] = useState<ReadonlyMap<number, readonly string[]> | null>(null);
  useEffect(() => {
    let isStale = false;
    const shown = new Set(lines.slice(0, SHOWN).map(({ line }) => line));
    cellsOf(file, shown).then((found) => {
      const anew = file.fixes.filter(({ line }) => shown.has(line));
      if (!isStale) setCells(new Map([...found, ...anew.map(({ line, cells }) => [line, cells] as const)]));
    });
    return () => {
      isStale = true;
    };
  }, [file, lines]);
  return cells;
}

/** What the cells themselves do not say: which are at fault, or what is wrong with the row as a whole. */
function saidBeside({ row: { field, reason }, cells }: RefusedLine["faults"][number]): string {
  if (cells.length > 0) return fieldLabel(field);
  return field ? `${fieldLabel(field)}: ${reason}` : reason;
}

function Line({
  line,
  faults,
  columns,
  cells,
  onType,
}: RefusedLine & {
  columns: readonly Column[];
  /** Null where the line has no such cells, or they are not read yet. */
  cells: readonly string[] | null;
  onType(at: number, text: string): void;
}) {
  return (
    <tr className="border-line border-t align-top">
      <td className="tabular px-2 py-2 text-right text-ink-3">{line}</td>
      <td className="min-w-32 max-w-72 px-2 py-2 text-danger">{list(faults.map(saidBeside))}</td>
      {cells &&
        columns.map(({ name, at }) => {
          const fault = faults.find(({ cells: places }) => places.includes(at));
          return (
            <td key={at} className="px-1 py-1">
              <TextField
                label={`${name}, line ${line}`}
                labelHidden
                className={fault ? "min-w-52" : "min-w-28"}
                inputClassName="text-xs"
                problem={fault && capital(fault.row.reason)}
                value={cells[at] ?? ""}
                onChange={(text) => onType(at, text)}
              />
            </td>
          );
        })}
      {!cells && (
        <td colSpan={columns.length} className="px-2 py-2 text-ink-3">
          {faults[0]?.row.value || "empty"}
        </td>
      )}
    </tr>
  );
}
