"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { USER_ROLE_NAMES, USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { LinkDialog } from "./link-dialog";
import { OwnerField, TeamField } from "./person-fields";
import { ROLE_DUTIES } from "./role-duties";

const ROLE_CHOICES = USER_ROLES.map((value) => ({
  value,
  label: USER_ROLE_NAMES[value],
  note: ROLE_DUTIES[value],
}));

/** Gives somebody access: who, and as what; then the link by which they set their password. */
export function AddPerson({ onClose }: { onClose(): void }) {
  const create = useWrite("createUser", { quiet: true, said: () => null });
  const form = useForm({
    start: {
      ...{ name: "", email: "", role: "ae" as UserRole },
      ...{ ownerName: null as string | null, team: null as string | null },
    },
    sent: ({ name, email, role, ownerName, team }) => ({
      name: name.trim(),
      email: email.trim(),
      role,
      ownerName: role === "ae" ? ownerName : null,
      team,
    }),
    write: create,
  });
  const { role } = form.values;
  if (create.isSuccess) {
    const { userId: id } = create.data.answer;
    const name = form.values.name.trim();
    return <LinkDialog person={{ id, name }} title={`${name} sets a password next`} onClose={onClose} />;
  }
  return (
    <FormDialog form={form} title="Add person" save="Add person" onClose={onClose}>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <TextField label="Name" isRequired autoFocus {...form.field("name")} />
        <TextField label="E-mail" type="email" isRequired {...form.field("email")} />
      </div>
      <Select label="Role" note={ROLE_DUTIES[role]} choices={ROLE_CHOICES} {...form.field("role")} />
      {role === "ae" && <OwnerField {...form.field("ownerName")} />}
      <TeamField {...form.field("team")} />
    </FormDialog>
  );
}
