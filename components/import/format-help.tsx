import { ScrollRegion } from "@/components/ui/scroll-region";
import { COLUMNS, KINDS } from "@/lib/interchange/kinds";
import { KIND_LABELS } from "./queue";

/** The interchange format, for whoever prepares the files (imports.md). */
export function FormatHelp() {
  return (
    <details className="group">
      <summary className="cursor-default rounded-sm py-1 text-ink-2 hover:text-ink">
        What a file must look like to need no mapping
      </summary>
      <ScrollRegion label="The format" className="mt-2">
        <table className="w-full min-w-120 border-collapse text-xs">
          <thead>
            <tr>
              <th scope="col" className="eyebrow py-1 text-left font-medium">
                File
              </th>
              <th scope="col" className="eyebrow py-1 pl-4 text-left font-medium">
                Columns, needed ones in bold
              </th>
            </tr>
          </thead>
          <tbody>
            {KINDS.map((kind) => (
              <tr key={kind} className="border-line border-t align-top">
                <th scope="row" className="whitespace-nowrap py-1.5 text-left font-medium">
                  {KIND_LABELS[kind]} <span className="font-normal text-ink-3">{kind}.csv</span>
                </th>
                <td className="py-1.5 pl-4 text-ink-2">
                  {COLUMNS[kind].map(({ name, required }, at) => (
                    <span key={name}>
                      {at > 0 && ", "}
                      <span className={required ? "font-medium text-ink" : undefined}>{name}</span>
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="mt-2 text-ink-3 text-xs">
          UTF-8 with a header; days as 2026-03-31; amounts in major units with a point, 1054.00. The id is the
          sender's own: the same row again changes nothing, a changed one updates.
        </p>
      </ScrollRegion>
    </details>
  );
}
