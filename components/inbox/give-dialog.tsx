"use client";

import { useQuery } from "@tanstack/react-query";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { api } from "@/lib/api/client";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";
import { titleOf } from "@/lib/metrics/inbox-words";
import { dayInWords } from "@/lib/text/days";
import type { InboxItem } from "./item-words";

/** Kinds that can be given, as the write takes them. */
type Given = Exclude<InboxItem, { kind: "case_assigned" | "cases_to_decide" }>;

/** To whom it is given; what they may do about it, their role says. */
export function GiveDialog({ item, onClose }: { item: Given; onClose(): void }) {
  const me = useMe();
  const people = useQuery({ ...api.colleagues.queryOptions({ input: {} }), staleTime: 60_000 }).data?.people;
  const about = { kind: item.kind, subjectId: item.subjectId, dealId: item.deal?.id ?? null };
  const give = useWrite("delegateItem", {
    ...{ quiet: true, onDone: onClose },
    said: ({ answer: { to } }) => `${titleOf(item)} ${to ? `given to ${to.name}` : "taken back"}`,
    undo: () => ({
      verb: "delegateItem",
      input: { ...about, toId: item.given ? (item.owner?.id ?? null) : null },
    }),
  });
  const form = useForm({
    start: { toId: null as string | null },
    sent: ({ toId }) => (toId ? { ...about, toId } : null),
    write: give,
  });
  const choices = (people ?? [])
    .filter(({ id, role }) => role !== "auditor" && id !== item.owner?.id)
    .map(({ id, name, role }) => ({
      ...{ id, name: id === me?.user.id ? `${name} (you)` : name, detail: USER_ROLE_NAMES[role] },
    }));
  return (
    <FormDialog
      form={form}
      title={`Give ${titleOf(item)} to somebody`}
      save="Give"
      width="narrow"
      onClose={onClose}
      more={() =>
        item.given && (
          <Button isPending={give.isPending} onPress={() => give.mutate({ ...about, toId: null })}>
            Take back
          </Button>
        )
      }
    >
      {item.given && (
        <p className="text-ink-2">
          {item.given.by} gave it to {item.owner?.name} on {dayInWords(item.given.on)}.
        </p>
      )}
      <ComboBox label="To" noun="person" items={choices} autoFocus {...form.field("toId")} />
    </FormDialog>
  );
}
