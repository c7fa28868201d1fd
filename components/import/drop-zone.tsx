"use client";

import { type ReactNode, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { FileButton } from "@/components/ui/file-button";
import { Icon } from "@/components/ui/icon";
import { say } from "@/components/ui/toasts";
import { useDrop } from "@/components/ui/use-drop";
import { droppedFiles } from "./dropped-files";

/** Takes files dropped, a whole folder of them, or chosen by hand. */
export function DropZone({
  onFiles,
  small,
  children,
}: {
  onFiles(files: readonly File[]): void;
  /** Once there are files, it only offers to take more. */
  small: boolean;
  children?: ReactNode;
}) {
  const { isOver, isReading, handlers } = useDroppedFiles(onFiles);
  return (
    // The buttons do the same for whoever drags nothing.
    <div
      {...handlers}
      className={classNames(
        "rounded-lg border border-dashed transition-colors",
        isOver ? "border-accent bg-accent-soft" : "border-line-control bg-surface",
        small
          ? "flex flex-wrap items-center justify-between gap-3 px-4 py-2.5"
          : "flex flex-col items-center gap-2 px-6 py-10 text-center",
      )}
    >
      {!small && <Icon name="import" className="size-7 text-ink-3" strokeWidth={1.1} />}
      <p className={small ? "text-ink-2" : "font-semibold text-base"}>
        {isReading ? "Looking into the folder…" : small ? "Drop more files here" : "Drop CSV files here"}
      </p>
      {!small && <div className="max-w-lg text-balance text-ink-2">{children}</div>}
      <div className={classNames("flex flex-wrap gap-2", !small && "mt-2")}>
        <FileButton
          accept=".csv,.tsv,text/csv"
          look={small ? "plain" : "primary"}
          size={small ? "small" : "medium"}
          onFiles={onFiles}
        >
          Choose files
        </FileButton>
        <FileButton
          directory
          look={small ? "quiet" : "plain"}
          size={small ? "small" : "medium"}
          onFiles={onFiles}
        >
          Choose a folder
        </FileButton>
      </div>
    </div>
  );
}

/** A folder is looked through before its files are handed on. */
function useDroppedFiles(onFiles: (files: readonly File[]) => void) {
  const [isReading, setReading] = useState(false);
  const drop = useDrop((dropped) => {
    setReading(true);
    droppedFiles(dropped)
      .then(onFiles, () => say("This could not be read", { detail: "Choose it with the buttons instead." }))
      .finally(() => setReading(false));
  });
  return { ...drop, isReading };
}
