"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useForm } from "@/components/ui/use-form";
import { CHAT_NAMES, CHATS, type Chat } from "@/lib/metrics/notice-kinds";
import { TeamField } from "./person-fields";

const CHAT_CHOICES = CHATS.map((value) => ({ value, label: CHAT_NAMES[value] }));

/** Names a chat's channel by its incoming webhook, whose address is shown to nobody again. */
export function AddChannelDialog({ onClose }: { onClose(): void }) {
  const form = useForm({
    start: { chat: "slack" as Chat, name: "", team: null as string | null, address: "" },
    sent: ({ chat, name, team, address }) =>
      name.trim() && address.trim() ? { chat, name, team, address } : null,
    write: useWrite("addChatChannel", {
      quiet: true,
      said: (_, { name }) => `${name} added`,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog form={form} title="Add channel" save="Add channel" width="narrow" onClose={onClose}>
      <SegmentedControl label="Chat" labelHidden={false} choices={CHAT_CHOICES} {...form.field("chat")} />
      <TextField
        label="Name"
        placeholder="#partner-deals"
        note="As people call it."
        isRequired
        autoFocus
        {...form.field("name")}
      />
      <TeamField {...form.field("team")} />
      <p className="-mt-2 text-ink-3 text-xs">Without a team it is everybody's whose team has none.</p>
      <TextField
        label="Address of the incoming webhook"
        placeholder="https://…"
        note="Whoever knows it can post there: it is not shown again."
        type="password"
        autoComplete="off"
        isRequired
        {...form.field("address")}
      />
    </FormDialog>
  );
}
