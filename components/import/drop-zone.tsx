"use client";

import { type ReactNode, useState } from "react";
import { DropZone as AriaDropZone, type DropZoneProps } from "react-aria-components/DropZone";
import { classNames } from "@/components/ui/class-names";
import { FileButton } from "@/components/ui/file-button";
import { Icon } from "@/components/ui/icon";

type DropItem = Parameters<NonNullable<DropZoneProps["onDrop"]>>[0]["items"][number];

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
  const [isReading, setReading] = useState(false);
  const dropped = async (items: readonly DropItem[]) => {
    setReading(true);
    onFiles(await filesOf(items));
    setReading(false);
  };
  return (
    <AriaDropZone
      onDrop={({ items }) => void dropped(items)}
      className={classNames(
        "rounded-lg border border-line-control border-dashed bg-surface transition-colors",
        "drop-target:border-accent drop-target:bg-accent-soft",
        "focus-visible:outline-2 focus-visible:outline-accent",
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
    </AriaDropZone>
  );
}

async function filesOf(items: Iterable<DropItem> | AsyncIterable<DropItem>): Promise<File[]> {
  const files: File[] = [];
  for await (const item of items) {
    if (item.kind === "file") files.push(await item.getFile());
    else if (item.kind === "directory") files.push(...(await filesOf(item.getEntries())));
  }
  return files;
}
