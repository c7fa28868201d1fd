"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { say } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { DropZone } from "./drop-zone";
import { FileRow } from "./file-row";
import { FormatHelp } from "./format-help";
import { ImportHistory } from "./history";
import { MappingEditor } from "./mapping-editor";
import type { Outcome, QueuedFile } from "./queue";
import { useQueue } from "./use-queue";

/** Will my file land correctly? */
export function ImportPage() {
  const me = useMe();
  return (
    <>
      <PageHeader
        title="Import"
        lead="Every row is checked before anything is stored; one bad row stops nobody but itself."
      />
      <div className="flex flex-col gap-8 px-4 pt-1 pb-10 sm:px-6">
        {me && (mayEver(me, "import.run") ? <Importer /> : <NotYours />)}
        <ImportHistory />
      </div>
    </>
  );
}

function NotYours() {
  return (
    <div className="flex gap-3 rounded-lg border border-line bg-surface px-4 py-3.5">
      <Icon name="lock" className="mt-0.5 text-ink-3" />
      <div>
        <p className="font-medium">Only an admin (RevOps) imports</p>
        <p className="text-ink-2">
          An import can change every deal at once, so it stays with those who answer for the data. What
          landed, and what was refused, is open to all below.
        </p>
      </div>
    </div>
  );
}

function Importer() {
  const me = useMe();
  const saved = useQuery(api.mappingsList.queryOptions({ input: {} }));
  const queue = useQueue({
    saved: saved.data?.mappings ?? [],
    currency: me?.reportingCurrency ?? "USD",
  });
  const { files, isLanding } = queue;
  const [open, setOpen] = useState<string | null>(null);
  const firstUnmapped = files.find(({ state }) => state.at === "unmapped")?.key ?? null;
  // The first file that needs an answer asks for it by itself.
  useEffect(() => setOpen(firstUnmapped), [firstUnmapped]);

  useEffect(() => {
    if (!isLanding) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isLanding]);

  const take = async (chosen: readonly File[]) => {
    const { taken, left } = await queue.add(chosen);
    if (taken === 0) say("No CSV file among those", { detail: "Files end in .csv, .tsv or .txt." });
    else if (left > 0)
      say(`${left} left alone`, { detail: "They are not CSV files, or reports of refused rows." });
  };

  return (
    <div className="flex flex-col gap-3">
      {!isLanding && (
        <DropZone onFiles={(chosen) => void take(chosen)} small={files.length > 0}>
          Or a whole folder at once: partners, deals, stages, roles, activities. They land in the order in
          which they need each other. A file from any CRM works too; you say once how its columns are read.
        </DropZone>
      )}
      {files.length > 0 && (
        <>
          <ul aria-label="Chosen files" className="border-line border-t">
            {files.map((file) => (
              <FileRow
                key={file.key}
                file={file}
                isBusy={isLanding}
                isOpen={open === file.key}
                onOpen={() => setOpen(open === file.key ? null : file.key)}
                onRemove={() => queue.remove(file.key)}
              >
                {file.survey && file.mapping && file.state.at !== "landed" && (
                  <MappingEditor
                    file={file}
                    survey={file.survey}
                    onKind={(kind) => queue.setKind(file.key, kind)}
                    onUse={(mapping, name) => {
                      queue.setMapping(file.key, mapping, name, true);
                      setOpen(null);
                    }}
                  />
                )}
              </FileRow>
            ))}
          </ul>
          <Summary
            files={files}
            isLanding={isLanding}
            onLand={() => void queue.land()}
            onStop={queue.stop}
            onClear={queue.clear}
          />
        </>
      )}
      <FormatHelp />
    </div>
  );
}

const outcomesAt = (files: readonly QueuedFile[], at: "checked" | "landed"): Outcome[] =>
  files.flatMap(({ state }) =>
    state.at !== at
      ? []
      : state.at === "checked"
        ? [state.preview]
        : state.at === "landed"
          ? [state.report]
          : [],
  );

