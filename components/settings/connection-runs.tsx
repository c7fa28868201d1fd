"use client";

import { useTimeInWords } from "@/components/shared/use-me";
import { Panel } from "@/components/ui/panel";
import { thousands } from "@/lib/text/numbers";
import { AskButton, type ConnectionAnswer } from "./ask-connection";

const COUNTS = ["read", "created", "updated", "unchanged", "removed", "refused", "written"] as const;

/** How its syncs went: those that had something to do. */
export function ConnectionRuns({ one }: { one: ConnectionAnswer }) {
  const timeInWords = useTimeInWords();
  return (
    <Panel
      title="Syncs"
      aside={
        <>
          <AskButton one={one} ask="replay" because={one.may.sync}>
            Read again from the beginning
          </AskButton>
          <AskButton one={one} ask="sync" because={one.may.sync}>
            Sync now
          </AskButton>
        </>
      }
    >
      {one.runs.length === 0 ? (
        <p className="text-ink-2">None yet. A sync that finds nothing new leaves no line here.</p>
      ) : (
        <ul className="divide-y divide-line">
          {one.runs.map((run) => (
            <li key={run.id} className="py-2">
              <p className="tabular">
                {timeInWords(run.startedAt)}
                {run.endedAt === null && ", under way"}:{" "}
                {COUNTS.filter((name) => run[name] > 0)
                  .map((name) => `${thousands(run[name])} ${name}`)
                  .join(", ") || "nothing yet"}
              </p>
              {run.missed && <p className="break-words text-warn text-xs">{run.missed}.</p>}
              {run.problem && <p className="break-words text-danger text-xs">{run.problem}</p>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
