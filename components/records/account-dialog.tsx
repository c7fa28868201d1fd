"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";

/** Enters an account, or corrects one. */
export function AccountDialog({
  account,
  name = "",
  onMade,
  onClose,
}: {
  account?: { id: string; name: string; domains: readonly string[] };
  name?: string;
  onMade?(made: { id: string; name: string }): void;
  onClose(): void;
}) {
  const create = useWrite("createAccount", {
    quiet: true,
    said: (_, sent) => `${sent.name} is an account now`,
    onDone: ({ answer }, sent) => {
      onMade?.({ id: answer.accountId, name: sent.name });
      onClose();
    },
  });
  const edit = useWrite("editAccount", {
    quiet: true,
    said: (_, { changes }) => `${changes.name ?? "Account"} changed`,
    undo: true,
    onDone: onClose,
  });
  const form = useForm({
    edits: account !== undefined,
    start: { name: account?.name ?? name, domains: account?.domains.join(", ") ?? "" },
    sent: (now) =>
      now.name.trim()
        ? { name: now.name.trim(), domains: now.domains.split(/[\s,;]+/).filter(Boolean) }
        : null,
    write: {
      mutate: (sent, told) =>
        account ? edit.mutate({ accountId: account.id, changes: sent }, told) : create.mutate(sent, told),
      isPending: create.isPending || edit.isPending,
      error: create.error ?? edit.error,
    },
  });
  return (
    <FormDialog
      form={form}
      title={account ? `Edit ${account.name}` : "New account"}
      save={account ? "Save" : "Add account"}
      onClose={onClose}
    >
      <TextField label="Name" isRequired autoFocus {...form.field("name")} />
      <TextField
        label="Domains"
        placeholder="example.com, example.de"
        note="By which registrations of the same customer are found, each one account's alone."
        {...form.field("domains")}
      />
      {account && account.name !== form.values.name.trim() && (
        <p className="text-ink-3 text-xs">Its deals show the new name at once.</p>
      )}
    </FormDialog>
  );
}
