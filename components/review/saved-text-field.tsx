"use client";

import type { SaveState } from "@/components/ui/autosave";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { problemWords } from "@/components/ui/problem-words";
import type { Autosaved } from "@/components/ui/use-autosave";
import { problemOf } from "@/lib/api/problem-of";

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
  saved: Autosaved<string>;
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
        value={saved.value}
        onChange={saved.write}
        placeholder={placeholder}
        isReadOnly={isReadOnly}
        inputClassName="leading-6"
      />
      {saved.state === "conflict" ? (
        <Conflict saved={saved} what={label.toLowerCase()} />
      ) : (
        !isReadOnly && <SaveLine saved={saved} />
      )}
    </div>
  );
}

const WORDS: Readonly<Record<SaveState, string>> = {
  saved: "Saved",
  waiting: "Kept in this browser",
  saving: "Saving",
  failed: "Kept in this browser",
  conflict: "Not saved",
};

function SaveLine({ saved }: { saved: Autosaved<string> }) {
  const problem = saved.state === "failed" ? problemOf(saved.error) : null;
  // Without an answer it is tried again by itself.
  if (problem && problem.code !== "unavailable")
    return (
      <p role="alert" className="text-danger text-xs">
        {problemWords(problem).detail}
      </p>
    );
  if (saved.state === "saved" && saved.value === "") return null;
  return (
    <p role="status" className="flex items-center gap-1 text-ink-3 text-xs">
      <Icon name={saved.state === "saved" ? "check" : "clock"} className="size-3" />
      {WORDS[saved.state]}
    </p>
  );
}

function Conflict({ saved, what }: { saved: Autosaved<string>; what: string }) {
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
          onPress={() => saved.keep(`${saved.stands}${saved.stands ? "\n" : ""}${saved.value}`)}
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
