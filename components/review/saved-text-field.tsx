"use client";

import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { problemWords } from "@/components/ui/problem-words";
import type { SavedText } from "./use-saved-text";

/** A text that saves itself, says how far it is, and shows both when two people wrote at once. */
export function SavedTextField({
  label,
  labelHidden,
  saved,
  lines,
  placeholder,
  isReadOnly,
}: {
  label: string;
  labelHidden?: boolean;
  saved: SavedText;
  lines: number;
  placeholder?: string;
  isReadOnly?: boolean;
}) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <TextField
        label={label}
        labelHidden={labelHidden}
        lines={lines}
        value={saved.text}
        onChange={saved.write}
        placeholder={placeholder}
        isReadOnly={isReadOnly}
        inputClassName="leading-6"
      />
      {saved.conflict ? (
        <Conflict saved={saved} what={label.toLowerCase()} />
      ) : (
        !isReadOnly && <SaveState saved={saved} />
      )}
    </div>
  );
}

const WORDS = {
  saved: "Saved",
  saving: "Saving",
  kept: "Kept in this browser",
  refused: "Not saved",
} as const;

function SaveState({ saved }: { saved: SavedText }) {
  if (saved.problem)
    return (
      <p role="alert" className="text-danger text-xs">
        {problemWords(saved.problem).detail}
      </p>
    );
  if (saved.state === "saved" && saved.text === "") return null;
  return (
    <p role="status" className="flex items-center gap-1 text-ink-3 text-xs">
      <Icon name={saved.state === "saved" ? "check" : "clock"} className="size-3" />
      {WORDS[saved.state]}
    </p>
  );
}

function Conflict({ saved, what }: { saved: SavedText; what: string }) {
  return (
    <div role="alert" className="rounded-md bg-warn-soft px-3 py-2.5">
      <p className="font-medium text-warn">Somebody else saved the {what} while you were writing.</p>
      <p className="mt-2 text-ink-3 text-xs">Theirs, which stands</p>
      <p className="max-h-40 overflow-auto whitespace-pre-wrap text-ink">{saved.stands || "(empty)"}</p>
      <p className="mt-2 text-ink-3 text-xs">Yours, kept in this browser, is in the field above.</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button
          size="small"
          look="primary"
          onPress={() => saved.keep(`${saved.stands}${saved.stands ? "\n" : ""}${saved.text}`)}
        >
          Put mine below theirs
        </Button>
        <Button size="small" onPress={() => saved.keep()}>
          Replace theirs
        </Button>
        <Button size="small" look="quiet" onPress={saved.drop}>
          Drop mine
        </Button>
      </div>
    </div>
  );
}
