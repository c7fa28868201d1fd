"use client";

import { useQuery } from "@tanstack/react-query";
import { useZone } from "@/components/shared/use-me";
import { classNames } from "@/components/ui/class-names";
import { DayText } from "@/components/ui/day";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SkeletonRows } from "@/components/ui/skeleton";
import { timeInWords } from "@/components/ui/time";
import { api, type Outputs } from "@/lib/api/client";
import { SOURCE_LABELS } from "@/lib/attribution/words";
import type { Kind } from "@/lib/interchange/kinds";
import { placeOf } from "@/lib/text/days";
import { thousands } from "@/lib/text/numbers";
import { AcceptFile } from "./accept-file";
import { KIND_LABELS } from "./queue";
import { TakeBackFile } from "./take-back-file";

type Import = Outputs["importsList"]["imports"][number];

/** Whose facts have a grade (domain.md §1). */
const GRADED = ["registrations", "roles", "activities"];

const NUMBERS = ["read", "created", "updated", "unchanged", "refused"] as const;

/** What files landed, newest first. */
export function ImportHistory() {
  const answer = useQuery(api.importsList.queryOptions({ input: {} }));
  const imports = answer.data?.imports;
  return (
    <Panel title="Landed files">
      {answer.error ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : !imports ? (
        <SkeletonRows rows={3} label="Loading landed files" />
      ) : imports.length === 0 ? (
        <p className="py-3 text-ink-2">
          No file has landed yet. Each one will be listed here with what became of its rows, and in the audit
          log row by row.
        </p>
      ) : (
        <Landed imports={imports} />
      )}
    </Panel>
  );
}

const toneOf = (name: (typeof NUMBERS)[number], value: number) => {
  if (value === 0) return "text-ink-3";
  if (name === "refused") return "font-medium text-danger";
  return name === "read" && "text-ink-2";
};

function Landed({ imports }: { imports: readonly Import[] }) {
  const zone = useZone();
  return (
    <ScrollRegion label="Table of landed files">
      <table className="w-full min-w-160 border-collapse">
        <thead>
          <tr>
            <th scope="col" className="eyebrow py-1.5 text-left font-medium">
              File
            </th>
            <th scope="col" className="eyebrow py-1.5 pl-4 text-left font-medium">
              Holds
            </th>
            {NUMBERS.map((name) => (
              <th key={name} scope="col" className="eyebrow py-1.5 pl-4 text-right font-medium capitalize">
                {name}
              </th>
            ))}
            <th scope="col" className="eyebrow py-1.5 pl-6 text-right font-medium">
              When, in {placeOf(zone)}
            </th>
            <th scope="col" className="eyebrow py-1.5 pl-6 text-left font-medium">
              Second person
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {imports.map((one) => (
            <tr key={one.id} className="border-line border-t">
              <td className="max-w-64 py-1.5">
                <span className="block truncate font-medium">{one.fileName}</span>
                <span className="block truncate text-ink-3 text-xs">
                  {one.importedBy ?? "Command line"}
                  {one.source && ` · ${SOURCE_LABELS[one.source]}`}
                  {one.finishedAt === null && ", not landed to its end"}
                </span>
              </td>
              <td className="py-1.5 pl-4 text-ink-2">{KIND_LABELS[one.kind as Kind] ?? one.kind}</td>
              {NUMBERS.map((name) => (
                <td
                  key={name}
                  className={classNames("tabular py-1.5 pl-4 text-right", toneOf(name, one[name]))}
                >
                  {thousands(one[name])}
                </td>
              ))}
              <td className="tabular whitespace-nowrap py-1.5 pl-6 text-right text-ink-2">
                <time dateTime={one.at}>{timeInWords(one.at, zone)}</time>
              </td>
              <td className="whitespace-nowrap py-1 pl-6 text-ink-2">
                <SecondPerson file={one} />
              </td>
              <td className="py-1 pl-3 text-right">
                {one.may.takeBack === true && <TakeBackFile file={one} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Who stands behind its facts beside whoever brought it; nothing where it holds none that have a grade. */
function SecondPerson({ file }: { file: Import }) {
  if (file.takenBackAt !== null) return <TakenBack at={file.takenBackAt} by={file.takenBackBy} />;
  if (file.acceptedOn !== null)
    return (
      <>
        {file.acceptedBy}, <DayText day={file.acceptedOn} />
      </>
    );
  if (file.may.accept === true) return <AcceptFile file={file} />;
  const waits = GRADED.includes(file.kind) && file.sha256 !== null && file.finishedAt !== null;
  return <span className="text-ink-3">{waits ? "nobody yet: stated" : "—"}</span>;
}

function TakenBack({ at, by }: { at: string; by: string | null }) {
  const zone = useZone();
  return (
    <>
      Taken back by {by ?? "the command line"}, <time dateTime={at}>{timeInWords(at, zone)}</time>
    </>
  );
}
