"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";

/** Names the model that reads evidence besides the rules. */
export function ModelDialog({
  stands,
  onClose,
}: {
  stands: Outputs["evidenceModel"]["model"];
  onClose(): void;
}) {
  const form = useForm({
    start: { address: stands?.address ?? "", model: stands?.model ?? "", key: "" },
    sent: ({ address, model, key }) =>
      address.trim() && model.trim()
        ? {
            ...{ address: address.trim(), model: model.trim() },
            // Empty, and the one that stands is kept.
            ...((key.trim() || !stands) && { key: key.trim() }),
          }
        : null,
    write: useWrite("setEvidenceModel", { quiet: true, said: () => "Saved", onDone: onClose }),
  });
  return (
    <FormDialog form={form} title="Model that reads" save="Save" onClose={onClose}>
      <TextField
        label="Address"
        placeholder="https://api.openai.com/v1"
        note="Of chat completions, as OpenAI has them. What is handed in and names a partner and a customer of yours is sent there."
        isRequired
        autoFocus
        {...form.field("address")}
      />
      <TextField label="Model" isRequired {...form.field("model")} />
      <TextField
        label="Key"
        type="password"
        note={
          stands?.hasKey
            ? "It is sealed. Empty, and it stays."
            : "Where one is asked for. It is sealed, and not shown again."
        }
        {...form.field("key")}
      />
    </FormDialog>
  );
}
