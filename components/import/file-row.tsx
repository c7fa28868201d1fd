"use client";

import { type ReactNode, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { ProgressBar } from "@/components/ui/progress-bar";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { ChangedRows } from "./changed-rows";
import { FileNotes } from "./file-notes";
import { type Fix, KIND_LABELS, type Outcome, type QueuedFile } from "./queue";
import { RefusedRows } from "./refused-rows";
import type { Said } from "./use-queue";

const kilobytes = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** One file of the queue: what it is, how far it is, what it does. */
export function FileRow({
  file,
  isOpen,
  onOpen,
  onRemove,
  onSay,
  onTryAgain,
  isBusy,
  children,
}: {
  file: QueuedFile;
  /** Whether the way it is read is open below it. */
  isOpen: boolean;
  onOpen(): void;
  onRemove(): void;
  onSay(said: Said): void;
  onTryAgain(fixes: readonly Fix[]): Promise<void>;
  isBusy: boolean;
  /** The mapping, while it is open. */
  children?: ReactNode;
}) {
  const [shows, setShows] = useState<"refused" | "changes" | null>(null);
  const { state, survey, mapping } = file;
  const changes = state.at === "checked" ? state.preview.changes : null;
  const refused = outcomeOf(file)?.rows ?? [];
  return (
    <li className="border-line border-b py-2.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <Named file={file} />
        <div className="flex min-w-0 flex-1 basis-72 items-center justify-end gap-x-4 max-sm:justify-start">
          <Standing file={file} />
        </div>
        <div className="flex items-center gap-1">
          {mapping && survey && state.at !== "landing" && state.at !== "landed" && (
            <Button size="small" aria-expanded={isOpen} onPress={onOpen} isDisabled={isBusy}>
              Columns
            </Button>
          )}
          {changes && changes.all > 0 && (
            <Opens isOpen={shows === "changes"} onOpen={(opens) => setShows(opens ? "changes" : null)}>
              What changes
            </Opens>
          )}
          {refused.length > 0 && (
            <Opens isOpen={shows === "refused"} onOpen={(opens) => setShows(opens ? "refused" : null)}>
              {thousands(refused.length)} refused
            </Opens>
          )}
          {!isBusy && (
            <IconButton
              label={`Take ${file.file.name} off the list`}
              icon="close"
              size="small"
              onPress={onRemove}
            />
          )}
        </div>
      </div>
      <Reason file={file} />
      <FileNotes file={file} isBusy={isBusy} onSay={onSay} />
      <div className="sm:ml-6.5">
        {shows === "changes" && changes && <ChangedRows fileName={file.file.name} changes={changes} />}
        {shows === "refused" && refused.length > 0 && (
          <RefusedRows file={file} rows={refused} onTryAgain={onTryAgain} />
        )}
      </div>
      {isOpen && children}
    </li>
  );
}

/** Opens a list below the file. */
function Opens({
  isOpen,
  onOpen,
  children,
}: {
  isOpen: boolean;
  onOpen(opens: boolean): void;
  children: ReactNode;
}) {
  return (
    <Button size="small" aria-expanded={isOpen} onPress={() => onOpen(!isOpen)}>
      {children}
      <Icon
        name="chevronDown"
        className={classNames("size-3 transition-transform", isOpen && "rotate-180")}
      />
    </Button>
  );
}

/** Why it is refused whole, if it is. */
function Reason({ file: { state } }: { file: QueuedFile }) {
  if (state.at !== "refused") return null;
  return (
    <p role="alert" className="mt-1.5 ml-6.5 text-danger">
      {state.reason}
      {state.report && state.report.read > 0 && ". Going on leaves what landed as it is."}
    </p>
  );
}

/** What its check or its landing came to, if either did. */
const outcomeOf = ({ state }: QueuedFile): Outcome | null =>
  state.at === "checked" ? state.preview : "report" in state ? state.report : null;

/** Name, kind and size. */
function Named({ file }: { file: QueuedFile }) {
  const { state, survey, kind, mappingName } = file;
  return (
    <div className="flex min-w-0 flex-1 basis-64 items-center gap-2.5">
      <StateIcon file={file} />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="break-all font-medium">{file.file.name}</span>
          {kind && state.at !== "reading" && (
            <Chip tone={state.at === "unmapped" ? "dashed" : "quiet"}>
              {KIND_LABELS[kind]}
              {state.at === "unmapped" && "?"}
            </Chip>
          )}
          {mappingName && <Chip tone="accent">Mapping: {mappingName}</Chip>}
        </p>
        <p className="tabular text-ink-3 text-xs">
          {survey ? `${count(survey.rows, "row")}, ` : ""}
          {kilobytes(file.file.size)}
        </p>
      </div>
    </div>
  );
}

/** How far it is, or what it comes to. */
function Standing({ file }: { file: QueuedFile }) {
  const { state, survey } = file;
  const outcome = outcomeOf(file);
  switch (state.at) {
    case "reading":
      return <span className="text-ink-3">Reading…</span>;
    case "ready":
      return <span className="text-ink-3">Waits for its check</span>;
    case "unmapped":
      return <span className="text-warn">Not our format: say how its columns are read</span>;
    case "checking":
    case "landing": {
      const total = survey?.rows ?? 0;
      return (
        <ProgressBar
          label={`${state.at === "checking" ? "Checking" : "Landing"} ${file.file.name}`}
          value={state.done}
          max={total}
          text={`${thousands(state.done)} of ${thousands(total)}`}
          beside
        />
      );
    }
    default:
      return outcome && <Counts outcome={outcome} done={state.at !== "checked"} />;
  }
}

function StateIcon({ file: { state } }: { file: QueuedFile }) {
  switch (state.at) {
    case "landed":
      return <Icon name="check" className="text-accent" />;
    case "refused":
      return <Icon name="alert" className="text-danger" />;
    case "unmapped":
      return <Icon name="columns" className="text-warn" />;
    case "checked":
      return <Icon name="note" className="text-ink-2" />;
    default:
      return <Icon name="clock" className="text-ink-3" />;
  }
}

/** The numbers of a file, told as what would happen or as what did. */
function Counts({ outcome, done }: { outcome: Outcome; done: boolean }) {
  const items = [
    { value: outcome.created, name: done ? "created" : "new", tone: "text-ink" },
    { value: outcome.updated, name: done ? "updated" : "changed", tone: "text-ink" },
    { value: outcome.unchanged, name: "the same", tone: "text-ink-3" },
    { value: outcome.leftOut, name: "left out", tone: "text-ink-3" },
    { value: outcome.waiting, name: "after the files above", tone: "text-ink" },
  ].filter(({ value }) => value > 0);
  if (items.length === 0 && outcome.refused === 0)
    return <span className="text-ink-3">{outcome.read === 0 ? "No rows" : "Nothing to do"}</span>;
  return (
    <p className="tabular flex flex-wrap justify-end gap-x-4 gap-y-0.5 max-sm:justify-start">
      {items.map(({ value, name, tone }) => (
        <span key={name} className={classNames("whitespace-nowrap", tone)}>
          <span className="font-medium">{thousands(value)}</span>{" "}
          <span className="text-ink-3 text-xs">{name}</span>
        </span>
      ))}
    </p>
  );
}
