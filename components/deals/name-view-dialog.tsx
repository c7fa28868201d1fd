"use client";

import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";

/** Keeps what is filtered now under a name. */
export function NameViewDialog({ onSave, onClose }: { onSave(name: string): void; onClose(): void }) {
  const form = useForm({
    start: { name: "" },
    sent: ({ name }) => name.trim() || null,
    write: { mutate: onSave, isPending: false, error: null },
  });
  return (
    <FormDialog form={form} title="Save this view" save="Save view" width="narrow" onClose={onClose}>
      <TextField label="Name" autoFocus maxLength={40} {...form.field("name")} />
    </FormDialog>
  );
}
