"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { say } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import { DropZone } from "./drop-zone";
import { FileRow } from "./file-row";
import { FormatHelp } from "./format-help";
import { ImportHistory } from "./history";
import { MappingEditor } from "./mapping-editor";
import { Summary } from "./summary";
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
        <p className="font-medium">An admin (RevOps) imports, and finance its costs and rates</p>
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
  useAskBeforeLeaving(isLanding);
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
          <ChosenFiles queue={queue} />
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

function useAskBeforeLeaving(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isBusy]);
}

/** Each file with the way it is read; the first that needs an answer asks for it by itself. */
function ChosenFiles({ queue }: { queue: ReturnType<typeof useQueue> }) {
  const { files, isLanding } = queue;
  const [open, setOpen] = useState<string | null>(null);
  const firstUnmapped = files.find(({ state }) => state.at === "unmapped")?.key ?? null;
  useEffect(() => setOpen(firstUnmapped), [firstUnmapped]);
  return (
    <ul aria-label="Chosen files" className="border-line border-t">
      {files.map((file) => (
        <FileRow
          key={file.key}
          file={file}
          isBusy={isLanding}
          isOpen={open === file.key}
          onOpen={() => setOpen(open === file.key ? null : file.key)}
          onRemove={() => queue.remove(file.key)}
          onSay={(said) => queue.say(file.key, said)}
          onTryAgain={(fixes) => queue.tryAgain(file.key, fixes)}
        >
          {file.survey && file.mapping && file.state.at !== "landed" && (
            <MappingEditor
              file={file}
              survey={file.survey}
              onKind={(kind) => queue.setKind(file.key, kind)}
              onUse={(mapping, name) => {
                queue.setMapping(file.key, mapping, name);
                setOpen(null);
              }}
            />
          )}
        </FileRow>
      ))}
    </ul>
  );
}
