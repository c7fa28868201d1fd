"use client";

import { useState } from "react";
import { EraseDialog } from "@/components/shared/erase-dialog";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";

export interface Contact {
  id: string;
  name: string;
  email: string | null;
  title: string | null;
}

/** Enters somebody at a partner, corrects or removes them. */
export function ContactDialog({
  partner,
  contact,
  onClose,
}: {
  partner: { id: string; name: string };
  contact?: Contact;
  onClose(): void;
}) {
  const [isErasing, setErasing] = useState(false);
  const options = { quiet: true, undo: true, onDone: onClose } as const;
  const create = useWrite("createContact", {
    ...options,
    said: (_, { name }) => `${name} added`,
  });
  const edit = useWrite("editContact", {
    ...options,
    said: (_, { changes }) => `${changes.name ?? "Contact"} changed`,
  });
  const form = useForm({
    edits: contact !== undefined,
    start: { name: contact?.name ?? "", title: contact?.title ?? "", email: contact?.email ?? "" },
    sent: ({ name, title, email }) =>
      name.trim() ? { name: name.trim(), title: title.trim() || null, email: email.trim() || null } : null,
    write: {
      mutate: (sent, told) =>
        contact
          ? edit.mutate({ contactId: contact.id, changes: sent }, told)
          : create.mutate({ partnerId: partner.id, ...sent }, told),
      isPending: create.isPending || edit.isPending,
      error: create.error ?? edit.error,
    },
  });
  if (contact && isErasing) {
    const { id, name } = contact;
    return <EraseDialog person={{ kind: "partner_contact", id, name }} onClose={onClose} />;
  }
  return (
    <FormDialog
      form={form}
      title={contact ? `Edit ${contact.name}` : `New contact at ${partner.name}`}
      save={contact ? "Save" : "Add contact"}
      onClose={onClose}
      more={contact && (() => <Gone contact={contact} onErase={() => setErasing(true)} onClose={onClose} />)}
    >
      <TextField label="Name" isRequired autoFocus {...form.field("name")} />
      <TextField label="Title" placeholder="Practice lead" {...form.field("title")} />
      <TextField label="E-mail" type="email" {...form.field("email")} />
    </FormDialog>
  );
}

/** Removed, role tables go on naming them; erased, nothing does. */
function Gone({ contact, onErase, onClose }: { contact: Contact; onErase(): void; onClose(): void }) {
  const me = useMe();
  const remove = useWrite("removeContact", {
    onDone: onClose,
    undo: true,
    said: () => ({ message: `${contact.name} removed`, detail: "Role tables go on naming them." }),
  });
  return (
    <>
      {mayEver(me, "people.erase") && <Button onPress={onErase}>Erase…</Button>}
      <Button isPending={remove.isPending} onPress={() => remove.mutate({ contactId: contact.id })}>
        Remove
      </Button>
    </>
  );
}
