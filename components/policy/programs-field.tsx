"use client";

import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import type { Policy, ProgramDefinition } from "@/lib/attribution/policy";
import { programLabel } from "@/lib/attribution/words";

const ProgramDialog = onDemand(() => import("./program-dialog").then((m) => m.ProgramDialog));

/** Programs that take the place of a registration or the AE's tag, each with its words for the memo. */
export function ProgramsField({
  policy,
  onChange,
}: {
  policy: Policy;
  onChange(change: Pick<Policy, "programs" | "programDefinitions">): void;
}) {
  const [editing, setEditing] = useState<string | "new" | null>(null);
  const definitions = policy.programDefinitions ?? [];
  const wordsOf = (program: string): ProgramDefinition =>
    definitions.find((one) => one.program === program) ?? {
      program,
      label: programLabel(program),
      definition: "",
    };
  const put = (programs: string[], next: readonly ProgramDefinition[]) =>
    onChange({ programs, programDefinitions: next.length > 0 ? next : undefined });

  return (
    <div>
      {policy.programs.length === 0 ? (
        <p className="text-ink-3 text-xs">No program: every origin needs a registration or the AE's word.</p>
      ) : (
        <ul aria-label="Programs" className="divide-y divide-line border-line border-y">
          {policy.programs.map((program) => (
            <ProgramRow
              key={program}
              words={wordsOf(program)}
              onEdit={() => setEditing(program)}
              onRemove={() =>
                put(
                  policy.programs.filter((one) => one !== program),
                  definitions.filter((one) => one.program !== program),
                )
              }
            />
          ))}
        </ul>
      )}
      <Button size="small" icon="plus" className="mt-2" onPress={() => setEditing("new")}>
        Add a program
      </Button>
      {editing && (
        <ProgramDialog
          words={editing === "new" ? null : wordsOf(editing)}
          taken={policy.programs}
          onSave={(words) => {
            const known = policy.programs.includes(words.program);
            put(known ? policy.programs : [...policy.programs, words.program], [
              ...definitions.filter(({ program }) => program !== words.program),
              words,
            ]);
            setEditing(null);
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}

function ProgramRow({
  words: { program, label, definition },
  onEdit,
  onRemove,
}: {
  words: ProgramDefinition;
  onEdit(): void;
  onRemove(): void;
}) {
  return (
    <li className="flex items-start gap-2 py-1.5">
      <div className="min-w-0 flex-1 leading-snug">
        <p className="font-medium">{label}</p>
        <p className="text-ink-3 text-xs">
          {definition || "Without a definition of its own"} · <code className="font-sans">{program}</code>
        </p>
      </div>
      <IconButton label={`Edit ${label}`} icon="edit" size="small" onPress={onEdit} />
      <IconButton label={`Remove ${label}`} icon="trash" size="small" onPress={onRemove} />
    </li>
  );
}