/** What all files together would do, the one button, and afterwards what they did. */
function Summary({
  files,
  isLanding,
  onLand,
  onStop,
  onClear,
}: {
  files: readonly QueuedFile[];
  isLanding: boolean;
  onLand(): void;
  onStop(): void;
  onClear(): void;
}) {
  const checked = outcomesAt(files, "checked");
  const landed = outcomesAt(files, "landed");
  const cutOff = files.filter(({ state }) => state.at === "refused" && state.report !== null).length;
  const isChecking = files.some(({ state }) => ["reading", "ready", "checking"].includes(state.at));
  const unmapped = files.filter(({ state }) => state.at === "unmapped").length;
  const sum = (outcomes: readonly Outcome[], pick: (one: Outcome) => number) =>
    outcomes.reduce((total, one) => total + pick(one), 0);
  const isDone = !isLanding && landed.length > 0 && checked.length === 0 && cutOff === 0;
  const shown = isDone || isLanding ? landed : checked;
  const isPast = isDone || isLanding;
  const landable = checked.length + cutOff;
  return (
    <div
      role="status"
      className="bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-y bg-canvas px-4 py-3 sm:sticky sm:-mx-6 sm:px-6"
    >
      <p className="tabular flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
        <span className="font-semibold">
          {isDone
            ? "Landed"
            : isLanding
              ? "Landing…"
              : isChecking
                ? "Checking…"
                : checked.length > 0
                  ? "This would"
                  : cutOff > 0
                    ? "Not landed to the end"
                    : "Nothing to land yet"}
        </span>
        <Told
          value={sum(shown, ({ created }) => created)}
          name={isPast ? "created" : "create"}
          isPast={isPast}
        />
        <Told
          value={sum(shown, ({ updated }) => updated)}
          name={isPast ? "updated" : "update"}
          isPast={isPast}
        />
        <Told
          value={sum(shown, ({ unchanged }) => unchanged)}
          name={isPast ? "the same" : "leave as they are"}
          isPast={isPast}
        />
        {!isPast && (
          <Told
            value={sum(shown, ({ waiting }) => waiting)}
            name="land after what they name"
            isPast={isPast}
          />
        )}
        <Told
          value={sum(shown, ({ refused }) => refused)}
          name={isPast ? "refused" : "refuse"}
          isPast={isPast}
          warn
        />
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {unmapped > 0 && !isLanding && (
          <span className="text-warn">
            {unmapped === 1 ? "One file waits" : count(unmapped, "file waits", "files wait")} for a mapping
          </span>
        )}
        {isDone ? (
          <>
            <Button onPress={onClear}>Import more</Button>
            <Link href="/deals" className={buttonLook("primary")}>
              See the deals
            </Link>
          </>
        ) : isLanding ? (
          <Button onPress={onStop}>Stop after this batch</Button>
        ) : (
          <>
            <Button look="quiet" onPress={onClear}>
              Clear
            </Button>
            <Button look="primary" onPress={onLand} isDisabled={isChecking || landable === 0}>
              {checked.length === 0 && cutOff > 0
                ? "Go on landing"
                : landable === 1
                  ? "Land the file"
                  : landable === 0
                    ? "Land"
                    : `Land ${count(landable, "file")}`}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

/** One of the sums: `create 25` before, `25 created` after. */
function Told({
  value,
  name,
  isPast,
  warn,
}: {
  value: number;
  name: string;
  isPast: boolean;
  warn?: boolean;
}) {
  if (value === 0) return null;
  const number = <span className="font-medium">{thousands(value)}</span>;
  const word = <span className={warn ? undefined : "text-ink-3"}>{name}</span>;
  return (
    <span className={warn ? "text-danger" : undefined}>
      {isPast ? number : word} {isPast ? word : number}
    </span>
  );
}
