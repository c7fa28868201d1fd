"use client";

import { useState } from "react";
import { differences } from "@/components/shared/differences";
import { useZone } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { thousands } from "@/lib/text/numbers";
import { capital, codeWords, count } from "@/lib/text/words";
import { type Change, type Changes, NEW } from "./queue";

const A_PAGE = 25;

/** What a file would do, field by field: how many rows each field changes in, and each row as it is and as it would be. */
export function ChangedRows({ fileName, changes }: { fileName: string; changes: Changes }) {
  const [field, setField] = useState<string | null>(null);
  const [page, setPage] = useState(0);
  const rows = field === null ? changes.rows : changes.rows.filter((row) => concerns(row, field));
  const from = page * A_PAGE;
  const pick = (next: string | null) => {
    setField(next);
    setPage(0);
  };
  return (
    <div className="mt-2 rounded-md border border-line bg-surface text-xs">
      <div className="flex flex-wrap items-center gap-1.5 border-line border-b px-3 py-2">
        <Pick isPicked={field === null} onPick={() => pick(null)} name="All" rows={changes.all} />
        {[...changes.fields].map(([name, rows]) => (
          <Pick
            key={name}
            isPicked={field === name}
            onPick={() => pick(field === name ? null : name)}
            name={name === NEW ? "New rows" : capital(codeWords(name))}
            rows={rows}
          />
        ))}
      </div>
      <ScrollRegion label={`What ${fileName} would change`} className="max-h-96">
        <table className="w-full border-collapse">
          <thead>
            <tr>
              {["Line", "Row", "Field", "Now", "Would be"].map((name, at) => (
                <th
                  key={name}
                  scope="col"
                  className={classNames(
                    "eyebrow sticky top-0 bg-surface px-3 py-1.5 font-medium",
                    at === 0 ? "text-right" : "text-left",
                  )}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(from, from + A_PAGE).map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line may change a deal and its history
              <Changed key={`${row.line} ${at}`} row={row} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <Pages
        {...{ page, onPage: setPage, rows: rows.length }}
        more={field === null ? changes.all - changes.rows.length : 0}
      />
    </div>
  );
}

const concerns = ({ before, after }: Change, field: string) =>
  field === NEW ? before === null : before !== null && before[field] !== after[field];

function Pick({
  name,
  rows,
  isPicked,
  onPick,
}: {
  name: string;
  rows: number;
  isPicked: boolean;
  onPick(): void;
}) {
  return (
    <Button size="small" look={isPicked ? "primary" : "plain"} aria-pressed={isPicked} onPress={onPick}>
      {name} <span className="tabular">{thousands(rows)}</span>
    </Button>
  );
}

/** One row, a line a field; its number and name stand once. */
function Changed({ row: { line, id, before, after } }: { row: Change }) {
  const zone = useZone();
  return differences(before, after, zone).map(({ field, before: was, after: is }, at) => (
    <tr key={field} className={classNames("align-top", at === 0 && "border-line border-t")}>
      <td className="tabular px-3 py-0.5 text-right text-ink-3">{at === 0 ? line : null}</td>
      <td className="max-w-40 truncate px-3 py-0.5 font-medium">
        {at === 0 && (
          <>
            {id}
            {before === null && <span className="ml-1.5 font-normal text-accent">new</span>}
          </>
        )}
      </td>
      <td className="whitespace-nowrap px-3 py-0.5 text-ink-2">{field}</td>
      <td className="max-w-56 break-words px-3 py-0.5 text-ink-3">{was ?? "—"}</td>
      <td className="max-w-56 break-words px-3 py-0.5">{is ?? "—"}</td>
    </tr>
  ));
}

function Pages({
  page,
  rows,
  more,
  onPage,
}: {
  page: number;
  rows: number;
  /** Rows that are counted and not kept. */
  more: number;
  onPage(page: number): void;
}) {
  const from = page * A_PAGE;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t px-3 py-1.5 text-ink-3">
      <span aria-live="polite">
        {thousands(Math.min(from + 1, rows))} to {thousands(Math.min(from + A_PAGE, rows))} of{" "}
        {count(rows, "row")}
        {more > 0 && `; ${thousands(more)} more are counted above and not listed`}
      </span>
      {rows > A_PAGE && (
        <span className="flex gap-1.5">
          <Button size="small" isDisabled={page === 0} onPress={() => onPage(page - 1)}>
            Earlier rows
          </Button>
          <Button size="small" isDisabled={from + A_PAGE >= rows} onPress={() => onPage(page + 1)}>
            Later rows
          </Button>
        </span>
      )}
    </div>
  );
}
