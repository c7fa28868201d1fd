"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { FileButton } from "@/components/ui/file-button";
import { problemWords } from "@/components/ui/problem-words";
import { problemOf } from "@/lib/api/problem-of";
import { ACCEPTED_FILES, fileType } from "@/lib/attribution/proof-file";
import { inBase64 } from "./in-base64";
import { useWrite } from "./use-write";

/**
 * In place of a link: a note, or a file. Each is kept by a press of its own, for what is kept never changes.
 *
 * @param onKept with how a proof names it
 */
export function KeptInstead({ dealId, onKept }: { dealId: string; onKept(proof: string): void }) {
  const [text, setText] = useState<string | null>(null);
  const file = useKeepFile(dealId, onKept);
  if (text !== null) return <NoteForm dealId={dealId} text={text} onText={setText} onKept={onKept} />;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap gap-1">
        <Button look="quiet" size="small" icon="note" onPress={() => setText("")}>
          Write a note instead
        </Button>
        <FileButton
          look="quiet"
          size="small"
          icon="import"
          single
          accept={ACCEPTED_FILES}
          isPending={file.isPending}
          onFiles={file.keep}
        >
          Keep a file
        </FileButton>
      </div>
      {file.problem && (
        <p role="alert" className="text-pretty text-danger text-xs">
          {file.problem}
        </p>
      )}
    </div>
  );
}

/** Reads a file, and keeps it; what is none that is kept is told before it is sent. */
function useKeepFile(dealId: string, onKept: (proof: string) => void) {
  const [problem, setProblem] = useState<string | null>(null);
  const keep = useWrite("keepFile", {
    quiet: true,
    said: (_, { name }) => ({ message: "File kept", detail: name }),
    onDone: ({ answer: { proof } }) => onKept(proof),
  });
  return {
    problem: problem ?? (keep.error ? problemWords(problemOf(keep.error)).detail : null),
    isPending: keep.isPending,
    keep: async ([file]: readonly File[]) => {
      if (!file) return;
      const bytes = new Uint8Array(await file.arrayBuffer());
      const read = fileType(file.name, bytes);
      setProblem("problem" in read ? `${file.name} ${read.problem}.` : null);
      if ("type" in read) keep.mutate({ dealId, name: file.name, content: inBase64(bytes) });
    },
  };
}

function NoteForm({
  dealId,
  text,
  onText,
  onKept,
}: {
  dealId: string;
  text: string;
  onText(text: string | null): void;
  onKept(proof: string): void;
}) {
  const keep = useWrite("keepNote", {
    said: () => "Note kept",
    onDone: ({ answer: { proof } }) => {
      onText(null);
      onKept(proof);
    },
  });
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label="Note"
        lines={3}
        maxLength={4000}
        value={text}
        onChange={onText}
        note="What was said or done, as somebody else could read it. Once kept, nobody changes it."
      />
      <div className="flex gap-2">
        <Button
          size="small"
          isDisabled={text.trim() === "" || keep.isPending}
          onPress={() => keep.mutate({ dealId, text: text.trim() })}
        >
          Keep this note
        </Button>
        <Button look="quiet" size="small" onPress={() => onText(null)}>
          A link after all
        </Button>
      </div>
    </div>
  );
}
