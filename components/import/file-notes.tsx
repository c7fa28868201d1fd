"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import type { Kind } from "@/lib/interchange/kinds";
import { thousands } from "@/lib/text/numbers";
import type { QueuedFile } from "./queue";

/** Of which kinds a file can stand for what is stored, and what it says when it does. */
const REPLACES: Partial<Record<Kind, string>> = {
  stage_history: "It holds the whole history of its deals: entries that it does not hold go",
  roles: "It holds every role row of its deals: a row under a new id takes the old one's place",
};
const SHOWN = 4;

/** What was found in a file and refuses nothing: how its columns are written, what was no row, what would go. */
export function FileNotes({
  file: { kind, replaces, state },
  isBusy,
  onReplaces,
}: {
  file: QueuedFile;
  isBusy: boolean;
  onReplaces(replaces: boolean): void;
}) {
  const [showsAll, setShowsAll] = useState(false);
  const notes =
    state.at === "checked" ? state.preview.notes : state.at === "landed" ? state.report.notes : [];
  const says = kind && REPLACES[kind];
  const canReplace = says && (state.at === "checked" || state.at === "checking" || state.at === "ready");
  if (notes.length === 0 && !canReplace) return null;
  return (
    <div className="mt-1.5 flex flex-col gap-1 text-ink-2 text-xs sm:ml-6.5">
      {canReplace && (
        <Checkbox isSelected={replaces} isDisabled={isBusy} onChange={onReplaces}>
          <span className="text-ink-2">{says}</span>
        </Checkbox>
      )}
      {notes.length > 0 && (
        <ul className="flex flex-col gap-0.5">
          {(showsAll ? notes : notes.slice(0, SHOWN)).map((note) => (
            <li key={note} className="break-words">
              {note}
            </li>
          ))}
        </ul>
      )}
      {notes.length > SHOWN && !showsAll && (
        <Button size="small" look="quiet" className="self-start" onPress={() => setShowsAll(true)}>
          {thousands(notes.length - SHOWN)} more
        </Button>
      )}
    </div>
  );
}
