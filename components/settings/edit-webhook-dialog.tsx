"use client";

import { useWrite } from "@/components/shared/use-write";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { WebhookFields, type WebhookValues } from "./webhook-fields";

/** Changes where a system is told, and of what; its secret stays. */
export function EditWebhookDialog({
  endpoint: { id, name, address, events },
  onClose,
}: {
  endpoint: Outputs["webhooksList"]["endpoints"][number];
  onClose(): void;
}) {
  const form = useForm({
    start: { name, address, events } as WebhookValues,
    edits: true,
    sent: (values) =>
      values.name.trim() && values.address.trim() && values.events.length > 0
        ? { endpointId: id, changes: values }
        : null,
    write: useWrite("editWebhook", { quiet: true, said: () => "Saved", onDone: onClose }),
  });
  return (
    <FormDialog form={form} title={`Edit ${name}`} save="Save" onClose={onClose}>
      <WebhookFields form={form} />
    </FormDialog>
  );
}
