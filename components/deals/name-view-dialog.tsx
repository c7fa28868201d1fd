"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { SavedView } from "./views";

/** Keeps what the list shows now under a name. */
export function SaveViewDialog({ address, onClose }: { address: string; onClose(): void }) {
  const form = useForm({
    start: { name: "" },
    sent: ({ name }) => (name.trim() ? { name: name.trim(), address } : null),
    write: useWrite("saveView", {
      quiet: true,
      said: (_, { name }) => `View ${name} saved`,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog
      form={form}
      title="Save this view"
      save="Save view"
      width="narrow"
      notes="Filters, order and columns. A name that you use already is replaced."
      onClose={onClose}
    >
      <TextField label="Name" autoFocus maxLength={40} {...form.field("name")} />
    </FormDialog>
  );
}

/** Gives a view of one's own another name. */
export function RenameViewDialog({ view, onClose }: { view: SavedView; onClose(): void }) {
  const form = useForm({
    start: { name: view.name },
    sent: ({ name }) =>
      name.trim() && name.trim() !== view.name ? { viewId: view.id, changes: { name: name.trim() } } : null,
    write: useWrite("editView", {
      quiet: true,
      said: (_, { changes }) => `${view.name} is called ${changes.name} now`,
      undo: () => ({ verb: "editView", input: { viewId: view.id, changes: { name: view.name } } }),
      onDone: onClose,
    }),
  });
  return (
    <FormDialog form={form} title={`Rename ${view.name}`} save="Rename" width="narrow" onClose={onClose}>
      <TextField label="Name" autoFocus maxLength={40} {...form.field("name")} />
    </FormDialog>
  );
}
