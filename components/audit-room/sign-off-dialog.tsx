"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { OpenSample } from "./answers";
import { resultSentence } from "./sample-words";

/** The second auditor's conclusion; nothing of the sample changes after it. */
export function SignOffDialog({ sample, onClose }: { sample: OpenSample; onClose(): void }) {
  const form = useForm({
    start: { conclusion: "" },
    sent: ({ conclusion }) =>
      conclusion.trim() ? { sampleId: sample.id, conclusion: conclusion.trim() } : null,
    write: useWrite("signOffSample", {
      quiet: true,
      said: () => "The sample is signed off",
      onDone: onClose,
    }),
  });
  return (
    <FormDialog form={form} title="Sign off this sample" save="Sign off" icon="stamp" onClose={onClose}>
      <p className="text-pretty text-ink-2">{resultSentence(sample)} After this nobody changes it.</p>
      <TextField
        label="Conclusion"
        lines={3}
        autoFocus
        isRequired
        maxLength={2000}
        {...form.field("conclusion")}
      />
    </FormDialog>
  );
}
