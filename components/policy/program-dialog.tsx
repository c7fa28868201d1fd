"use client";

import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { ProgramDefinition } from "@/lib/attribution/policy";
import { codeOf } from "./code-of";
import { notPrinted } from "./not-printed";

/** The words of one program. Its code, by which partners carry it, is made once from its name. */
export function ProgramDialog({
  words,
  taken,
  onSave,
  onClose,
}: {
  /** Null for a new one. */
  words: ProgramDefinition | null;
  taken: readonly string[];
  onSave(words: ProgramDefinition): void;
  onClose(): void;
}) {
  const codeFor = (label: string) => words?.program ?? codeOf(label);
  const nameProblem = (label: string) => {
    if (!label.trim()) return "A program has a name";
    if (!codeFor(label)) return "Its name needs a letter from a to z, which partners carry";
    return (
      notPrinted(label) ??
      (!words && taken.includes(codeFor(label)) ? "This program is in the list already" : null)
    );
  };
  const form = useForm({
    start: { label: words?.label ?? "", definition: words?.definition ?? "" },
    check: ({ label, definition }) => ({
      label: nameProblem(label),
      definition: definition.trim() ? notPrinted(definition) : "Say in one line what the program is",
    }),
    sent: ({ label, definition }) => ({
      program: codeFor(label),
      label: label.trim(),
      definition: definition.trim(),
    }),
    write: { mutate: onSave, isPending: false, error: null },
  });
  const program = codeFor(form.values.label);
  const carried = program && (
    <>
      Partners carry it as <code className="font-sans">{program}</code>
    </>
  );
  return (
    <FormDialog
      form={form}
      title={words ? `Edit ${words.label}` : "Add a program"}
      save={words ? "Change" : "Add"}
      onClose={onClose}
    >
      <TextField label="Name" autoFocus maxLength={60} note={carried} {...form.field("label")} />
      <TextField label="Definition, in one line" maxLength={200} {...form.field("definition")} />
    </FormDialog>
  );
}
