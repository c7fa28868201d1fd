"use client";

import { useState } from "react";
import { inBase64 } from "@/components/shared/in-base64";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { TextField } from "@/components/ui/field";
import { FileButton } from "@/components/ui/file-button";
import { problemWords } from "@/components/ui/problem-words";
import { useDrop } from "@/components/ui/use-drop";
import { problemOf } from "@/lib/api/problem-of";
import { count } from "@/lib/text/words";

/** What became of a file that was handed in. */
interface Outcome {
  name: string;
  words: string;
  isRefused: boolean;
}

/** Takes files dropped or chosen, or a note that is pasted; what they tell of stands below then. */
export function HandIn() {
  const { outcomes, isPending, handIn } = useHandIn();
  const [note, setNote] = useState<string | null>(null);
  const drop = useDrop(({ files }) => handIn([...files]));
  return (
    <section aria-label="Hand in" className="flex flex-col gap-2 px-4 pb-4 sm:px-6">
      {/* The button does the same for whoever drags nothing. */}
      <div
        {...drop.handlers}
        className={classNames(
          "flex flex-wrap items-center justify-between gap-3 rounded-lg border border-dashed px-4 py-3 transition-colors",
          drop.isOver ? "border-accent bg-accent-soft" : "border-line-control bg-surface",
        )}
      >
        <p className="text-pretty text-ink-2">
          Drop mails (.eml), invitations (.ics), transcripts (.vtt, .txt) or notes (.txt, .md) here, 2 MB each
          at most.
        </p>
        <div className="flex flex-wrap gap-2">
          <FileButton
            look="primary"
            size="small"
            icon="import"
            accept=".eml,.ics,.vtt,.txt,.md,.json"
            isPending={isPending}
            onFiles={handIn}
          >
            Choose files
          </FileButton>
          <Button size="small" icon="note" onPress={() => setNote(note === null ? "" : null)}>
            Paste a note
          </Button>
        </div>
      </div>
      {note !== null && (
        <PasteNote
          text={note}
          onText={setNote}
          onRead={() => {
            handIn([new File([note], "note.txt")]);
            setNote(null);
          }}
        />
      )}
      <Outcomes outcomes={outcomes} />
    </section>
  );
}

function PasteNote({
  text,
  onText,
  onRead,
}: {
  text: string;
  onText(text: string | null): void;
  onRead(): void;
}) {
  return (
    <div className="flex max-w-2xl flex-col gap-2">
      <TextField
        label="Note"
        lines={5}
        maxLength={20_000}
        value={text}
        onChange={onText}
        note="What was said or done, with partner, customer and day. It is kept as it stands once something in it is accepted."
      />
      <div className="flex gap-2">
        <Button size="small" look="primary" isDisabled={text.trim() === ""} onPress={onRead}>
          Read this note
        </Button>
        <Button size="small" look="quiet" onPress={() => onText(null)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  return (
    <ul
      aria-live="polite"
      aria-label="What was handed in"
      className="flex flex-col gap-1 text-xs empty:hidden"
    >
      {outcomes.map(({ name, words, isRefused }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a file may be handed in twice
        <li key={at} className={classNames("text-pretty", isRefused ? "text-danger" : "text-ink-2")}>
          <span className="font-medium">{name}</span>: {words}
        </li>
      ))}
    </ul>
  );
}

/** Hands files in one after the other, and says of each what became of it. */
function useHandIn() {
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [isPending, setPending] = useState(false);
  const drop = useWrite("dropEvidence", { quiet: true, said: () => null });
  const one = async (file: File): Promise<Outcome> => {
    try {
      const content = inBase64(new Uint8Array(await file.arrayBuffer()));
      const { answer } = await drop.mutateAsync({ name: file.name, content });
      return { name: file.name, words: becameOf(answer), isRefused: false };
    } catch (error) {
      return {
        name: file.name,
        words: problemWords(problemOf(error)).detail ?? "could not be read",
        isRefused: true,
      };
    }
  };
  const handIn = async (files: readonly File[]) => {
    setPending(true);
    setOutcomes([]);
    for (const file of files) {
      const outcome = await one(file);
      setOutcomes((now) => [...now, outcome]);
    }
    setPending(false);
  };
  return { outcomes, isPending, handIn: (files: readonly File[]) => void handIn(files) };
}

function becameOf({
  proposals,
  already,
  waits,
}: {
  proposals: number;
  already: boolean;
  waits: boolean;
}): string {
  if (already) return "was handed in before; nothing of it is suggested anew.";
  if (waits)
    return proposals === 0
      ? "a model reads it now; what it finds comes below, and if it finds nothing the file is not kept."
      : `${count(proposals, "suggestion")}, below; a model reads it besides.`;
  if (proposals === 0)
    return "tells of nothing that a known partner did for a known customer; it is not kept.";
  return `${count(proposals, "suggestion")}, below.`;
}
