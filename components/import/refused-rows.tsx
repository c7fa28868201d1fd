"use client";

import { Button } from "@/components/ui/button";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { RefusedRow } from "@/lib/interchange/kinds";
import { thousands } from "@/lib/text/numbers";
import { downloadRefused } from "./refused-csv";

const SHOWN = 50;

/** The reasons, most frequent first, with the first rows of each: what to fix, not only that something is wrong. */
export function RefusedRows({ fileName, rows }: { fileName: string; rows: readonly RefusedRow[] }) {
  const shown = rows.slice(0, SHOWN);
  return (
    <div className="mt-2 rounded-md border border-line bg-surface">
      <ScrollRegion label={`Refused rows of ${fileName}`} className="max-h-72">
        <table className="w-full border-collapse text-xs">
          <thead>
            <tr>
              {["Line", "Field", "Value", "Why it is refused"].map((name, at) => (
                <th
                  key={name}
                  scope="col"
                  className={`eyebrow sticky top-0 bg-surface px-3 py-1.5 font-medium ${at === 0 ? "text-right" : "text-left"}`}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one line may be refused for two fields
              <tr key={`${row.line} ${at}`} className="border-line border-t align-top">
                <td className="tabular px-3 py-1 text-right text-ink-3">{row.line}</td>
                <td className="whitespace-nowrap px-3 py-1 font-medium">{row.field || "whole row"}</td>
                <td className="max-w-56 break-words px-3 py-1">
                  {row.value || <span className="text-ink-3">empty</span>}
                </td>
                <td className="min-w-44 px-3 py-1 text-ink-2">{row.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t px-3 py-1.5 text-ink-3 text-xs">
        <span>
          {rows.length > SHOWN
            ? `The first ${SHOWN} of ${thousands(rows.length)}; all are in the file`
            : "Fix these lines and import the file again: what landed stays as it is"}
        </span>
        <Button size="small" icon="import" onPress={() => void downloadRefused(fileName, rows)}>
          Refused rows as CSV
        </Button>
      </div>
    </div>
  );
}
