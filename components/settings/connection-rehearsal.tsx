"use client";

import { useTimeInWords } from "@/components/shared/use-me";
import { Panel } from "@/components/ui/panel";
import type { TriedRecord } from "@/lib/interchange/connection";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { AskButton, type ConnectionAnswer } from "./ask-connection";

/** What a sync would change, from the write that it makes, rolled back; and one real record as it is read. */
export function ConnectionRehearsal({ one }: { one: ConnectionAnswer }) {
  const timeInWords = useTimeInWords();
  const { rehearsed } = one;
  return (
    <Panel
      title="3. Dry run"
      aside={
        <AskButton one={one} ask="rehearse" because={one.may.rehearse}>
          Make a dry run
        </AskButton>
      }
    >
      {rehearsed ? (
        <>
          <p className="text-pretty text-ink-2">
            {timeInWords(rehearsed.at)}, {rehearsed.isAll ? "all deals" : "the deals that changed last"}:{" "}
            {count(rehearsed.created, "row")} would be new, {thousands(rehearsed.updated)} would change,{" "}
            {thousands(rehearsed.unchanged)} stay, {thousands(rehearsed.refused.length)} refused.
            {!one.isRehearsed && " The words have changed since: make another one."}
          </p>
          {rehearsed.refused.length > 0 && (
            <ul className="mt-2 list-disc pl-5 text-sm">
              {rehearsed.refused.slice(0, 10).map(({ key, field, value, reason }) => (
                <li key={`${key} ${field}`} className="break-words">
                  {key}: {field} “{value}” {reason}
                </li>
              ))}
            </ul>
          )}
          {rehearsed.tried && <Tried tried={rehearsed.tried} />}
        </>
      ) : (
        <p className="text-pretty text-ink-2">Nothing is written by it: it shows what a sync would change.</p>
      )}
    </Panel>
  );
}

function Tried({ tried: { key, there, rows } }: { tried: TriedRecord }) {
  return (
    <details className="mt-3">
      <summary className="cursor-pointer font-medium">
        One record, {key}: as it is there and as it is read here
      </summary>
      <div className="mt-2 grid gap-6 sm:grid-cols-2">
        <Fields title="There" values={there} />
        <div className="flex min-w-0 flex-col gap-4">
          {rows.map(({ kind, values }, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one record have no order of their own
            <Fields key={nth} title={kind.replace("_", " ")} values={values} />
          ))}
        </div>
      </div>
    </details>
  );
}

function Fields({ title, values }: { title: string; values: Readonly<Record<string, string>> }) {
  return (
    <div className="min-w-0">
      <h3 className="font-medium text-ink-2 text-xs">{title}</h3>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-sm">
        {Object.entries(values).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="min-w-0 break-words">{value || "—"}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
