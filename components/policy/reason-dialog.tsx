"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";

const WORDS = {
  declinePolicy: {
    title: "Decline this proposal",
    text: "It ends here, for all three seats. The reason is kept with it, and a new draft can begin from its text.",
    button: "Decline",
    said: "Declined",
  },
  withdrawPolicy: {
    title: "Withdraw this proposal",
    text: "Its signatures become void. The reason is kept with it, and a new draft can begin from its text.",
    button: "Withdraw",
    said: "Withdrawn",
  },
} as const;

/** Ends a proposal with a reason that others read. */
export function ReasonDialog({
  verb,
  policyId,
  onClose,
}: {
  verb: keyof typeof WORDS;
  policyId: string;
  onClose(): void;
}) {
  const words = WORDS[verb];
  const form = useForm({
    start: { reason: "" },
    sent: ({ reason }) => {
      const line = reason.trim().replace(/\s+/g, " ");
      return line ? { policyId, reason: line } : null;
    },
    write: useWrite(verb, { quiet: true, said: () => words.said, onDone: onClose }),
  });
  return (
    <FormDialog form={form} title={words.title} save={words.button} look="danger" onClose={onClose}>
      <p className="text-pretty text-ink-2">{words.text}</p>
      <TextField label="Reason" lines={3} autoFocus isRequired maxLength={2000} {...form.field("reason")} />
    </FormDialog>
  );
}
