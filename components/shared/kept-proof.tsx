"use client";

import { useQuery } from "@tanstack/react-query";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";
import { api, type Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { fileSize } from "@/lib/text/numbers";

/** The id of a note or file that may be kept here, as a proof names it; null when it names none. */
export function keptId(proof: string): string | null {
  return /^note:(N-[0-9A-Z]{10}|sha256-[0-9a-f]{64})$/i.exec(proof.trim())?.[1] ?? null;
}

/** What is kept under an id; undefined until it is known. */
export function useKept(id: string | null, enabled = true): Outputs["note"]["note"] | undefined {
  const { data } = useQuery({
    ...api.note.queryOptions({ input: { id: id ?? "" } }),
    enabled: enabled && id !== null,
  });
  return data?.note;
}

type Kept = NonNullable<Outputs["note"]["note"]>;

/** "Kept on 3 May 2026 by Pam Lind". */
export const keptWords = ({ recordedOn, by }: Pick<Kept, "recordedOn" | "by">) =>
  `Kept on ${dayInWords(recordedOn)}${by ? ` by ${by}` : ""}`;

/** A file by its name, to take away, with its size; a word instead where its bytes are no longer its hash's. */
export function KeptFile({ file }: { file: NonNullable<Kept["file"]> }) {
  if (!file.intact)
    return (
      <span className="inline-flex items-center gap-1 text-danger text-xs">
        <Icon name="alert" className="size-3" />
        {file.name} is not the file that was kept
      </span>
    );
  return (
    <Tooltip text={`SHA-256 ${file.sha256}`}>
      <a
        href={`/api/files/${file.sha256}`}
        download={file.name}
        className="inline-flex min-w-0 max-w-full items-center gap-1 text-accent-ink text-xs underline decoration-line-control underline-offset-2 hover:decoration-current"
      >
        <Icon name="export" className="size-3 shrink-0" />
        <span className="max-w-80 truncate">{file.name}</span>
        <span className="shrink-0 text-ink-3">{fileSize(file.bytes)}</span>
        <span className="sr-only">, proof, a file to take away</span>
      </a>
    </Tooltip>
  );
}
