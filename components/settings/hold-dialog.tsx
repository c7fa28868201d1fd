"use client";

import { useWrite } from "@/components/shared/use-write";
import { ConfirmDialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";

interface Held {
  id: string;
  name: string;
  /** Why what is kept of them must be; null while no hold stands. */
  hold: string | null;
}

/** Says that what is kept of somebody must be kept, or lifts that: while a hold stands nothing of theirs is erased. */
export function HoldDialog({ person: { id, name, hold }, onClose }: { person: Held; onClose(): void }) {
  const write = useWrite("holdPerson", {
    said: ({ answer: { held } }) =>
      held ? `What is kept of ${name} is held` : `The hold of ${name} is lifted`,
    onDone: onClose,
  });
  const form = useForm({
    start: { reason: "" },
    sent: ({ reason }) => (reason.trim() ? { kind: "user" as const, id, reason: reason.trim() } : null),
    write,
  });
  if (hold !== null)
    return (
      <ConfirmDialog
        title={`Lift the hold of ${name}?`}
        confirm="Lift the hold"
        isOpen
        isPending={write.isPending}
        onConfirm={() => write.mutate({ kind: "user", id, reason: null })}
        onClose={onClose}
      >
        It stands for: {hold}. Once it is lifted they can be erased. The audit log keeps that it stood.
      </ConfirmDialog>
    );
  return (
    <FormDialog form={form} title={`Hold what is kept of ${name}?`} save="Hold" onClose={onClose}>
      <p className="text-pretty text-ink-2">
        For a lawsuit or an audit: until the hold is lifted nothing of theirs is erased, whoever asks.
      </p>
      <TextField label="Reason" isRequired autoFocus {...form.field("reason")} />
    </FormDialog>
  );
}
