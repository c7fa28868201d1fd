"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { OwnerField, TeamField } from "./person-fields";

type Person = Outputs["peopleList"]["people"][number];

/** Corrects what somebody is called, whose deals are theirs, and which team they are in. */
export function EditPerson({ person, onClose }: { person: Person; onClose(): void }) {
  const form = useForm({
    start: { name: person.name, ownerName: person.ownerName, team: person.team },
    sent: (values) => {
      const name = values.name.trim();
      const changes = {
        ...(name !== person.name && { name }),
        ...(values.ownerName !== person.ownerName && { ownerName: values.ownerName }),
        ...(values.team !== person.team && { team: values.team }),
      };
      return name && Object.keys(changes).length > 0 ? { userId: person.id, changes } : null;
    },
    write: useWrite("editUser", {
      quiet: true,
      said: (_, { changes }) => `${changes.name ?? person.name} changed`,
      undo: true,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog form={form} title={`Edit ${person.name}`} save="Save" onClose={onClose}>
      <TextField label="Name" isRequired autoFocus {...form.field("name")} />
      <OwnerField {...form.field("ownerName")} />
      <TeamField {...form.field("team")} />
    </FormDialog>
  );
}
