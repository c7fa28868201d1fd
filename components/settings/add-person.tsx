"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button, IconButton } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Select } from "@/components/ui/select";
import { type FormField, useForm } from "@/components/ui/use-form";
import { api } from "@/lib/api/client";
import { USER_ROLE_NAMES, USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { count } from "@/lib/text/words";
import { ROLE_DUTIES } from "./role-duties";

/** Readable aloud and hard to guess: 4 × 4 letters of an alphabet without look-alikes, 78 bits. */
function newPassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const random = crypto.getRandomValues(new Uint32Array(16));
  const text = [...random].map((number) => letters[number % letters.length]).join("");
  return (text.match(/.{4}/g) ?? []).join("-");
}

const ROLE_CHOICES = USER_ROLES.map((value) => ({
  value,
  label: USER_ROLE_NAMES[value],
  note: ROLE_DUTIES[value],
}));

/** Gives somebody access: who, as what, and the password they begin with. */
export function AddPerson({ onClose }: { onClose(): void }) {
  const create = useWrite("createUser", { quiet: true, said: () => null });
  const [start] = useState(() => ({
    name: "",
    email: "",
    role: "ae" as UserRole,
    ownerName: null as string | null,
    password: newPassword(),
  }));
  const form = useForm({
    start,
    sent: ({ name, email, role, ownerName, password }) => ({
      name: name.trim(),
      email: email.trim(),
      role,
      password,
      ownerName: role === "ae" ? ownerName : null,
    }),
    write: create,
  });
  const { name, email, role, password } = form.values;
  if (create.isSuccess)
    return <FirstSignIn name={name.trim()} email={email.trim()} password={password} onClose={onClose} />;
  return (
    <FormDialog form={form} title="Add person" save="Add person" onClose={onClose}>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <TextField label="Name" isRequired autoFocus {...form.field("name")} />
        <TextField label="E-mail" type="email" isRequired {...form.field("email")} />
      </div>
      <Select label="Role" note={ROLE_DUTIES[role]} choices={ROLE_CHOICES} {...form.field("role")} />
      {role === "ae" && <OwnerField {...form.field("ownerName")} />}
      <div className="flex items-end gap-2">
        <TextField
          label="Initial password"
          className="flex-1"
          inputClassName="tabular"
          autoComplete="off"
          isRequired
          minLength={12}
          {...form.field("password")}
        />
        <IconButton
          label="Another password"
          icon="undo"
          look="plain"
          onPress={() => form.set({ password: newPassword() })}
        />
      </div>
    </FormDialog>
  );
}

function OwnerField(field: FormField<string | null>) {
  const owners = useQuery(api.ownersList.queryOptions({ input: {} })).data?.owners ?? [];
  return (
    <ComboBox
      label="Owns the deals of"
      placeholder="Nobody's yet"
      note="The name that the CRM gives this AE as a deal's owner; those deals are theirs to tag and confirm."
      items={owners.map(({ owner, deals }) => ({ id: owner, name: owner, detail: count(deals, "deal") }))}
      {...field}
    />
  );
}

/** The one time that the initial password can be seen: whoever added the person passes it on. */
function FirstSignIn({
  name,
  email,
  password,
  onClose,
}: {
  name: string;
  email: string;
  password: string;
  onClose(): void;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Where the clipboard is closed to pages, the text can still be selected.
    await navigator.clipboard?.writeText(`${email}\n${password}`).then(
      () => setCopied(true),
      () => {},
    );
  };
  return (
    <Dialog
      title={`${name} may sign in`}
      width="narrow"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button icon={copied ? "check" : "note"} onPress={copy}>
            {copied ? "Copied" : "Copy both"}
          </Button>
          <Button look="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <dl className="flex flex-col gap-2 rounded-md border border-line bg-sunken px-4 py-3">
        <div>
          <dt className="text-ink-3 text-xs">E-mail</dt>
          <dd className="select-all break-all font-medium">{email}</dd>
        </div>
        <div>
          <dt className="text-ink-3 text-xs">Initial password</dt>
          <dd className="tabular select-all break-all font-medium text-base">{password}</dd>
        </div>
      </dl>
      <p className="mt-3 text-ink-2">
        Pass these on yourself. The password is kept nowhere and not shown again.
      </p>
    </Dialog>
  );
}
