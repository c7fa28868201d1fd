"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { useWrite } from "./use-write";

/** A note in place of a link. It is kept by a press of its own, for what is kept never changes. */
export function NoteInstead({ dealId, onKept }: { dealId: string; onKept(proof: string): void }) {
  const [text, setText] = useState<string | null>(null);
  const keep = useWrite("keepNote", {
    said: () => "Note kept",
    onDone: ({ answer: { proof } }) => {
      setText(null);
      onKept(proof);
    },
  });
  if (text === null)
    return (
      <Button look="quiet" size="small" onPress={() => setText("")}>
        Write a note instead
      </Button>
    );
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label="Note"
        lines={3}
        maxLength={4000}
        value={text}
        onChange={setText}
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
        <Button look="quiet" size="small" onPress={() => setText(null)}>
          A link after all
        </Button>
      </div>
    </div>
  );
}
