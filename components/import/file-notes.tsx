"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import { EVIDENCE_SOURCES } from "@/lib/attribution/vocabulary";
import { SOURCE_LABELS } from "@/lib/attribution/words";
import { FINANCE_KINDS, type Kind } from "@/lib/interchange/kinds";
import { thousands } from "@/lib/text/numbers";
import { type QueuedFile, sourceOf } from "./queue";
import type { Said } from "./use-queue";

/** Of which kinds a file can stand for what is stored, and what it says when it does. */
const REPLACES: Partial<Record<Kind, string>> = {
  stage_history: "It holds the whole history of its deals: entries that it does not hold go",
  roles: "It holds every role row of its deals: a row under a new id takes the old one's place",
};
const SHOWN = 4;

/** Still to be landed, and read. */
const OPEN: readonly QueuedFile["state"]["at"][] = ["ready", "checking", "checked"];

/** What is said of a file, and what was found in it and refuses nothing: how it is written, what was no row, what would go. */
export function FileNotes({
  file,
  isBusy,
  onSay,
}: {
  file: QueuedFile;
  isBusy: boolean;
  onSay(said: Said): void;
}) {
  const { kind, state } = file;
  const notes =
    state.at === "checked" ? state.preview.notes : state.at === "landed" ? state.report.notes : [];
  const isOpen = kind !== null && OPEN.includes(state.at);
  if (notes.length === 0 && !isOpen) return null;
  return (
    <div className="mt-1.5 flex flex-col gap-1.5 text-ink-2 text-xs sm:ml-6.5">
      {isOpen && <Asked file={file} kind={kind} isBusy={isBusy} onSay={onSay} />}
      <Notes notes={notes} />
    </div>
  );
}

const NO_SYSTEM = "none";

/** What only whoever brings a file knows of it. */
function Asked({
  file,
  kind,
  isBusy,
  onSay,
}: {
  file: QueuedFile;
  kind: Kind;
  isBusy: boolean;
  onSay(said: Said): void;
}) {
  const { replaces, bringsBack } = file;
  const whole = REPLACES[kind];
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1.5">
      {!FINANCE_KINDS.includes(kind) && (
        <Select
          label="The system that its facts are from"
          labelHidden
          className="w-56"
          isDisabled={isBusy}
          value={sourceOf(file) ?? NO_SYSTEM}
          choices={[
            { value: NO_SYSTEM, label: "From no named system" },
            ...EVIDENCE_SOURCES.map((value) => ({ value, label: `From: ${SOURCE_LABELS[value]}` })),
          ]}
          onChange={(value) => onSay({ source: value === NO_SYSTEM ? null : value })}
        />
      )}
      {whole && (
        <Checkbox isSelected={replaces} isDisabled={isBusy} onChange={(said) => onSay({ replaces: said })}>
          <span className="text-ink-2">{whole}</span>
        </Checkbox>
      )}
      {kind === "deals" && (
        <Checkbox
          isSelected={bringsBack}
          isDisabled={isBusy}
          onChange={(said) => onSay({ bringsBack: said })}
        >
          <span className="text-ink-2">Bring back deals that were removed here</span>
        </Checkbox>
      )}
    </div>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  const [showsAll, setShowsAll] = useState(false);
  return (
    <>
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
    </>
  );
}
