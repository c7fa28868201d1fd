"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { KeptFile, keptId, keptWords, useKept } from "./kept-proof";

const LINK = /^https?:\/\//i;

/** A proof as it may safely be shown: only an http(s) link opens, in its own window, told nothing of us. */
export function Proof({ proof }: { proof: string | null }) {
  if (proof === null)
    return (
      <span className="inline-flex items-center gap-1 text-warn text-xs">
        <Icon name="alert" className="size-3" />
        No proof
      </span>
    );
  const kept = keptId(proof);
  if (kept) return kept.startsWith("N-") ? <KeptNote id={kept} /> : <KeptHere id={kept} />;
  if (!LINK.test(proof))
    return (
      <span className="inline-flex min-w-0 items-center gap-1 text-ink-2 text-xs">
        <Icon name="note" className="size-3" />
        <span className="break-all">{proof.replace(/^note:/i, "Note ")}</span>
      </span>
    );
  return (
    <a
      href={proof}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="inline-flex min-w-0 max-w-full items-center gap-1 text-accent-ink text-xs underline decoration-line-control underline-offset-2 hover:decoration-current"
    >
      <Icon name="external" className="size-3" />
      <span className="max-w-80 truncate">{proof.replace(LINK, "")}</span>
      <span className="sr-only">, proof, opens in a new window</span>
    </a>
  );
}

/** Opens to what the note says. */
function KeptNote({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const note = useKept(id, open);
  return (
    <span className="inline-flex min-w-0 flex-col items-start gap-1 text-xs">
      <Button look="quiet" size="small" aria-expanded={open} onPress={() => setOpen(!open)}>
        <Icon name="note" className="size-3" />
        {open ? "Close the note" : "Read the note"}
      </Button>
      {open && note !== undefined && (
        <span className="whitespace-pre-wrap break-words border-line border-l-2 pl-2 text-ink-2">
          {note ? (
            <>
              {note.text}
              <span className="block text-ink-3">{keptWords(note)}</span>
            </>
          ) : (
            "This note is kept in the system that it came from."
          )}
        </span>
      )}
    </span>
  );
}

/** A file, with who kept it. */
function KeptHere({ id }: { id: string }) {
  const kept = useKept(id);
  if (kept === undefined) return <span className="text-ink-3 text-xs">A file kept here</span>;
  if (!kept?.file) return <span className="text-danger text-xs">The file is not kept here</span>;
  return (
    <span className="inline-flex min-w-0 flex-col items-start gap-0.5">
      <KeptFile file={kept.file} />
      <span className="text-ink-3 text-xs">{keptWords(kept)}</span>
    </span>
  );
}
