import { TextField } from "@/components/ui/field";
import type { FormOf } from "@/components/ui/use-form";
import { WEBHOOK_EVENT_WORDS, WEBHOOK_EVENTS, type WebhookEvent } from "@/lib/text/webhook-words";
import { TickList } from "./tick-list";

/** What an admin says of a system that is told. */
export interface WebhookValues {
  name: string;
  address: string;
  events: WebhookEvent[];
}

export function WebhookFields({ form }: { form: Pick<FormOf<WebhookValues>, "field"> }) {
  return (
    <>
      <TextField
        label="Name"
        note="As people call the other system."
        isRequired
        autoFocus
        {...form.field("name")}
      />
      <TextField label="Address" placeholder="https://…" isRequired {...form.field("address")} />
      <TickList
        label="It is told when"
        choices={WEBHOOK_EVENTS}
        words={WEBHOOK_EVENT_WORDS}
        {...form.field("events")}
      />
    </>
  );
}
