"use client";

import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { type Sending, useForm } from "@/components/ui/use-form";

/** Ends a document that three people have not signed, with a reason that others read. */
export function ReasonForm<Sent>({
  title,
  text,
  save,
  sent,
  write,
  onClose,
}: {
  title: string;
  /** What follows from it. */
  text: string;
  save: string;
  sent(reason: string): Sent;
  write: Sending<Sent>;
  onClose(): void;
}) {
  const form = useForm({
    start: { reason: "" },
    sent: ({ reason }) => {
      const line = reason.trim().replace(/\s+/g, " ");
      return line ? sent(line) : null;
    },
    write,
  });
  return (
    <FormDialog form={form} title={title} save={save} look="danger" onClose={onClose}>
      <p className="text-pretty text-ink-2">{text}</p>
      <TextField label="Reason" lines={3} autoFocus isRequired maxLength={2000} {...form.field("reason")} />
    </FormDialog>
  );
}
