"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { aboutWords, actionWords } from "@/components/shared/audit-words";
import { type Difference, differences } from "@/components/shared/differences";
import { useZone } from "@/components/shared/use-me";
import { classNames } from "@/components/ui/class-names";
import { ErrorState } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { SkeletonRows } from "@/components/ui/skeleton";
import { timeInWords } from "@/components/ui/time";
import { api, type Inputs, type Outputs } from "@/lib/api/client";
import { thousands } from "@/lib/text/numbers";
import { capital, codeWords, count } from "@/lib/text/words";
import { TakeProof } from "./take-proof";

type Entry = Outputs["auditLog"]["entries"][number];

/** What the list is narrowed to; what a request wrote is narrowed likewise. */
type Filter = Pick<Inputs["auditLog"], "dealId" | "actor" | "action">;

interface Day {
  day: string;
  /** The newest entry of each request: an import's thousand rows are one thing somebody did. */
  deeds: Entry[];
}

/** Entries by the day they were written on, in the company's time zone. */
export function daysOf(entries: readonly Entry[], zone: string): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const day = timeInWords(entry.at, zone).split(",")[0] ?? "";
    const newest = days.at(-1);
    if (newest?.day === day) newest.deeds.push(entry);
    else days.push({ day, deeds: [entry] });
  }
  return days;
}

interface Shown {
  filter: Filter;
  /** Whether its reader may take an entry's proof along. */
  proves: boolean;
}

export function AuditDay({ day: { day, deeds }, ...shown }: Shown & { day: Day }) {
  return (
    <section aria-label={day}>
      <h2 className="eyebrow border-line border-b pb-1">{day}</h2>
      <ol>
        {deeds.map((entry) => (
          <DeedRow key={entry.id} entry={entry} {...shown} />
        ))}
      </ol>
    </section>
  );
}

const SHOWN = 20;

function DeedRow({ entry, ...shown }: Shown & { entry: Entry }) {
  const { filter, proves } = shown;
  const [isOpen, setOpen] = useState(false);
  const zone = useZone();
  const wrote = entry.wrote ?? 1;
  const changed = wrote === 1 ? differences(entry.before, entry.after, zone) : [];
  const isImport = entry.action === "import-batch";
  const about = wrote === 1 && !filter.dealId && !isImport ? aboutWords(entry) : null;
  return (
    <li className="border-line border-b">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="grid w-full grid-cols-[3rem_minmax(0,1fr)_1rem] items-baseline gap-x-3 py-1.5 text-left hover:bg-hover"
      >
        <time dateTime={entry.at} className="tabular text-ink-3 text-xs">
          {timeInWords(entry.at, zone).split(", ")[1]}
        </time>
        <span className="min-w-0">
          <span className="font-medium">{entry.actorName ?? actorWords(entry.actor)}</span>{" "}
          {entry.keyName && <span className="text-ink-2">by key {entry.keyName} </span>}
          {actionWords(entry.action)}
          {isImport && importWords(entry, wrote)}
          {about && <span className="tabular"> · {about}</span>}
          {!isImport && wrote > 1 && (
            <span className="text-ink-3"> · {count(wrote, "entry", "entries")}</span>
          )}
          {changed.length > 0 && <Summary changed={changed} isNew={entry.before === null} />}
        </span>
        <Icon
          name="chevronDown"
          className={classNames("size-3 self-center text-ink-3 transition-transform", isOpen && "rotate-180")}
        />
      </button>
      {isOpen && (
        <div className="flex flex-col gap-3 pt-1 pb-3 pl-3 sm:pl-15">
          {wrote === 1 ? (
            <EntryDetail entry={entry} proves={proves} />
          ) : (
            <Entries head={entry} wrote={wrote} {...shown} />
          )}
          <p className="break-all text-2xs text-ink-3">Request {entry.request}</p>
        </div>
      )}
    </li>
  );
}

/** All that one request wrote, as far as people read. */
function Entries({ head, wrote, filter, proves }: Shown & { head: Entry; wrote: number }) {
  const input = { ...filter, request: head.request, before: head.id + 1, limit: SHOWN };
  const answer = useQuery(api.auditLog.queryOptions({ input }));
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={Math.min(wrote, 3)} label="Loading what it wrote" />;
  return (
    <>
      {answer.data.entries.map((each) => (
        <EntryDetail key={each.id} entry={each} proves={proves} />
      ))}
      {wrote > SHOWN && (
        <p className="text-ink-3 text-xs">and {thousands(wrote - SHOWN)} more of the same request</p>
      )}
    </>
  );
}

/** A batch of a file ends with an entry about the file. */
function importWords({ subjectKind, after }: Entry, wrote: number): string {
  if (subjectKind !== "import") return ` ${count(wrote, `${codeWords(subjectKind)} row`)}`;
  const { fileName } = after as { fileName: string };
  return ` ${count(wrote - 1, "row")} of ${fileName}`;
}

const ACTORS: Readonly<Record<string, string>> = {
  "command-line": "Command line",
  "system:house": "Countersign",
  "system:demo": "The demo story",
  "system:model-reader": "The model that reads",
  stranger: "Somebody not signed in",
};
const actorWords = (actor: string) => ACTORS[actor] ?? actor;

/** The first differences in one line, so that most questions need no click. */
function Summary({ changed, isNew }: { changed: readonly Difference[]; isNew: boolean }) {
  const shown = changed.slice(0, 3);
  return (
    <span className="block truncate text-ink-3 text-xs">
      {shown
        .map(({ field, before, after }) =>
          isNew
            ? `${field.toLowerCase()} ${after}`
            : `${field.toLowerCase()} ${before ?? "—"} → ${after ?? "—"}`,
        )
        .join(" · ")}
      {changed.length > shown.length && ` · ${changed.length - shown.length} more`}
    </span>
  );
}

function EntryDetail({ entry, proves }: { entry: Entry; proves: boolean }) {
  const zone = useZone();
  const changed = differences(entry.before, entry.after, zone);
  return (
    <div>
      <p className="text-xs">
        <span>{capital(codeWords(entry.subjectKind))}</span>{" "}
        {entry.subjectKind !== "deal" && (
          <>
            <span className="tabular font-medium">{entry.subjectId}</span>
            {entry.dealId && " on "}
          </>
        )}
        {entry.dealId && (
          <Link
            href={`/deals/${encodeURIComponent(entry.dealId)}`}
            className="tabular font-medium text-accent underline underline-offset-2"
          >
            {entry.dealId}
          </Link>
        )}
        {entry.after === null && <span className="text-ink-3"> · gone afterwards</span>}
        {proves && <TakeProof id={entry.id} />}
      </p>
      {changed.length === 0 ? (
        <p className="text-ink-3 text-xs">No field differs.</p>
      ) : (
        <table className="mt-1 w-full max-w-2xl table-fixed border-collapse text-xs">
          <thead>
            <tr>
              {["Field", "Before", "After"].map((name) => (
                <th key={name} scope="col" className="eyebrow pb-0.5 text-left font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {changed.map(({ field, before, after }) => (
              <tr key={field} className="border-line border-t align-top">
                <th scope="row" className="py-0.5 pr-3 text-left font-normal text-ink-2">
                  {field}
                </th>
                <td className="break-words py-0.5 pr-3 text-ink-3">
                  {before === null ? "—" : <del className="decoration-ink-3/50">{before}</del>}
                </td>
                <td className="break-words py-0.5 font-medium">{after ?? "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
