"use client";

import { useWrite } from "@/components/shared/use-write";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { WEBHOOK_EVENTS } from "@/lib/text/webhook-words";
import { ShownOnce } from "./shown-once";
import { WebhookFields, type WebhookValues } from "./webhook-fields";

/** Names a system that is told, and shows the secret by which it knows us, this once. */
export function AddWebhookDialog({ onClose }: { onClose(): void }) {
  const add = useWrite("addWebhook", { quiet: true, said: () => null });
  const form = useForm({
    start: { name: "", address: "", events: [...WEBHOOK_EVENTS] } as WebhookValues,
    sent: ({ name, address, events }) =>
      name.trim() && address.trim() && events.length > 0
        ? { name: name.trim(), address: address.trim(), events }
        : null,
    write: add,
  });
  if (add.isSuccess)
    return (
      <ShownOnce
        title={`The secret for ${form.values.name.trim()}`}
        secret={add.data.answer.secret}
        copy="Copy secret"
        onClose={onClose}
      >
        Give it to the system that is told: by it, and a library of Standard Webhooks, it knows that a message
        is ours. It is not shown again.
      </ShownOnce>
    );
  return (
    <FormDialog form={form} title="Add webhook" save="Add webhook" onClose={onClose}>
      <WebhookFields form={form} />
    </FormDialog>
  );
}
